"""``surveyapp report``: a report of what was published, or an interview guide, as a file."""

from pathlib import Path

import click

from surveyapp.config import from_environment
from surveyapp.errors import NotFound
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE

KINDS = ("municipality", "region", "interview-guide", "decision", "follow-up")
_NOT_YET = {
    "decision": "this version has no decisions to report on yet",
    "follow-up": "this version follows no recommendations up yet",
}
_ASKED_FOR = {
    "account-needed": "say who does this with --as ACCOUNT: it stands in the log",
    "organisation-needed": "say which organisation with --organisation CODE",
}
_GUIDE = "interview-guide"


@click.command(short_help="Write a report of what was published, or an interview guide, to a file.")
@click.argument("evaluation")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--as", "account", help="The account that does this. A demonstration has one.")
@click.option("--wave", type=int, help="The number of the wave; the latest that was published when left out.")
@click.option("--organisation", help="The code of the organisation; for a guide also programme.")
@click.option("--audience", type=click.Choice(["team", "lead", "organisation", "public"]), help="For whom it is.")
@click.option("--language", type=click.Choice([DEFAULT_LANGUAGE, SECOND_LANGUAGE]), default=DEFAULT_LANGUAGE)
@click.option("--role", default="", help="The group that is talked with, for an interview guide: its key.")
@click.option("--format", "form", type=click.Choice(["html", "pdf", "docx", "odt", "xlsx"]), required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def report(
    evaluation: str,
    kind: str,
    account: str | None,
    wave: int | None,
    organisation: str | None,
    audience: str | None,
    language: str,
    role: str,
    form: str,
    out: Path,
) -> None:
    """Write the report of the region of EVALUATION, that of one of its municipalities, or a guide, to a file.

    It is made of the published numbers, with the findings and recommendations that are meant for readers: for the
    project lead, for everybody (--audience public), or of one organisation for that organisation. The team reads what
    the project lead reads. The same rights as in the browser.

    An interview guide (for one organisation, or with --organisation programme for the programme team) is for who
    prepares the interviews there, and holds what people answered: that it was read is logged. With --audience
    organisation it is the paper that interviewees get beforehand.
    """
    from surveyapp.cli import guiding, reporting  # noqa: PLC0415 - frames and drawing come in here only

    if kind in _NOT_YET:
        raise click.UsageError(_NOT_YET[kind])
    _must_fit(kind, audience, role)
    wanted = reporting.Wanted(evaluation, kind, account, wave, organisation, audience, language, form, out, role)
    write = guiding.write if kind == _GUIDE else reporting.write
    try:
        write(from_environment(), wanted)
    except NotFound as missing:
        if missing.code in _ASKED_FOR:
            raise click.UsageError(_ASKED_FOR[missing.code]) from None
        raise
    click.echo(f"the report is in {out}")


def _must_fit(kind: str, audience: str | None, role: str) -> None:
    """Raise where what was asked for does not go together."""
    if kind == _GUIDE:
        if audience not in {None, "team", "organisation"}:
            raise click.UsageError("an interview guide is for the team, or with --audience organisation to hand out")
        return
    if role:
        raise click.UsageError("--role belongs to an interview guide")
    if (kind == "municipality") != (audience == "organisation") and audience not in {None, "team"}:
        raise click.UsageError("a municipality's report is for that organisation, and the region's for lead or public")
