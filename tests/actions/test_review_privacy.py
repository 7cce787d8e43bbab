"""What reviews hold about people goes when it must: who read, and later what was said."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import interviews, privacy, review_mails, review_privacy, reviews, waves
from surveyapp.models import Event, Mail, Participant, Remark, Reviewer
from surveyapp.queries import personal_data
from tests import cast
from tests.cast import SECRET_KEY, Study

TEXT = [{"key": "finding-1", "heading": "", "text": "De doelen zijn bekend."}]


def _remarked(session: Session, study: Study, email: str) -> Reviewer:
    deadline = clock.now() + timedelta(days=9)
    review = reviews.begin(
        session, wave=study.wave, kind="facts", title="Feiten", paragraphs=TEXT, deadline=deadline, by=study.anna
    )
    reader = reviews.add_reader(
        session,
        review=review,
        name="Bram",
        email=email,
        secret_key=SECRET_KEY,
        membership=study.members[0],
        by=study.anna,
    )
    reviews.say(session, reader=reader, remarks={("finding-1", "fact"): "Niet bij ons."})
    return reader


def test_who_is_erased_is_nobody_in_reviews_either_and_others_stay(session: Session) -> None:
    study = cast.study(session)
    seat = study.invite(session, "governor", email="bram@almelo.example").invitee
    assert seat is not None
    _remarked(session, study, "Bram@almelo.example")
    other = _remarked(session, study, "carla@almelo.example")
    person = personal_data.by_invitee(session, study.evaluation, seat.id)
    assert person is not None
    review_privacy.forget_person(session, person)
    session.expire_all()
    readers = session.scalars(select(Reviewer).order_by(Reviewer.id)).all()
    assert [(each.name, each.email, each.token_hash is None) for each in readers] == [
        ("", "", True),
        ("Bram", other.email, False),
    ]
    assert len(session.scalars(select(Remark)).all()) == 2, "what was said for an organisation stays with it"


def test_names_and_words_go_when_their_days_have_passed(session: Session) -> None:
    study = cast.study(session)
    _remarked(session, study, "bram@almelo.example")
    waves.close(session, wave=study.wave, by=study.anna)
    assert review_privacy.count_people(session, study.evaluation) == 1
    assert review_privacy.count_words(session, study.evaluation) == 1
    review_privacy.forget_people(session, study.evaluation)
    review_privacy.forget_words(session, study.evaluation)
    session.expire_all()
    assert review_privacy.count_people(session, study.evaluation) == 0
    assert session.scalars(select(Remark)).all() == []


def test_who_only_read_a_draft_is_corrected_and_erased_like_a_colleague(session: Session) -> None:
    study = cast.study(session)
    reader = _remarked(session, study, "carla@almelo.example")
    other = reviews.add_reader(
        session, review=reader.review, name="Dirk", email="dirk@x.example", secret_key=SECRET_KEY, by=study.anna
    )
    reader.answered_at = None
    review_mails.send_links(session, review=reader.review, by=study.anna)
    (person,) = personal_data.found(session, study.evaluation, "carla@")
    new = {"name": "Carla Nieuw", "email": "nieuw@almelo.example", "language": ""}
    privacy.correct(session, person=person, **new, reason="Trouwde", by=study.anna)
    assert (reader.name, reader.email) == ("Carla Nieuw", "nieuw@almelo.example")
    (person,) = personal_data.found(session, study.evaluation, "nieuw@")
    assert privacy.erase(session, person=person, reason="Verzoek 3", by=study.anna).mails == 1
    assert [
        (one.name, one.email, one.token_hash is None) for one in session.scalars(select(Reviewer).order_by(Reviewer.id))
    ] == [
        ("", "", True),
        ("Dirk", "dirk@x.example", False),
    ]
    assert session.scalars(select(Mail.reviewer_id)).all() == [other.id]
    assert personal_data.found(session, study.evaluation, "nieuw@") == []
    verbs = session.scalars(select(Event.verb).where(Event.verb.startswith("privacy.")).order_by(Event.id)).all()
    assert verbs == ["privacy.correct", "privacy.erase-reader"]


def test_somebody_without_an_address_is_erased_alone(session: Session) -> None:
    study = cast.study(session)
    talk = interviews.plan(session, wave=study.wave, membership=study.members[0], by=study.anna)
    for name in ("Quirina", "Wilhelmina"):
        interviews.add_participant(session, interview=talk, name=name, by=study.anna)
    nameless = _remarked(session, study, "")
    (person,) = personal_data.found(session, study.evaluation, "quirina")
    privacy.correct(session, person=person, name="Quirien", email="", language="", reason="Verschreven", by=study.anna)
    (person,) = personal_data.found(session, study.evaluation, "quirien")
    privacy.erase(session, person=person, reason="Verzoek 3", by=study.anna)
    assert session.scalars(select(Participant.name)).all() == ["Wilhelmina"]
    session.refresh(nameless)
    assert nameless.name == "Bram"
    assert session.scalars(select(Event.verb).order_by(Event.id)).all()[-1] == "privacy.erase-participant"
