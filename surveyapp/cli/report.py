"""``surveyapp report``: a report of what was published, as a file."""

from pathlib import Path

import click

from surveyapp.config import from_environment
from surveyapp.errors import NotFound
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE

KINDS = ("municipality", "region", "interview-guide", "decision", "follow-up")
_NOT_YET = {
    "interview-guide": "interview guides hold answers, and reading these is logged: fetch them in the browser",
    "decision": "this version has no decisions to report on yet",
    "follow-up": "this version follows no recommendations up yet",
}
_ASKED_FOR = {
    "account-needed": "say who does this with --as ACCOUNT: it stands in the log",
    "organisation-needed": "say which organisation with --organisation CODE",
}


@click.command(short_help="Write a report of what was published to a file.")
@click.argument("evaluation")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--as", "account", help="The account that does this. A demonstration has one.")
@click.option("--wave", type=int, help="The number of the wave; the latest that was published when left out.")
@click.option("--organisation", help="The code of the organisation, for the kind municipality.")
@click.option("--audience", type=click.Choice(["team", "lead", "organisation", "public"]), help="For whom it is.")
@click.option("--language", type=click.Choice([DEFAULT_LANGUAGE, SECOND_LANGUAGE]), default=DEFAULT_LANGUAGE)
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
    form: str,
    out: Path,
) -> None:
    """Write the report of the region of EVALUATION, or that of one of its municipalities, to a file.

    It is made of the published numbers, with the findings and recommendations that are meant for readers: for the
    project lead, for everybody (--audience public), or of one organisation for that organisation. The team reads what
    the project lead reads. The same rights as in the browser.
    """
    from surveyapp.cli import reporting  # noqa: PLC0415 - frames and drawing come in here only

    if kind in _NOT_YET:
        raise click.UsageError(_NOT_YET[kind])
    if (kind == "municipality") != (audience == "organisation") and audience not in {None, "team"}:
        raise click.UsageError("a municipality's report is for that organisation, and the region's for lead or public")
    wanted = reporting.Wanted(evaluation, kind, account, wave, organisation, audience, language, form, out)
    try:
        reporting.write(from_environment(), wanted)
    except NotFound as missing:
        if missing.code in _ASKED_FOR:
            raise click.UsageError(_ASKED_FOR[missing.code]) from None
        raise
    click.echo(f"the report is in {out}")
