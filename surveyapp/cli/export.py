"""``surveyapp export``: the answers of a wave in a file."""

from pathlib import Path

import click

from surveyapp.config import from_environment
from surveyapp.errors import NotFound


@click.command(short_help="Write the answers of a wave to a file.")
@click.argument("evaluation")
@click.option("--as", "account", help="The account that does this; it stands in the log. A demonstration has one.")
@click.option("--wave", type=int, help="The number of the wave; the latest when left out.")
@click.option("--format", "kind", type=click.Choice(["csv"]), default="csv", show_default=True)
@click.option("--audience", type=click.Choice(["team"]), default="team", show_default=True)
@click.option("--reason", default="", help="Why; it stands in the log.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def export(
    evaluation: str, account: str | None, wave: int | None, kind: str, audience: str, reason: str, out: Path
) -> None:
    """Write every answer of EVALUATION to a file: respondent,organisation,role,question,answer.

    The same rights as in the browser. Where this installation wants four eyes, the first time this asks for approval,
    with --reason; once a colleague has approved it, the same command writes the file, once.
    """
    from surveyapp.cli.exporting import write  # noqa: PLC0415 - frames come in here only

    del kind, audience  # there is one of each yet
    try:
        write(from_environment(), evaluation, account, wave, reason, out)
    except NotFound as missing:
        if missing.code == "account-needed":
            raise click.UsageError("say who does this with --as ACCOUNT: it stands in the log") from None
        raise
    click.echo(f"the answers are in {out}: keep the file within the research team")
