"""The answers of a wave in a file, at the prompt: the rights, approvals and log of the browser."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import MUNICIPALITY_READER, PROJECT_LEAD, RESEARCHER
from surveyapp.actions import approvals, publications, users, waves
from surveyapp.cli import commands
from surveyapp.models import Approval, Event
from tests import cast, downloads

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


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "sav", "json"])
def test_every_format_has_the_answers_with_codebook_and_readme_beside_them(
    study: cast.Study, database_url: str, tmp_path: Path, kind: str
) -> None:
    assert study.wave.number == 1
    result = call(database_url, tmp_path / f"out.{kind}", "--format", kind)
    assert result.exit_code == 0, result.output
    names = {f"out.{kind}", "out-codebook.csv", "out-values.csv", "out-README.txt"}
    assert {file.name for file in tmp_path.glob("out*")} == names
    assert result.output.startswith(f"the answers are in {tmp_path / f'out.{kind}'}")


def test_a_zip_and_a_folder_hold_everything(study: cast.Study, database_url: str, tmp_path: Path) -> None:
    assert study.wave.number == 1
    folder = tmp_path / "folder"
    folder.mkdir()
    assert call(database_url, tmp_path / "out.zip").exit_code == 0
    assert call(database_url, folder).exit_code == 0
    unpacked = downloads.unpacked((tmp_path / "out.zip").read_bytes(), tmp_path / "unpacked")
    names = {"answers.csv", "respondents.csv", "codebook.csv", "values.csv", "README.txt"}
    assert {file.name for file in unpacked.iterdir()} == {file.name for file in folder.iterdir()} == names
    (row,) = downloads.read(folder, "csv")["respondents"]
    assert (row["t1_1"], row["t1_good"], row["first_things.time"]) == ("4", "=1+1", 2.0)


def _published(session: Session, study: cast.Study) -> None:
    for _ in range(6):
        study.respond(session, "official", t1_1="3", t1_2="2")
    waves.close(session, wave=study.wave, by=study.anna)
    publications.publish(session, wave=study.wave, by=study.anna)
    for email, role in (("lead@regio.example", PROJECT_LEAD), ("bram@almelo.example", MUNICIPALITY_READER)):
        user = users.create(session, email=email, name="Lezer", by=None)
        place = {"membership": study.members[0]} if role is MUNICIPALITY_READER else {"evaluation": study.evaluation}
        users.grant(session, user=user, role=role.name, by=None, **place)
    session.commit()


def test_an_audience_gets_what_was_published_for_it_and_nothing_else(
    session: Session, study: cast.Study, database_url: str, tmp_path: Path
) -> None:
    early = call(database_url, tmp_path / "early.json", "--audience", "lead")
    assert (early.exit_code, "publish it first" in early.output) == (1, True)
    _published(session, study)
    out = tmp_path / "scores.csv"
    assert call(database_url, out, "--audience", "lead", account="lead@regio.example").exit_code == 0
    rows = out.read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("level,key,organisation,role,invited,responded,n,mean,equal,balanced,median,lower,upper")
    hidden = [row.split(",") for row in rows if row.startswith("item,t1_1,GM0141,all,")]
    assert [[cell for cell in row if cell] for row in hidden] == [["item", "t1_1", "GM0141", "all", "linked"]]
    assert (tmp_path / "scores-gaps.csv").read_text(encoding="utf-8").startswith("key,role_a,role_b,gap,")
    own = call(
        database_url,
        tmp_path / "own.json",
        "--audience",
        "organisation",
        "--format",
        "json",
        account="bram@almelo.example",
    )
    assert own.exit_code == 0, own.output
    assert "GM0147" not in (tmp_path / "own.json").read_text(encoding="utf-8")
    for audience, more in (("lead", ()), ("public", ()), ("organisation", ("--organisation", "GM0147")), ("team", ())):
        refused = call(database_url, tmp_path / "no.csv", "--audience", audience, *more, account="bram@almelo.example")
        assert refused.exit_code == 1, (audience, refused.output)
    public = call(database_url, tmp_path / "no.csv", "--audience", "public")
    assert (public.exit_code, "for that audience" in public.output) == (1, True)
    assert not (tmp_path / "no.csv").exists()


def test_the_team_can_have_the_results_unprotected(study: cast.Study, database_url: str, tmp_path: Path) -> None:
    assert study.wave.number == 1
    assert call(database_url, tmp_path / "out.csv", "--contents", "results").exit_code == 0
    counts = (tmp_path / "out-counts.csv").read_text(encoding="utf-8").splitlines()
    assert "t1_1,GM0141,governor,4,1" in counts
    wrong = call(database_url, tmp_path / "no.csv", "--contents", "answers", "--audience", "lead")
    assert (wrong.exit_code, "answers are for the team" in wrong.output) == (2, True)
    nobody = call(database_url, tmp_path / "no.csv", "--audience", "organisation")
    assert (nobody.exit_code, "--organisation CODE" in nobody.output) == (2, True)
