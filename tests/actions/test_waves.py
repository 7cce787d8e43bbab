"""Planning a wave and closing it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import promises, responses, waves
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import EditionDocument, Event, Response
from surveyapp.models.database import Database
from surveyapp.queries import editions
from surveyapp.queries import evaluations as found
from surveyapp.queries import invitations as found_invitations
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
        _plan(session, study, regime="secret")
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


def test_the_regime_can_change_until_somebody_answers_or_was_promised_anything(session: Session, study: Study) -> None:
    invitation = study.invite(session, "governor")
    waves.set_regime(session, wave=study.wave, regime="attributable", by=study.anna)
    assert study.wave.regime == "attributable"
    event = _last_event(session)
    assert (event.verb, event.details, event.actor_id) == (
        "wave.set-regime",
        {"regime": "attributable"},
        study.anna.id,
    )
    responses.start(session, invitation=invitation)
    with pytest.raises(WrongState, match="regime-promised"):
        waves.set_regime(session, wave=study.wave, regime="confidential", by=study.anna)
    assert study.wave.regime == "attributable"


def test_the_regime_cannot_change_after_a_promise_even_where_nobody_answered(session: Session, study: Study) -> None:
    promises.keep(session, wave_id=study.wave.id, language="nl", text="Niemand ziet uw naam.")
    with pytest.raises(WrongState, match="regime-promised"):
        waves.set_regime(session, wave=study.wave, regime="attributable", by=study.anna)
    with pytest.raises(InvalidContent, match="unknown-regime"):
        waves.set_regime(session, wave=study.wave, regime="secret", by=study.anna)


def test_a_promise_to_another_wave_does_not_fix_the_regime(session: Session, study: Study) -> None:
    other = cast.another_wave(session, study)
    promises.keep(session, wave_id=other.wave.id, language="nl", text="Niemand ziet uw naam.")
    waves.set_regime(session, wave=study.wave, regime="anonymous", by=study.anna)
    assert study.wave.regime == "anonymous"


def test_who_reads_the_promise_of_another_regime_cannot_start_under_it(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        invitation_id = study.invite(session, "governor").id
        session.commit()
    with database.session() as reading:
        invitation = found_invitations.to_start(reading, invitation_id)
        reading.commit()
        with database.session() as other:
            waves.set_regime(other, wave=other.merge(study.wave), regime="attributable", by=None)
            other.commit()
        with pytest.raises(WrongState, match="regime-changed"):
            responses.start(reading, invitation=invitation)


def test_drafts_of_an_anonymous_wave_are_reported_and_thrown_away_at_closing(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    people = [study.invite(session, "official") for _ in range(5)]
    for invitation in people[:3]:
        study.save(session, responses.start(session, invitation=invitation), t1_1="4")
    sending = responses.start(session, invitation=people[0])
    study.submit(session, sending)
    waves.close(session, wave=study.wave, by=study.anna)
    assert _last_event(session).details == {"submitted": 1, "drafts": 2}
    left = session.execute(
        select(Response.submitted, Response.invitation_id).where(Response.wave_id == study.wave.id)
    ).all()
    assert [tuple(row) for row in left] == [(True, None)]
