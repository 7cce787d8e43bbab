"""Extending a wave and reopening it, each with a reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import closing, jobs, publications, responses, waves
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Event, Response
from tests import cast
from tests.actions import setting_up
from tests.actions.conftest import Time
from tests.cast import Study

LATER = timedelta(days=10)


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def _last(session: Session) -> Event:
    return session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


def test_extending_moves_the_last_day_and_keeps_the_reason(session: Session, study: Study) -> None:
    until = clock.now() + LATER
    closing.extend(session, wave=study.wave, closes_at=until, reason="  Veel \n vakanties. ", by=study.anna)
    assert study.wave.closes_at == until
    event = _last(session)
    assert (event.verb, event.actor_id, event.details) == (
        "wave.extend",
        study.anna.id,
        {"until": clock.local(until).date().isoformat(), "reason": "Veel vakanties."},
    )


def test_extending_without_a_reason_or_to_an_earlier_day_is_refused(session: Session, study: Study) -> None:
    before = study.wave.closes_at
    for reason, code in (("  ", "reason-missing"), ("x" * 501, "reason-too-long")):
        with pytest.raises(InvalidContent, match=code):
            closing.extend(session, wave=study.wave, closes_at=clock.now() + LATER, reason=reason, by=study.anna)
    with pytest.raises(InvalidContent, match="not-later"):
        closing.extend(session, wave=study.wave, closes_at=before, reason="Zomaar", by=study.anna)
    assert study.wave.closes_at == before


def test_a_closed_wave_is_reopened_and_a_draft_is_neither(session: Session, study: Study) -> None:
    draft = waves.draft(session, evaluation=study.evaluation, edition=cast.edition(), by=study.anna)
    for verb in (closing.extend, closing.reopen):
        with pytest.raises(WrongState):
            verb(session, wave=draft, closes_at=draft.closes_at + LATER, reason="Zo", by=study.anna)
    waves.close(session, wave=study.wave, by=study.anna, reason="Genoeg")
    assert _last(session).details["reason"] == "Genoeg"
    with pytest.raises(WrongState, match="wave-closed"):
        closing.extend(session, wave=study.wave, closes_at=clock.now() + LATER, reason="Toch", by=study.anna)
    with pytest.raises(InvalidContent, match="closes-in-the-past"):
        closing.reopen(session, wave=study.wave, closes_at=clock.now(), reason="Toch", by=study.anna)
    closing.reopen(session, wave=study.wave, closes_at=clock.now() + LATER, reason="Toch", by=study.anna)
    assert study.wave.state_at(clock.now()) == "open"
    assert _last(session).details["reason"] == "Toch"
    study.respond(session, "governor", t1_1="4")


def test_an_open_wave_is_not_reopened(session: Session, study: Study) -> None:
    with pytest.raises(WrongState, match="wave-not-closed"):
        closing.reopen(session, wave=study.wave, closes_at=clock.now() + LATER, reason="Toch", by=study.anna)


def test_a_published_wave_is_never_reopened_nor_one_that_is_being_published(session: Session, study: Study) -> None:
    waves.close(session, wave=study.wave, by=study.anna)
    job = jobs.enqueue(session, kind="publish", wave=study.wave.id, by=study.anna.id)
    with pytest.raises(WrongState, match="being-published"):
        closing.reopen(session, wave=study.wave, closes_at=clock.now() + LATER, reason="Toch", by=study.anna)
    session.delete(job)
    publications.publish(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="already-published"):
        closing.reopen(session, wave=study.wave, closes_at=clock.now() + LATER, reason="Toch", by=study.anna)


def test_drafts_of_an_anonymous_wave_that_was_reopened_are_thrown_away_when_it_ends_again(
    session: Session, time: Time
) -> None:
    draft = setting_up.begin(session, regime="anonymous")
    people = draft.invite(session, "official", times=5)
    waves.open(session, wave=draft.wave, by=draft.anna)
    time.passes(days=8)
    assert [waves.settle_ended(session), waves.settle_ended(session)] == [1, 0]
    closing.reopen(session, wave=draft.wave, closes_at=clock.now() + LATER, reason="Toch", by=draft.anna)
    responses.start(session, invitation=people[0])
    assert waves.settle_ended(session) == 0
    time.passes(days=11)
    assert [waves.settle_ended(session), waves.settle_ended(session)] == [1, 0]
    assert session.scalars(select(Response.id).where(Response.wave_id == draft.wave.id)).all() == []
