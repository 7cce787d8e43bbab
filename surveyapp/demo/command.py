"""``surveyapp demo``: make the demonstration, and serve it."""

from collections.abc import Callable

import click

from surveyapp.demo.preparing import FOLDER, Demonstration, existing, prepare, serving_environment

Serve = Callable[..., int]


def demo_command(serve: Serve) -> click.Command:
    """The command; ``serve`` runs server and worker with an environment, on a port, and returns an exit status."""

    @click.command()
    @click.option("--prepare", "only_prepare", is_flag=True, help="Make the data afresh and do not serve.")
    @click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, envvar="PORT")
    def demo(only_prepare: bool, port: int) -> None:
        """Three invented studies to look at and to fill in, under var/demo/. Ctrl-C stops serving."""
        found = None if only_prepare else existing(FOLDER, port)
        made = found or prepare(FOLDER, port, lambda step: click.echo(f"  making {step}"))
        if only_prepare:
            click.echo(f"  written: {FOLDER / 'links.json'}")
            return
        click.echo(_welcome(made))
        raise click.exceptions.Exit(serve(serving_environment(made), port=port, processes=2, threads=4, worker=True))

    return demo


def _welcome(made: Demonstration) -> str:
    links = made.links
    invitations = links["invitations"]
    first = invitations[0] if isinstance(invitations, list) else ""
    return "\n".join(
        (
            "",
            "  surveyapp is ready; open one of these in a browser on this machine:",
            "",
            f"  fill in, as a governor of Almelo   {first}",
            f"  fill in, as a resident             {links['open_link']}",
            f"  look, as the researcher            {links['researcher']}",
            f"  look, as the project lead          {links['project_lead']}",
            f"  look, as a municipality (Borne)    {links['municipality']}",
            "",
            "  All links are in var/demo/links.json. Ctrl-C stops.",
            "",
        )
    )
