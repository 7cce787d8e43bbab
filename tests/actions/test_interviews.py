"""Planning conversations: whom with, when, by whom, and what a calendar is told."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import INTERVIEWER
from surveyapp.actions import interviews, users
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Interview, User
from surveyapp.queries import interviews as found
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def plan(session: Session, study: Study, *, member: int | None = 0, holds: tuple[User, ...] = ()) -> Interview:
    return interviews.plan(
        session,
        wave=study.wave,
        membership=None if member is None else study.members[member],
        starts_at=clock.now() + timedelta(days=3),
        place="Stadhuis",
        interviewers=holds or (study.anna,),
        by=study.anna,
    )


def change(session: Session, interview: Interview, **other: object) -> None:
    known: dict[str, object] = {
        "starts_at": interview.starts_at,
        "minutes": interview.minutes,
        "place": interview.place,
        "language": "nl",
        "interviewers": [each.user for each in interview.interviewers],
    }
    changed = {**known, **other}
    interviews.change(session, interview=interview, version=interview.version, by=None, **changed)  # type: ignore[arg-type]


def test_a_conversation_is_planned_with_an_organisation_or_the_programme_team(session: Session, study: Study) -> None:
    here, whole = plan(session, study), plan(session, study, member=None)
    assert found.of(session, study.wave, places=[study.members[0].id]) == [here]
    assert found.of(session, study.wave, places=[None]) == [whole]
    assert found.of(session, study.wave, places=[None], state="held") == []
    assert here.calendar_uid != whole.calendar_uid


def test_a_calendar_hears_only_of_when_and_where(session: Session, study: Study) -> None:
    interview = plan(session, study)
    uid = interview.calendar_uid
    change(session, interview, language="en")
    assert interview.calendar_sequence == 0
    change(session, interview, place="Raadhuis")
    change(session, interview, minutes=90)
    interviews.set_state(session, interview=interview, version=interview.version, state="held", by=None)
    assert interview.calendar_sequence == 2
    interviews.set_state(session, interview=interview, version=interview.version, state="cancelled", by=None)
    assert (interview.calendar_sequence, interview.calendar_uid) == (3, uid)
    with pytest.raises(WrongState, match="interview-cancelled"):
        change(session, interview)


def test_who_saw_an_older_version_changes_nothing(session: Session, study: Study) -> None:
    interview = plan(session, study)
    change(session, interview, place="Raadhuis")
    with pytest.raises(WrongState, match="interview-changed-elsewhere"):
        interviews.set_state(session, interview=interview, version=1, state="held", by=None)
    assert interview.state == "planned"


def test_only_who_may_prepare_there_holds_an_interview(session: Session, study: Study) -> None:
    ina = users.create(session, email="ina@bureau.example", name="Ina", by=None)
    users.grant(session, user=ina, role=INTERVIEWER.name, membership=study.members[1], by=None)
    assert found.interviewers(session, study.evaluation.id, study.members[1]) == [study.anna, ina]
    assert found.interviewers(session, study.evaluation.id, None) == [study.anna]
    assert plan(session, study, member=1, holds=(ina,)).interviewers[0].user is ina
    for member in (0, None):
        with pytest.raises(InvalidContent, match="not-an-interviewer"):
            plan(session, study, member=member, holds=(ina,))


def test_participants_are_invitees_or_others_by_name(session: Session, study: Study) -> None:
    bram = study.invite(session, "governor").invitee
    assert bram is not None
    interview = plan(session, study)
    interviews.add_participant(session, interview=interview, invitee=bram, by=None)
    other = interviews.add_participant(session, interview=interview, name=" Carla  Cohen ", job="Directeur", by=None)
    assert [(one.name, one.role) for one in interview.participants] == [("Bram", "governor"), ("Carla Cohen", "")]
    with pytest.raises(InvalidContent, match="already-takes-part"):
        interviews.add_participant(session, interview=interview, invitee=bram, by=None)
    with pytest.raises(InvalidContent, match="name-missing"):
        interviews.add_participant(session, interview=interview, name=" ", by=None)
    with pytest.raises(InvalidContent, match="email-not-valid"):
        interviews.add_participant(session, interview=interview, name="Dirk", email="dirk", by=None)
    interviews.remove_participant(session, participant=other, by=None)
    assert [one.name for one in interview.participants] == ["Bram"]


def test_what_cannot_be_planned_is_refused(session: Session, study: Study) -> None:
    for minutes in (5, 500):
        with pytest.raises(InvalidContent, match="interview-length"):
            interviews.plan(session, wave=study.wave, membership=None, minutes=minutes, by=None)
    with pytest.raises(InvalidContent, match="place-too-long"):
        interviews.plan(session, wave=study.wave, membership=None, place="x" * 301, by=None)
    with pytest.raises(InvalidContent, match="unknown-state"):
        interviews.set_state(session, interview=plan(session, study), version=1, state="lost", by=None)
    with pytest.raises(InvalidContent, match="title-missing"):
        interviews.refer(session, interview=plan(session, study), title=" ", by=None)
    with pytest.raises(NotFound):
        found.by_id(session, study.evaluation.id + 100, plan(session, study).id)


def test_nobody_is_interviewed_about_an_anonymous_wave(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    with pytest.raises(WrongState, match="anonymous-wave"):
        plan(session, study)


def test_a_document_is_noted_by_what_it_is_and_where(session: Session, study: Study) -> None:
    interview = plan(session, study)
    interviews.refer(session, interview=interview, title="Regiovisie", place="zaak 12", dated="2024", by=None)
    assert [(one.title, one.place) for one in found.references(session, interview)] == [("Regiovisie", "zaak 12")]
