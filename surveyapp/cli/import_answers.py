"""``surveyapp import-answers``: take answers in that were collected elsewhere."""

from pathlib import Path

import click

from surveyapp.config import from_environment
from surveyapp.errors import NotFound


@click.command("import-answers", short_help="Take answers in that were collected elsewhere, all of a file or nothing.")
@click.argument("evaluation")
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "account", help="The account that does this; it stands in the log. A demonstration has one.")
@click.option("--wave", type=int, help="The number of the wave; the latest when left out.")
@click.option("--check", is_flag=True, help="Only tell what is wrong; nothing is taken in.")
@click.pass_context
def import_answers(
    context: click.Context, evaluation: str, answers: Path, account: str | None, wave: int | None, check: bool
) -> None:
    """Take the answers in ANSWERS (CSV: respondent,organisation,role,question,answer) into an open wave of EVALUATION.

    A respondent is a code of your own, or the e-mail address of somebody who was invited for that organisation and
    role. Somebody who is there already is refused, so that a file counts once. With one fault nothing is taken in:
    every fault is told as `file:line: what is wrong: what to do`, and this ends with 1.
    """
    from surveyapp.cli.importing import take_in  # noqa: PLC0415 - frames come in here only

    try:
        done = take_in(from_environment(), evaluation, answers, account, wave, check=check)
    except NotFound as missing:
        if missing.code == "account-needed":
            raise click.UsageError("say who does this with --as ACCOUNT: it stands in the log") from None
        raise
    for problem in done.problems:
        click.echo(str(problem), err=True)
    if done.problems:
        number = len(done.problems)
        click.echo(f"surveyapp: {number} problem{'s' if number > 1 else ''}: nothing was taken in", err=True)
        context.exit(1)
    people = f"the answers of {done.people} {'person' if done.people == 1 else 'people'}"
    click.echo(f"{people} can be taken in" if check else f"{people} were taken in")
