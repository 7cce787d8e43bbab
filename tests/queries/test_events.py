"""Nobody changes the log unseen."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from surveyapp.actions import log, organisations
from surveyapp.models import Event, EventChain, Organisation
from surveyapp.models.database import Database
from surveyapp.models.event import chained
from surveyapp.queries import events
from surveyapp.queries.events import Anchor, Fault, Wanted
from tests import cast
from tests.cast import Study

LINES = 30


@pytest.fixture
def study(session: Session) -> Study:
    """With at least thirty lines in the log."""
    made = cast.study(session)
    while (last := events.end(session).number) < LINES:
        log.record(session, verb="wave.close", subject=made.wave, by=made.anna, evaluation=made.evaluation, drafts=last)
    session.commit()
    return made


def found(session: Session, anchor: Anchor | None = None) -> list[Fault]:
    return list(events.faults(session, anchor))


def row(session: Session, number: int) -> dict[str, object]:
    return dict(session.execute(select(*Event.__table__.columns).where(Event.id == number)).mappings().one())


@pytest.mark.usefixtures("study")
def test_a_whole_log_has_no_faults(session: Session) -> None:
    assert events.end(session).number == LINES
    assert found(session) == []
    assert found(session, events.end(session)) == []


def test_an_empty_log_has_no_faults(session: Session) -> None:
    assert found(session) == []
    assert found(session, Anchor(0, "")) == []


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "wave.open"},
        {"subject": "wave:99"},
        {"details": {"drafts": 0}},
        {"details": {}},
        {"actor_id": 99},
        {"actor_id": None},
        {"evaluation_id": 99},
    ],
    ids=str,
)
@pytest.mark.parametrize("number", [25, LINES])
@pytest.mark.usefixtures("study")
def test_a_changed_line_is_found_whatever_was_changed(session: Session, number: int, change: dict[str, object]) -> None:
    session.execute(update(Event).where(Event.id == number).values(**change))
    assert found(session) == [Fault(events.CHANGED, number, number)]


@pytest.mark.usefixtures("study")
def test_a_line_of_another_moment_is_found(session: Session) -> None:
    session.execute(update(Event).where(Event.id == 25).values(at=row(session, 24)["at"]))
    assert found(session) == [Fault(events.CHANGED, 25, 25)]


@pytest.mark.usefixtures("study")
def test_a_line_with_a_digest_made_anew_is_found_by_the_next(session: Session) -> None:
    line = row(session, 25) | {"details": {"drafts": 0}}
    digest = chained(str(row(session, 24)["digest"]), Event(**line))
    session.execute(update(Event).where(Event.id == 25).values(details={"drafts": 0}, digest=digest))
    assert found(session) == [Fault(events.CHANGED, 26, 26)]


@pytest.mark.parametrize(("first", "last"), [(1, 1), (10, 10), (10, 14), (LINES - 1, LINES - 1)])
@pytest.mark.usefixtures("study")
def test_removed_lines_are_found(session: Session, first: int, last: int) -> None:
    session.execute(delete(Event).where(Event.id.between(first, last)))
    assert found(session) == [Fault(events.REMOVED, first, last)]


@pytest.mark.usefixtures("study")
def test_lines_cut_off_at_the_end_are_found(session: Session) -> None:
    session.execute(delete(Event).where(Event.id > LINES - 2))
    assert found(session) == [Fault(events.CUT_OFF, LINES - 1, LINES)]


@pytest.mark.usefixtures("study")
def test_a_log_of_which_nothing_is_left_is_found(session: Session) -> None:
    session.execute(delete(Event))
    assert found(session) == [Fault(events.CUT_OFF, 1, LINES)]


@pytest.mark.usefixtures("study")
def test_a_line_put_in_between_is_found_though_the_rest_was_numbered_again(session: Session) -> None:
    for number in range(LINES, 24, -1):
        session.execute(update(Event).where(Event.id == number).values(id=number + 1))
    session.execute(insert(Event).values(row(session, 24) | {"id": 25}))
    session.execute(update(EventChain).values(last=LINES + 1))
    assert found(session) == [Fault(events.CHANGED, 25, LINES + 1)]


@pytest.mark.usefixtures("study")
def test_lines_removed_and_numbered_again_are_found(session: Session) -> None:
    session.execute(delete(Event).where(Event.id == 25))
    for number in range(26, LINES + 1):
        session.execute(update(Event).where(Event.id == number).values(id=number - 1))
    session.execute(update(EventChain).values(last=LINES - 1))
    assert found(session) == [Fault(events.CHANGED, 25, LINES - 1)]


@pytest.mark.parametrize("number", [0, -7])
@pytest.mark.usefixtures("study")
def test_a_line_before_the_first_is_found(session: Session, number: int) -> None:
    session.execute(insert(Event).values(row(session, 1) | {"id": number}))
    assert found(session) == [Fault(events.CHANGED, number, number)]


@pytest.mark.usefixtures("study")
def test_a_line_behind_the_end_is_found_though_it_follows(session: Session) -> None:
    line = row(session, LINES) | {"id": LINES + 1}
    line["digest"] = chained(str(row(session, LINES)["digest"]), Event(**line))
    session.execute(insert(Event).values(line))
    assert found(session) == [Fault(events.ADDED, LINES + 1, LINES + 1)]


@pytest.mark.usefixtures("study")
def test_lines_that_changed_places_are_found(session: Session) -> None:
    one, other = row(session, 25), row(session, 26)
    session.execute(update(Event).where(Event.id == 25).values(other | {"id": 25}))
    session.execute(update(Event).where(Event.id == 26).values(one | {"id": 26}))
    assert found(session) == [Fault(events.CHANGED, 25, 27)]


@pytest.mark.usefixtures("study")
def test_two_changes_are_two_faults(session: Session) -> None:
    session.execute(update(Event).where(Event.id.in_([22, 27])).values(verb="wave.open"))
    session.execute(delete(Event).where(Event.id == 24))
    assert found(session) == [
        Fault(events.CHANGED, 22, 22),
        Fault(events.REMOVED, 24, 24),
        Fault(events.CHANGED, 27, 27),
    ]


@pytest.mark.usefixtures("study")
def test_the_end_of_the_log_is_watched_too(session: Session) -> None:
    session.execute(update(EventChain).values(digest="0" * 64))
    assert found(session) == [Fault(events.END_CHANGED, LINES, LINES)]
    session.execute(delete(EventChain))
    assert found(session) == [Fault(events.NO_END, LINES, LINES)]


@pytest.mark.usefixtures("study")
def test_who_makes_the_whole_chain_anew_is_found_by_a_line_that_was_noted_down(session: Session) -> None:
    noted = events.end(session)
    before = str(row(session, 24)["digest"])
    for number in range(25, LINES + 1):
        line = row(session, number) | {"details": {"drafts": 0}}
        before = chained(before, Event(**line))
        session.execute(update(Event).where(Event.id == number).values(details={"drafts": 0}, digest=before))
    session.execute(update(EventChain).values(digest=before))
    assert found(session) == []
    assert found(session, noted) == [Fault(events.ELSEWHERE, LINES, LINES)]


@pytest.mark.usefixtures("study")
def test_who_cuts_off_the_end_and_moves_it_is_found_by_a_line_that_was_noted_down(session: Session) -> None:
    noted = events.end(session)
    session.execute(delete(Event).where(Event.id == LINES))
    session.execute(update(EventChain).values(last=LINES - 1, digest=row(session, LINES - 1)["digest"]))
    assert found(session) == []
    assert found(session, noted) == [Fault(events.ELSEWHERE, LINES, LINES)]


@pytest.mark.usefixtures("study")
def test_a_line_that_was_made_unreadable_is_a_changed_line(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL takes nothing else than JSON and times")
    session.execute(text("UPDATE event SET details = 'nothing' WHERE id = 25"))
    session.execute(text("UPDATE event SET at = 'once' WHERE id = 27"))
    assert found(session) == [Fault(events.CHANGED, 25, 25), Fault(events.CHANGED, 27, 27)]


@pytest.mark.usefixtures("study")
def test_a_long_log_is_read_some_lines_at_a_time(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_AT_ONCE", 4)
    session.execute(update(Event).where(Event.id.in_([4, 5, 25])).values(verb="wave.open"))
    assert found(session) == [Fault(events.CHANGED, 4, 5), Fault(events.CHANGED, 25, 25)]
    assert [line.id for line in events.every(session, Wanted())] == list(range(1, LINES + 1))


def test_two_who_write_at_the_same_time_make_one_chain(database: Database) -> None:
    with database.session() as session:
        organisations.add(session, code="A", name="A", kind="provider", by=None)
        session.commit()

    def write(number: int) -> None:
        with database.session() as session:
            place = session.scalars(select(Organisation)).one()
            for _ in range(3):
                log.record(session, verb="organisation.add", subject=place, by=None, number=number)
            session.commit()

    with ThreadPoolExecutor(8) as people:
        list(people.map(write, range(24)))
    with database.session(readonly=True) as session:
        lines = list(events.every(session, Wanted()))
        assert [line.id for line in lines] == list(range(1, 1 + 1 + 24 * 3))
        assert found(session) == []
        together = [line.details["number"] for line in lines[1:]]
        assert [len(set(together[place : place + 3])) for place in range(0, 72, 3)] == [1] * 24


def test_what_was_rolled_back_leaves_no_gap(database: Database) -> None:
    for code, commit in (("A", True), ("B", False), ("C", True)):
        with database.session() as session:
            organisations.add(session, code=code, name="A", kind="provider", by=None)
            if commit:
                session.commit()
    with database.session(readonly=True) as session:
        assert events.end(session).number == 2
        assert found(session) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (lambda study: Wanted(evaluation_id=study.evaluation.id), True),
        (lambda _: Wanted(verb="wave.close"), True),
        (lambda study: Wanted(actor_id=study.anna.id), True),
        (lambda study: Wanted(subject=f"wave:{study.wave.id}"), True),
        (lambda _: Wanted(verb="wave.publish"), False),
        (lambda study: Wanted(evaluation_id=study.evaluation.id + 99), False),
        (lambda _: Wanted(actor_id=0), False),
        (lambda study: Wanted(until=study.wave.opens_at), False),
        (lambda study: Wanted(since=study.wave.opens_at), True),
        (lambda study: Wanted(since=study.wave.closes_at), False),
    ],
)
def test_lines_are_found_by_study_act_actor_subject_and_period(
    session: Session, study: Study, wanted: Callable[[Study], Wanted], expected: bool
) -> None:
    lines = events.page(session, wanted(study), before=None, limit=50)
    assert (LINES in [line.id for line in lines]) == expected
    assert len(lines) == events.count(session, wanted(study))


@pytest.mark.usefixtures("study")
def test_pages_go_back_in_time_and_tell_who_and_where(session: Session) -> None:
    newest = events.page(session, Wanted(), before=None, limit=4)
    assert [line.id for line in newest] == [LINES, LINES - 1, LINES - 2, LINES - 3]
    assert [line.id for line in events.page(session, Wanted(), before=newest[-1].id, limit=2)] == [
        LINES - 4,
        LINES - 5,
    ]
    assert (newest[0].actor, newest[0].slug) == ("Anna", "samen")


def test_a_line_names_the_organisation_that_its_details_number(session: Session, study: Study) -> None:
    log.record(
        session,
        verb="answers.read-open",
        subject=study.wave,
        by=study.anna,
        evaluation=study.evaluation,
        membership=study.members[1].id,
        reason="Voor het gesprek",
    )
    line = events.page(session, Wanted(), before=None, limit=1)[0]
    assert line.details["organisation"] == "Borne"
    assert line.reason == "Voor het gesprek"
    assert "organisation" not in json.dumps(row(session, line.id)["details"])


def test_verbs_and_actors_are_those_that_occur(session: Session, study: Study) -> None:
    assert "wave.close" in events.verbs(session, study.evaluation.id)
    assert "user.create" not in events.verbs(session, study.evaluation.id)
    assert "user.create" in events.verbs(session)
    session.execute(update(Event).where(Event.id == 25).values(actor_id=999))
    assert events.actors(session) == [(999, None), (study.anna.id, "Anna")]
