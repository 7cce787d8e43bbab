"""Planning a wave and closing it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import waves
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import EditionDocument, Event
from surveyapp.queries import editions
from surveyapp.queries import evaluations as found
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def _last_event(session: Session) -> Event:
    return session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


def _plan(
    session: Session, study: Study, *, regime: str = "confidential", opens_in: float = 0, lasts: float = 24
) -> None:
    """Plan the next wave of the study; times in hours."""
    opens_at = clock.now() + timedelta(hours=opens_in)
    waves.plan(
        session,
        evaluation=study.evaluation,
        edition=cast.edition(),
        regime=regime,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(hours=lasts),
        sender="Bureau",
        contact_name="Anna",
        contact_email="anna@bureau.example",
        by=study.anna,
    )


def test_waves_are_numbered_and_the_latest_is_found(session: Session, study: Study) -> None:
    _plan(session, study)
    assert found.wave(session, study.evaluation).number == 2
    assert found.wave(session, study.evaluation, 1) is study.wave
    with pytest.raises(NotFound, match="wave"):
        found.wave(session, study.evaluation, 3)


def test_a_wave_keeps_what_it_asks_once_for_all_that_ask_the_same(session: Session, study: Study) -> None:
    _plan(session, study)
    assert editions.of(session, found.wave(session, study.evaluation)) == cast.edition()
    assert session.scalars(select(EditionDocument.name)).all() == ["every-kind/1"]


def test_a_wave_with_an_unknown_regime_or_no_duration_is_refused(session: Session, study: Study) -> None:
    with pytest.raises(InvalidContent, match="unknown-regime"):
        _plan(session, study, regime="anonymous")
    with pytest.raises(InvalidContent, match="closes-before-opening"):
        _plan(session, study, lasts=0)


def test_closing_a_wave_reports_how_many_drafts_stay_out(session: Session, study: Study) -> None:
    study.respond(session, "governor", t1_1="4")
    study.begin(session, "official", t1_1="4")
    study.begin(session, "official")
    waves.close(session, wave=study.wave, by=study.anna)
    event = _last_event(session)
    assert (event.verb, event.details) == ("wave.close", {"submitted": 1, "drafts": 2})
    assert study.wave.state_at(clock.now()) == "closed"


def test_a_wave_is_closed_once_and_not_before_it_opened(session: Session, study: Study) -> None:
    waves.close(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="already-closed"):
        waves.close(session, wave=study.wave, by=study.anna)
    _plan(session, study, opens_in=1)
    with pytest.raises(WrongState, match="wave-not-open"):
        waves.close(session, wave=found.wave(session, study.evaluation), by=study.anna)
