"""``surveyapp analyse``: from a file of answers to the files of results, without a database."""

from pathlib import Path

import click

from surveyapp.errors import NotFound
from surveyapp.questionnaires.library import FaultyEdition, load

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(short_help="From a CSV file of answers to CSV files of results.")
@click.argument("answers", type=_FILE)
@click.option("--invited", required=True, type=_FILE, help="INVITED.csv: organisation,role,invited and maybe kind.")
@click.option("--questionnaire", "name", help="What was asked, such as seven-habits/1.")
@click.option("--questions", type=_FILE, help="QUESTIONS.csv instead: question,theme,reverse and maybe roles (1 to 5).")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write in.")
@click.option("--audience", type=click.Choice(["team", "lead", "organisation", "public"]), default="team")
@click.option("--threshold", type=click.IntRange(min=2), help="Fewest people to speak of [5; 10 for the public].")
@click.option(
    "--released",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that this command wrote before, for any audience; once for each.",
)
@click.pass_context
def analyse(
    context: click.Context,
    answers: Path,
    invited: Path,
    name: str | None,
    questions: Path | None,
    out: Path,
    audience: str,
    threshold: int | None,
    released: tuple[Path, ...],
) -> None:
    """Analyse ANSWERS.csv (respondent,organisation,role,question,answer) and write the results as CSV.

    The team gets scores, gaps, distributions and measures of every question, reliability, shrinkage and agenda,
    unrounded; every other audience the first two and those of the answers, protected. Files for several audiences, or
    made anew after a change, can be put side by side: name with --released, in order, the folders that went out before,
    and nothing follows from all of them together that none of them may tell. Prints every problem as
    `file:line: what is wrong: what to do`, and then writes nothing.
    """
    if (name is None) == (questions is None):
        raise click.UsageError("say what was asked with either --questionnaire or --questions")
    if audience == "team" and threshold is not None:
        raise click.UsageError("--threshold is for other audiences: the team sees everything")
    if audience == "team" and released:
        raise click.UsageError("--released is for other audiences: the team sees everything")
    if any(out.resolve() == folder.resolve() for folder in released):
        raise click.UsageError("choose another --out: what was released must stay as it is")
    try:
        edition = load(name) if name else None
    except NotFound as problem:
        known = problem.details["known"]
        raise click.BadParameter(f"there is no {name!r}: choose {known}", param_hint="--questionnaire") from problem
    except FaultyEdition as faulty:
        _refuse(context, faulty.problems)
        return
    from surveyapp.cli import study  # noqa: PLC0415 - pandas comes in here only, so that other commands start at once

    problems = study.analyse(answers, invited, edition or questions, out, audience, threshold, released)
    _refuse(context, problems)


def _refuse(context: click.Context, problems: tuple[object, ...]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        context.exit(1)
