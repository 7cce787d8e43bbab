"""Answers that were collected elsewhere come in whole: counted as any other, marked as such, once, or not at all."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from surveyapp.access import PROJECT_LEAD
from surveyapp.actions import importing, open_links, responses, tallies, users, waves
from surveyapp.cli import commands
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Answer, Event, Invitee, ItemTally, Response, Wave
from surveyapp.models.database import Database
from surveyapp.queries import counts, editions, monitor
from surveyapp.queries.answers import raw
from tests import branching, cast

KEY = "a secret of at least thirty-two characters"
TITLES = "respondent,organisation,role,question,answer\n"
ANNA = ("--as", "anna@bureau.example")
GOOD = (
    "r1,GM0141,governor,t1_1,4",
    'r1,GM0141,governor,t1_good,"Korte lijnen, zegt men."',
    "r1,GM0141,governor,first_things,people>time",
    "r2,GM0147,official,t1_1,dk",
    "r2,GM0147,official,t1_2,",
    "r2,GM0147,official,t2_1,2",
)


@pytest.fixture
def study(database: Database) -> cast.Study:
    with database.session() as session:
        made = cast.study(session)
        made.invite(session, "official", name="Carla", email="Carla@almelo.example")
        session.commit()
        return made


def written(folder: Path, *rows: str) -> Path:
    file = folder / "answers.csv"
    file.write_text(TITLES + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def call(url: str, file: Path, *arguments: str, account: tuple[str, ...] = ANNA) -> Result:
    environment = {"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_TRACE": ""}
    return CliRunner().invoke(commands, ("import-answers", "samen", str(file), *account, *arguments), env=environment)


def kept(database: Database) -> tuple[int, int, int]:
    """How many responses, answers and counts there are in the whole database."""
    with database.session(readonly=True) as session:
        tables = (Response, Answer, ItemTally)
        numbers = [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
    return numbers[0], numbers[1], numbers[2]


def told(result: Result, file: Path) -> list[str]:
    """Every problem as ``line: message``."""
    return [line.removeprefix(f"{file}:") for line in result.stderr.splitlines() if line.startswith(str(file))]


def test_everybody_in_the_file_counts_and_is_marked_as_collected_elsewhere(
    database: Database, database_url: str, study: cast.Study, tmp_path: Path
) -> None:
    result = call(database_url, written(tmp_path, *GOOD))
    assert (result.exit_code, result.stderr, result.stdout) == (0, "", "the answers of 2 people were taken in\n")
    with database.session() as session:
        wave = session.get_one(Wave, study.wave.id)
        assert tallies.recount(session, wave=wave) == []
        rows = session.scalars(select(Response).where(Response.wave_id == wave.id)).all()
        assert {(row.role, row.channel, row.submitted, row.entered_by) for row in rows} == {
            ("governor", "import", True, study.anna.id),
            ("official", "import", True, study.anna.id),
        }
        read = raw(session, wave)
        assert set(zip(read["role"], read["question"], read["answer"], strict=True)) == {
            ("governor", "t1_1", "4"),
            ("governor", "t1_good", "Korte lijnen, zegt men."),
            ("governor", "first_things", "people>time"),
            ("official", "t1_1", "dk"),
            ("official", "t2_1", "2"),
        }
        event = session.scalars(select(Event).where(Event.verb == "answers.import")).one()
        assert (event.actor_id, event.details) == (study.anna.id, {"people": 2})
        invited = counts.of(session, wave, editions.of(session, wave).questionnaire).invited
        assert int(invited["invited"].sum()) == 3
        assert sum(cell.submitted for cell in monitor.per_cell(session, wave)) == 2


def test_the_counts_are_those_of_the_same_answers_given_on_the_pages(
    database: Database, database_url: str, study: cast.Study, tmp_path: Path
) -> None:
    assert call(database_url, written(tmp_path, *GOOD, *(row.replace("r2", "r3") for row in GOOD[3:]))).exit_code == 0
    with database.session() as session:
        of_file = _tally(session, study)
        session.execute(ItemTally.__table__.delete())  # type: ignore[attr-defined]
        study.respond(session, "governor", t1_1="4", t1_good="Ja.", first_things="people>time")
        for _ in range(2):
            study.respond(session, "official", member=1, t1_1="dk", t2_1="2")
        assert _tally(session, study) == of_file


def _tally(session: object, study: cast.Study) -> set[tuple[object, ...]]:
    columns = (ItemTally.question, ItemTally.membership_id, ItemTally.role, ItemTally.answer, ItemTally.count)
    found = select(*columns).where(ItemTally.wave_id == study.wave.id)
    return {tuple(row) for row in session.execute(found)}  # type: ignore[attr-defined]


@pytest.mark.usefixtures("study")
def test_somebody_who_was_invited_is_found_by_address_and_keeps_the_seat(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    file = written(tmp_path, "carla@ALMELO.example,GM0141,official,t1_1,5")
    assert call(database_url, file).exit_code == 0
    with database.session(readonly=True) as session:
        assert session.scalars(select(Invitee.name).where(Invitee.role == "official")).all().count("Carla") == 1
    again = call(database_url, file)
    assert told(again, file) == [
        "2: respondent 'carla@ALMELO.example' has sent answers to this wave already: remove the rows"
    ]


@pytest.mark.usefixtures("study")
def test_the_same_file_counts_once(database: Database, database_url: str, tmp_path: Path) -> None:
    file = written(tmp_path, *GOOD)
    assert call(database_url, file).exit_code == 0
    before = kept(database)
    again = call(database_url, file)
    assert again.exit_code == 1
    assert told(again, file) == [
        f"{line}: respondent '{who}' was imported into this wave already: remove the rows, or use another code"
        for line, who in ((2, "r1"), (5, "r2"))
    ]
    assert again.stderr.endswith("surveyapp: 2 problems: nothing was taken in\n")
    assert kept(database) == before


@pytest.mark.usefixtures("study")
def test_every_fault_is_told_with_its_line_and_nothing_is_taken_in(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    before = kept(database)
    file = written(
        tmp_path,
        *GOOD,
        "r3,GM0141,governor,t1_3,4",
        "r4,GM9999,official,t1_1,4",
        "r5,GM0141,king,t1_1,4",
        "r6,GM0141,official,t9_9,4",
        "r7,GM0141,official,t1_1,9",
        ",GM0141,official,t1_1,4",
        "r1,GM0147,governor,t1_2,4",
        "r8,GM0141,official,t1_1,4",
        "r8,GM0141,official,t1_1,4",
    )
    result = call(database_url, file)
    assert result.exit_code == 1
    places = [line.split(": ", 1) for line in told(result, file)]
    assert [place for place, _why in places] == ["8", "9", "10", "11", "12", "13", "14", "16"]
    assert places[0][1].startswith("question 't1_3' is not put to governor")
    assert "does not take part: use a code of the study, such as GM0141" in places[1][1]
    assert kept(database) == before


@pytest.mark.usefixtures("study")
@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("nobody@almelo.example,GM0141,official,t1_1,4", "was not invited under this address"),
        ("carla@almelo.example,GM0147,official,t1_1,4", "was not invited under this address"),
        ("r1,GM0141,official,t1_1,", "answers nothing"),
        (f"{'x' * 101},GM0141,official,t1_1,4", "cannot be a code"),
        ("r1,GM0141,official,t1_good,na", None),
    ],
)
def test_a_respondent_who_cannot_be_is_told(
    row: str, why: str | None, database: Database, database_url: str, tmp_path: Path
) -> None:
    before = kept(database)
    file = written(tmp_path, row)
    result = call(database_url, file, "--check")
    if why is None:
        assert (result.exit_code, result.stdout) == (0, "the answers of 1 person can be taken in\n")
    else:
        assert (result.exit_code, len(told(result, file))) == (1, 1)
        assert why in told(result, file)[0]
    assert kept(database) == before


def test_who_began_with_their_own_link_is_left_alone(
    database: Database, database_url: str, study: cast.Study, tmp_path: Path
) -> None:
    with database.session() as session:
        seat = study.invite(session, "governor", name="Bas", email="bas@almelo.example")
        responses.start(session, invitation=seat)
        session.commit()
    file = written(tmp_path, "bas@almelo.example,GM0141,governor,t1_1,4")
    assert "has begun to answer with their own link" in told(call(database_url, file), file)[0]


def test_an_answer_to_what_would_not_have_been_shown_is_told(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    with database.session() as session:
        study = cast.study(session, asked=branching.edition())
        session.commit()
    rows = ["r1,GM0141,official,where,local", "r1,GM0141,official,t1_1,4", "r2,GM0141,official,where,regional"]
    shown = call(database_url, written(tmp_path, *rows, "r2,GM0141,official,t2_1,3", "r2,GM0141,official,t1_1,2"))
    assert shown.exit_code == 0, shown.stderr
    with database.session() as session:
        assert tallies.recount(session, wave=session.get_one(Wave, study.wave.id)) == []
    file = written(tmp_path, "r3,GM0141,official,where,local", "r3,GM0141,official,t2_1,3")
    assert told(call(database_url, file), file) == [
        "3: question 't2_1' is not shown to respondent 'r3' after their other answers: remove the answer"
    ]


def test_a_role_that_answers_through_an_open_link_is_told(
    database: Database, database_url: str, study: cast.Study, tmp_path: Path
) -> None:
    with database.session() as session:
        wave = session.get_one(Wave, study.wave.id)
        open_links.add(session, wave=wave, membership=None, role="governor", most=None, secret_key=KEY, by=None)
        session.commit()
    file = written(tmp_path, GOOD[0])
    assert told(call(database_url, file), file) == [
        "2: role 'governor' answers through an open link: remove its answers"
    ]


@pytest.mark.parametrize("regime", ["confidential", "anonymous"])
def test_of_a_closed_or_anonymous_wave_nothing_is_read(
    regime: str, database: Database, database_url: str, tmp_path: Path
) -> None:
    with database.session() as session:
        study = cast.study(session, regime=regime)
        if regime == "confidential":
            waves.close(session, wave=study.wave, by=None)
        session.commit()
    before = kept(database)
    result = call(database_url, written(tmp_path, *GOOD))
    assert result.exit_code == 1
    assert ("is closed" if regime == "confidential" else "answer anonymously") in result.stderr
    assert kept(database) == before


def test_who_may_not_enter_answers_gets_nothing_in(
    database: Database, database_url: str, study: cast.Study, tmp_path: Path
) -> None:
    with database.session() as session:
        lead = users.create(session, email="lead@regio.example", name="Lead", by=None)
        users.grant(session, user=lead, role=PROJECT_LEAD.name, evaluation=study.evaluation, by=None)
        session.commit()
    before = kept(database)
    file = written(tmp_path, *GOOD)
    assert call(database_url, file, account=()).exit_code == 2
    for account in ("lead@regio.example", "dirk@elders.example"):
        result = call(database_url, file, account=("--as", account))
        assert (result.exit_code, result.stderr.startswith("surveyapp: ")) == (1, True)
    assert kept(database) == before


def test_what_changed_since_the_file_was_read_is_not_overrun(database: Database, tmp_path: Path) -> None:
    with database.session() as session:
        study = cast.study(session)
        wave = study.wave
        prepared = importing.prepare(session, wave=wave, file=written(tmp_path, *GOOD))
        study.invite(session, "official", email="later@almelo.example")
        with pytest.raises(WrongState, match="people-changed"):
            importing.admit(session, wave=wave, prepared=prepared, by=study.anna)
        faulty = importing.prepare(session, wave=wave, file=written(tmp_path, "r1,X,governor,t1_1,4"))
        with pytest.raises(InvalidContent, match="answers-faulty"):
            importing.admit(session, wave=wave, prepared=faulty, by=study.anna)
