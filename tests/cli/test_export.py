"""The answers of a wave in a file, at the prompt: the rights, approvals and log of the browser."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import PROJECT_LEAD, RESEARCHER
from surveyapp.actions import approvals, users
from surveyapp.cli import commands
from surveyapp.models import Approval, Event
from tests import cast

KEY = "a secret of at least thirty-two characters"
ANNA = "anna@bureau.example"


@pytest.fixture
def study(session: Session) -> cast.Study:
    made = cast.study(session)
    made.respond(session, "governor", t1_1="4", t1_good="=1+1", first_things="people>time")
    session.commit()
    return made


def call(url: str, out: Path, *arguments: str, four_eyes: str = "off", account: str = ANNA) -> Result:
    environment = {"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_FOUR_EYES": four_eyes}
    asked = ("export", "samen", "--as", account, "--wave", "1", "--format", "csv", "--audience", "team")
    return CliRunner().invoke(commands, (*asked, "--out", str(out), *arguments), env=environment)


def test_the_file_has_every_answer_and_no_formula(
    session: Session, study: cast.Study, database_url: str, tmp_path: Path
) -> None:
    out = tmp_path / "answers.csv"
    result = call(database_url, out)
    assert result.exit_code == 0, result.output
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "respondent,organisation,role,question,answer"
    assert "1,GM0141,governor,t1_1,4" in lines
    assert "1,GM0141,governor,t1_good,'=1+1" in lines
    assert "1,GM0141,governor,first_things,people>time" in lines
    events = session.scalars(select(Event).where(Event.verb.in_(["answers.export", "approval.ask"])).order_by(Event.id))
    assert [event.actor_id for event in events] == [study.anna.id] * 2


def test_where_a_colleague_must_approve_it_is_asked_first_and_written_once(
    session: Session, study: cast.Study, database_url: str, tmp_path: Path
) -> None:
    out = tmp_path / "answers.csv"
    refused = call(database_url, out, four_eyes="on")
    assert (refused.exit_code, "--reason" in refused.output) == (1, True)
    for _ in range(2):
        waits = call(database_url, out, "--reason", "Voor het rapport", four_eyes="on")
        assert (waits.exit_code, "/evaluations/samen/approvals" in waits.output) == (1, True)
    assert not out.exists()
    berend = users.create(session, email="berend@bureau.example", name="Berend", by=None)
    users.grant(session, user=berend, role=RESEARCHER.name, evaluation=study.evaluation, by=None)
    approvals.decide(session, approval=session.scalars(select(Approval)).one(), approve=True, answer="", by=berend)
    session.commit()
    assert call(database_url, out, four_eyes="on").exit_code == 0
    for file in tmp_path.glob("answers*"):
        file.unlink()
    assert call(database_url, out, four_eyes="on").exit_code == 1
    assert list(tmp_path.glob("*answers*")) == []


def test_who_may_not_export_gets_nothing(
    session: Session, study: cast.Study, database_url: str, tmp_path: Path
) -> None:
    lead = users.create(session, email="lead@regio.example", name="Lead", by=None)
    users.grant(session, user=lead, role=PROJECT_LEAD.name, evaluation=study.evaluation, by=None)
    session.commit()
    for account in ("lead@regio.example", "dirk@elders.example"):
        result = call(database_url, tmp_path / "answers.csv", account=account)
        assert (result.exit_code, result.output.startswith("surveyapp: ")) == (1, True)
    assert list(tmp_path.glob("*answers*")) == []


def test_anonymous_answers_never_leave(session: Session, database_url: str, tmp_path: Path) -> None:
    cast.study(session, regime="anonymous")
    result = call(database_url, tmp_path / "answers.csv")
    assert (result.exit_code, "anonymously" in result.output) == (1, True)


def test_a_file_that_cannot_be_written_leaves_the_approval_unused(
    session: Session, study: cast.Study, database_url: str, tmp_path: Path
) -> None:
    assert study.anna.id
    result = call(database_url, tmp_path / "no" / "answers.csv")
    assert result.exit_code == 3
    assert session.scalars(select(Approval)).all() == []
