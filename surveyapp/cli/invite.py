"""``surveyapp invite``: let everybody of a list in."""

from pathlib import Path

import click

from surveyapp.config import from_environment
from surveyapp.errors import NotFound


@click.command(short_help="Invite everybody of a list (CSV or XLSX), or nobody.")
@click.argument("evaluation")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "account", help="The account that does this; it stands in the log. A demonstration has one.")
@click.option("--wave", type=int, help="The number of the wave; the latest when left out.")
@click.option("--skip-existing", "skip", is_flag=True, help="Pass over who is invited already, instead of refusing.")
@click.option("--check", is_flag=True, help="Only tell what is wrong; nobody is invited.")
@click.pass_context
def invite(
    context: click.Context, evaluation: str, file: Path, account: str | None, wave: int | None, skip: bool, check: bool
) -> None:
    """Invite everybody in FILE to EVALUATION: a row per person below the titles name,email,organisation,role,language.

    With one fault nobody is invited: every fault is told as `file:row: column: what is wrong and what to do`, and this
    ends with 1. Nobody gets mail by it.
    """
    from surveyapp.cli.inviting import let_in  # noqa: PLC0415 - spreadsheets come in here only

    settings = from_environment()
    try:
        done = let_in(settings, evaluation, file, account, wave, skip=skip, check=check)
    except NotFound as missing:
        if missing.code == "account-needed":
            raise click.UsageError("say who does this with --as ACCOUNT: it stands in the log") from None
        raise
    for problem in done.problems:
        click.echo(problem, err=True)
    if done.problems:
        number = len(done.problems)
        click.echo(f"surveyapp: {number} problem{'s' if number > 1 else ''}: nobody was invited", err=True)
        context.exit(1)
    people = f"{done.people} {'person' if done.people == 1 else 'people'}"
    passed_over = f"; {done.passed_over} passed over, who were invited already" if skip and done.passed_over else ""
    if check:
        click.echo(f"{people} can be invited{passed_over}")
        return
    click.echo(f"{people} invited{passed_over}")
    click.echo(f"to send the invitations: {settings.base_url}/evaluations/{evaluation}/mail")
