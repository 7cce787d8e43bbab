"""``surveyapp export``: the answers or the results of a wave in a file."""

from pathlib import Path

import click

from surveyapp.config import from_environment
from surveyapp.errors import NotFound
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE

_FORMATS = click.Choice(["csv", "xlsx", "ods", "sav", "json"])
_AUDIENCES = click.Choice(["team", "lead", "organisation", "public"])
_ASKED_FOR = {
    "account-needed": "say who does this with --as ACCOUNT: it stands in the log",
    "organisation-needed": "say which organisation with --organisation CODE",
}


@click.command(short_help="Write the answers or the results of a wave to a file.")
@click.argument("evaluation")
@click.option("--as", "account", help="The account that does this; it stands in the log. A demonstration has one.")
@click.option("--wave", type=int, help="The number of the wave; the latest when left out.")
@click.option("--format", "kind", type=_FORMATS, default="csv", show_default=True)
@click.option("--audience", type=_AUDIENCES, default="team", show_default=True, help="For whom it is.")
@click.option("--organisation", help="The code of the organisation, for that audience.")
@click.option("--contents", type=click.Choice(["answers", "results"]), help="[answers for the team, else results]")
@click.option("--language", type=click.Choice([DEFAULT_LANGUAGE, SECOND_LANGUAGE]), default=DEFAULT_LANGUAGE)
@click.option("--reason", default="", help="Why; it stands in the log.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write, a .zip, or a folder.")
def export(
    evaluation: str,
    account: str | None,
    wave: int | None,
    kind: str,
    audience: str,
    organisation: str | None,
    contents: str | None,
    language: str,
    reason: str,
    out: Path,
) -> None:
    """Write the answers of EVALUATION to a file (team only), or its results as this audience may see them.

    The data get the name of --out; codebook, README and further tables come beside it, into the .zip or into the
    folder. Answers as CSV are respondent,organisation,role,question,answer; in a .zip, in a folder and in every other
    format there is a row for each person. --language is that of the labels in a .sav file.

    The same rights as in the browser. Where this installation wants four eyes for answers, the first time this asks for
    approval, with --reason; once a colleague has approved it, the same command writes the file, once.
    """
    from surveyapp.cli import exporting  # noqa: PLC0415 - frames come in here only

    if contents == "answers" and audience != "team":
        raise click.UsageError("answers are for the team: leave --contents out, or use --audience team")
    what = contents or ("answers" if audience == "team" else "results")
    wanted = exporting.Wanted(evaluation, account, wave, kind, audience, what, organisation, language, reason, out)
    try:
        made = exporting.write(from_environment(), wanted)
    except NotFound as missing:
        if missing.code in _ASKED_FOR:
            raise click.UsageError(_ASKED_FOR[missing.code]) from None
        raise
    kept = ": keep these files within the research team" if audience == "team" else ""
    click.echo(f"the {what} are in {made[0]}{kept}")
    for other in made[1:]:
        click.echo(f"with {other}")
