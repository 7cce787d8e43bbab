"""The names that a study knows."""

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.models import Interview, Participant
from surveyapp.queries.known_names import known_names
from tests import cast


def test_whoever_was_invited_or_talked_with_is_known_and_places_are_no_people(session: Session) -> None:
    study = cast.study(session)
    study.invite(session, "governor", name="Bram Zuidwijk", email="bram@almelo.example")
    interview = Interview(wave_id=study.wave.id, calendar_uid="u", created_at=clock.now())
    interview.participants.append(Participant(name="Carla van Almelo"))
    session.add(interview)
    session.flush()
    text = "Zuidwijk en carla waren in Almelo en Zwolle."
    found = known_names(session, study.evaluation).found(text)
    assert [text[span.begins : span.ends] for span in found] == ["Zuidwijk", "carla"]
