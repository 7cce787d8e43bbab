"""What cannot be undone, or leaves the team, is asked by one and approved by another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import RESEARCHER
from surveyapp.actions import answers, approvals, publications, users, waves
from surveyapp.errors import InvalidContent, NotAllowed, NotFound, WrongState
from surveyapp.models import Approval, Event, Job, User, Wave
from surveyapp.models.database import Database
from tests.actions.conftest import Time
from tests.cast import Study, study


@pytest.fixture
def mine(session: Session) -> Study:
    return study(session)


@pytest.fixture
def bram(session: Session, mine: Study) -> User:
    """A second researcher."""
    made = users.create(session, email="bram@bureau.example", name="Bram", by=None)
    users.grant(session, user=made, role=RESEARCHER.name, evaluation=mine.evaluation, by=None)
    session.commit()
    return made


def ask(session: Session, mine: Study, act: str = "export-answers", *, four_eyes: bool = True) -> Approval:
    arguments = {} if act == "delete-evaluation" else {"wave": mine.wave.id}
    return approvals.ask(
        session,
        evaluation=mine.evaluation,
        act=act,
        reason="Voor het rapport.",
        by=mine.anna,
        four_eyes=four_eyes,
        **arguments,
    )


def jobs_of(session: Session, kind: str) -> list[dict[str, int | str]]:
    return list(session.scalars(select(Job.arguments).where(Job.kind == kind)))


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises((WrongState, NotAllowed, InvalidContent, NotFound)) as problem:
        act()
    assert problem.value.code == code


def test_what_is_asked_waits_until_another_approves_it(session: Session, mine: Study, bram: User) -> None:
    waves.close(session, wave=mine.wave, by=mine.anna)
    asked = ask(session, mine, "publish")
    assert approvals.state(asked) == "waiting"
    assert jobs_of(session, "publish") == []
    approvals.decide(session, approval=asked, approve=True, answer="", by=bram)
    assert approvals.state(asked) == "done"
    assert jobs_of(session, "publish") == [
        {"wave": mine.wave.id, "audience": "lead", "by": mine.anna.id, "approval": asked.id}
    ]


def test_without_four_eyes_it_is_done_at_once_and_the_reason_is_kept(session: Session, mine: Study) -> None:
    asked = ask(session, mine, "delete-evaluation", four_eyes=False)
    assert (asked.approved, asked.decided_by, approvals.state(asked)) == (True, None, "done")
    assert jobs_of(session, "delete-evaluation") == [{"evaluation": mine.evaluation.id, "by": mine.anna.id}]
    event = session.scalars(select(Event).where(Event.verb == "approval.ask")).one()
    assert event.details == {"act": "delete-evaluation", "reason": "Voor het rapport."}


def test_who_asks_cannot_approve_or_refuse(session: Session, mine: Study, bram: User) -> None:
    asked = ask(session, mine)
    for approve in (True, False):
        deciding = partial(approvals.decide, session, approval=asked, approve=approve, answer="Ja.", by=mine.anna)
        refused("own-request", deciding)
    assert approvals.state(asked) == "waiting"
    refused("not-your-request", lambda: approvals.withdraw(session, approval=asked, by=bram))


def test_a_refusal_says_why_and_nothing_happens(session: Session, mine: Study, bram: User) -> None:
    asked = ask(session, mine)
    refused("reason-missing", lambda: approvals.decide(session, approval=asked, approve=False, answer=" ", by=bram))
    approvals.decide(session, approval=asked, approve=False, answer="Nog niet.", by=bram)
    assert (approvals.state(asked), asked.answer) == ("refused", "Nog niet.")
    refused("not-approved", lambda: approvals.use(session, approval=asked, by=mine.anna))
    refused("already-decided", lambda: approvals.decide(session, approval=asked, approve=True, answer="", by=bram))


def test_what_was_taken_back_cannot_be_approved(session: Session, mine: Study, bram: User) -> None:
    asked = ask(session, mine)
    approvals.withdraw(session, approval=asked, by=mine.anna)
    assert approvals.state(asked) == "withdrawn"
    refused("already-decided", lambda: approvals.decide(session, approval=asked, approve=True, answer="", by=bram))
    assert ask(session, mine).id != asked.id


def test_a_request_waits_for_a_week_and_what_was_approved_can_be_done_for_a_week(
    session: Session, mine: Study, bram: User, time: Time
) -> None:
    asked = ask(session, mine)
    time.passes(days=6, hours=23)
    approvals.decide(session, approval=asked, approve=True, answer="", by=bram)
    time.passes(days=6, hours=23)
    assert approvals.state(asked) == "approved"
    time.passes(hours=1)
    assert approvals.state(asked) == "expired"
    refused("approval-expired", lambda: approvals.use(session, approval=asked, by=mine.anna))
    late = ask(session, mine)
    time.passes(days=7)
    refused("approval-expired", lambda: approvals.decide(session, approval=late, approve=True, answer="", by=bram))


def test_an_approval_is_used_once_by_who_asked(session: Session, mine: Study, bram: User) -> None:
    mine.respond(session, "governor", t1_1="4", t1_good="=1+1")
    asked = ask(session, mine)
    approvals.decide(session, approval=asked, approve=True, answer="", by=bram)
    refused("not-your-request", lambda: answers.may_take_out(session, approval=asked, by=bram))
    refused("not-your-request", lambda: answers.take_out(session, approval=asked, by=bram, kind="sav"))
    assert answers.may_take_out(session, approval=asked, by=mine.anna) is mine.wave
    assert approvals.state(asked) == "approved"
    answers.take_out(session, approval=asked, by=mine.anna, kind="sav")
    refused("approval-used", lambda: answers.may_take_out(session, approval=asked, by=mine.anna))
    last, before = session.scalars(select(Event).order_by(Event.id.desc()).limit(2))
    assert (last.verb, before.verb) == ("answers.read-raw", "answers.export")
    assert before.details == {"approval": asked.id, "format": "sav"}


def test_the_same_is_not_asked_twice_while_it_waits_or_can_be_done(session: Session, mine: Study, bram: User) -> None:
    asked = ask(session, mine)
    refused("already-asked", lambda: ask(session, mine))
    approvals.decide(session, approval=asked, approve=True, answer="", by=bram)
    refused("already-asked", lambda: ask(session, mine))
    approvals.use(session, approval=asked, by=mine.anna)
    assert approvals.state(ask(session, mine)) == "waiting"


def test_what_is_not_possible_cannot_be_asked(session: Session, mine: Study) -> None:
    refused("wave-still-open", lambda: ask(session, mine, "publish"))
    refused("unknown-act", lambda: ask(session, mine, "burn"))
    waves.close(session, wave=mine.wave, by=mine.anna)
    ask(session, mine, "publish", four_eyes=False)
    refused("already-asked", lambda: ask(session, mine, "publish", four_eyes=False))
    publications.publish(session, wave=mine.wave, by=mine.anna)
    refused("already-published", lambda: ask(session, mine, "publish"))
    elsewhere = session.scalars(select(Wave).where(Wave.evaluation_id != mine.evaluation.id)).one()
    mine.wave = elsewhere
    refused("wave", lambda: ask(session, mine))


@pytest.mark.parametrize(("reason", "code"), [("  ", "reason-missing"), ("a" * 2_001, "reason-too-long")])
def test_a_reason_is_needed_of_a_readable_length(session: Session, mine: Study, reason: str, code: str) -> None:
    asking = partial(approvals.ask, session, evaluation=mine.evaluation, act="export-answers", wave=mine.wave.id)
    refused(code, lambda: asking(reason=reason, by=mine.anna, four_eyes=True))


def test_answers_that_are_anonymous_never_leave(session: Session) -> None:
    anonymous = study(session, regime="anonymous")
    refused("anonymous-wave", lambda: ask(session, anonymous, four_eyes=False))


def test_what_became_impossible_cannot_be_approved(session: Session, mine: Study, bram: User) -> None:
    waves.close(session, wave=mine.wave, by=mine.anna)
    asked = ask(session, mine, "publish")
    publications.publish(session, wave=mine.wave, by=mine.anna)
    refused("already-published", lambda: approvals.decide(session, approval=asked, approve=True, answer="", by=bram))


def test_of_two_who_decide_at_the_same_moment_one_does(
    session: Session, database: Database, mine: Study, bram: User
) -> None:
    carla = users.create(session, email="carla@bureau.example", name="Carla", by=None)
    number = ask(session, mine).id
    session.commit()
    start = Barrier(2)

    def decide(who: int, approve: bool) -> str:
        with database.session() as writing:
            start.wait(20)
            found = writing.get_one(Approval, number)
            try:
                approvals.decide(writing, approval=found, approve=approve, answer="Zo.", by=writing.get_one(User, who))
            except WrongState as late:
                return late.code
            writing.commit()
            return "decided"

    with ThreadPoolExecutor(2) as two:
        came = [two.submit(decide, who, approve) for who, approve in ((bram.id, True), (carla.id, False))]
        assert sorted(future.result() for future in came) == ["already-decided", "decided"]
