"""A report at the prompt: the rights of the browser, and a file or nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import PROJECT_LEAD
from surveyapp.actions import publications, users, waves
from surveyapp.cli import commands
from surveyapp.models import Event
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


def call(url: str, out: Path, *arguments: str, account: str = "anna@bureau.example", form: str = "xlsx") -> Result:
    environment = {"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_SECRET_KEY": KEY}
    asked = ("report", "samen", *arguments, "--as", account, "--format", form, "--out", str(out))
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
        (("interview-guide", "--organisation", "GM0141"), 1, "may not prepare the interviews"),
        (("interview-guide", "--audience", "lead"), 2, "for the team"),
        (("region", "--role", "governor"), 2, "belongs to an interview guide"),
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


def test_a_guide_is_written_for_who_prepares_and_reading_is_logged(
    study: cast.Study, session: Session, database_url: str, tmp_path: Path
) -> None:
    for place, said in (("GM0141", "Almelo"), ("programme", "Programmateam")):
        out = tmp_path / f"{place}.html"
        result = call(database_url, out, "interview-guide", "--organisation", place, form="html")
        assert (result.exit_code, result.output.strip()) == (0, f"the report is in {out}"), result.output
        assert said in out.read_text(encoding="utf-8")
    session.expire_all()
    read = session.scalars(select(Event).where(Event.verb == "answers.read-open"))
    assert [event.actor_id for event in read] == [study.anna.id]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ((), 2, "--organisation"),
        (("--organisation", "GM0147"), 1, "nobody of Borne"),
        (("--organisation", "GM0141", "--role", "mayor"), 1, "choose one of governor, official"),
        (("--organisation", "GM0141", "--wave", "2"), 1, "no such wave"),
    ],
)
@pytest.mark.usefixtures("study")
def test_a_guide_of_what_is_not_there_is_refused(
    database_url: str, tmp_path: Path, arguments: tuple[str, ...], status: int, says: str
) -> None:
    out = tmp_path / "guide.xlsx"
    result = call(database_url, out, "interview-guide", *arguments)
    assert (result.exit_code, says in result.output) == (status, True), result.output
    assert not out.exists()


@pytest.mark.usefixtures("study")
def test_the_paper_for_the_interviewee_says_nothing_of_scores_that_were_not_published(
    database_url: str, tmp_path: Path
) -> None:
    out = tmp_path / "paper.html"
    words = ("--organisation", "GM0141", "--role", "governor", "--audience", "organisation")
    result = call(database_url, out, "interview-guide", *words, form="html")
    assert result.exit_code == 0, result.output
    assert "Almelo" in out.read_text(encoding="utf-8")
