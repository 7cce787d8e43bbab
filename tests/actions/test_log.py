"""Every act is written down, without a name."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.models import Event
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def _last_event(session: Session) -> Event:
    return session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


def test_an_act_is_written_down_with_who_did_what_to_what(session: Session, study: Study) -> None:
    before = clock.now()
    log.record(session, verb="wave.close", subject=study.wave, by=study.anna, evaluation=study.evaluation, drafts=3)
    event = _last_event(session)
    assert (event.verb, event.subject, event.details) == ("wave.close", f"wave:{study.wave.id}", {"drafts": 3})
    assert (event.actor_id, event.evaluation_id) == (study.anna.id, study.evaluation.id)
    assert before <= event.at <= clock.now()


def test_setting_up_a_study_leaves_no_name_or_address_in_the_log(session: Session, study: Study) -> None:
    study.invite(session, "governor", name="Bram", email="bram@almelo.example")
    events = session.scalars(select(Event)).all()
    assert {event.verb for event in events} == {
        "user.create",
        "organisation.add",
        "evaluation.create",
        "evaluation.add-organisation",
        "wave.plan",
        "invitation.invite",
        "user.grant",
    }
    assert not any("Bram" in str(event.details) or "@" in str(event.details) for event in events)
