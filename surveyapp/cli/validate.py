"""``surveyapp validate``: every fault in an author's files."""

from pathlib import Path

import click

from surveyapp.questionnaires.checking import check, editions
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.published import publish
from surveyapp.reports import house_style


@click.command(short_help="Check questionnaires, frameworks, guides and a house style.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--publish", "publishing", is_flag=True, help="Lock the faultless editions of these folders.")
@click.pass_context
def validate(context: click.Context, paths: tuple[Path, ...], publishing: bool) -> None:
    """Check frameworks, questionnaires, guides and house-style/tokens.css; PATHS are files, or folders to search.

    Prints every problem as `file:line: what is wrong: what to do` and ends with 1 when there is any.
    """
    problems = sorted({*check(path for path in paths if not _holds_style_only(path)), *_faults_of_style(paths)})
    for problem in problems:
        click.echo(str(problem))
    if problems:
        context.exit(1)
    if publishing:
        publish(editions(path for path in paths if path.is_dir()))


def _holds_style_only(path: Path) -> bool:
    if path.is_dir():
        return bool(house_style.files(path)) and not any(path.rglob("*.yaml"))
    return path.suffix == ".css"


def _faults_of_style(paths: tuple[Path, ...]) -> tuple[Problem, ...]:
    found = [file for path in paths for file in (house_style.files(path) if path.is_dir() else (path,))]
    return tuple(problem for file in found if file.suffix == ".css" for problem in house_style.check(file))
