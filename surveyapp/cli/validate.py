"""``surveyapp validate``: every fault in an author's files."""

from pathlib import Path

import click

from surveyapp.questionnaires.checking import check, editions
from surveyapp.questionnaires.published import publish


@click.command(short_help="Check questionnaires, frameworks and guides.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--publish", "publishing", is_flag=True, help="Lock the faultless editions of these folders.")
@click.pass_context
def validate(context: click.Context, paths: tuple[Path, ...], publishing: bool) -> None:
    """Check frameworks, questionnaires and guides; PATHS are files, or folders to search.

    Prints every problem as `file:line: what is wrong: what to do` and ends with 1 when there is any.
    """
    problems = check(paths)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        context.exit(1)
    if publishing:
        publish(editions(path for path in paths if path.is_dir()))
