"""A report at the prompt: the rights of the browser, and a file or nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from surveyapp.access import PROJECT_LEAD
from surveyapp.actions import publications, users, waves
from surveyapp.cli import commands
from tests import cast

KEY = "a secret of at least thirty-two characters"


@pytest.fixture
def study(session: Session) -> cast.Study:
    made = cast.study(session)
    for _ in range(6):
        made.respond(session, "governor", t1_1="4")
    waves.close(session, wave=made.wave, by=made.anna)
    publications.publish(session, wave=made.wave, by=made.anna)
    lead = users.create(session, email="lead@samen.example", name="Lead", by=None)
    users.grant(session, user=lead, role=PROJECT_LEAD.name, evaluation=made.evaluation, by=None)
    session.commit()
    return made


def call(url: str, out: Path, *arguments: str, account: str = "anna@bureau.example") -> Result:
    environment = {"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_SECRET_KEY": KEY}
    asked = ("report", "samen", *arguments, "--as", account, "--format", "xlsx", "--out", str(out))
    return CliRunner().invoke(commands, asked, env=environment)


@pytest.mark.usefixtures("study")
def test_a_report_is_written_to_the_file(database_url: str, tmp_path: Path) -> None:
    out = tmp_path / "region.xlsx"
    result = call(database_url, out, "region")
    assert (result.exit_code, result.output.strip()) == (0, f"the report is in {out}")
    assert out.read_bytes()[:2] == b"PK"
    assert [file.name for file in tmp_path.glob("*.xlsx*")] == ["region.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("municipality", "--organisation", "GM0141"), 1, "may not"),
        (("region", "--audience", "public"), 1, "nothing was published"),
        (("region", "--audience", "organisation"), 2, "the region's for lead or public"),
        (("municipality",), 2, "--organisation"),
        (("decision",), 2, "no decisions"),
        (("follow-up",), 2, "follows no recommendations"),
        (("interview-guide",), 2, "in the browser"),
    ],
)
@pytest.mark.usefixtures("study")
def test_what_is_not_there_or_not_allowed_is_refused_and_nothing_is_written(
    database_url: str, tmp_path: Path, arguments: tuple[str, ...], status: int, says: str
) -> None:
    out = tmp_path / "no.xlsx"
    result = call(database_url, out, *arguments, account="lead@samen.example")
    assert (result.exit_code, says in result.output) == (status, True), result.output
    assert not out.exists()
