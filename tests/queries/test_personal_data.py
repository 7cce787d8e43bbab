"""Who asks for their data is found wherever they stand: invited, talked with, or reader of a draft."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import interviews, review_mails, reviews
from surveyapp.models import Evaluation, Interview, Reviewer
from surveyapp.queries import personal_data
from tests import cast
from tests.cast import SECRET_KEY, Study

TEXT = [{"key": "finding-1", "heading": "", "text": "De doelen zijn bekend."}]


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


@pytest.fixture
def talk(session: Session, study: Study) -> Interview:
    return interviews.plan(session, wave=study.wave, membership=study.members[0], by=study.anna)


def reader(session: Session, study: Study, email: str, name: str = "Carla Lezer", **of: object) -> Reviewer:
    deadline = clock.now() + timedelta(days=9)
    kind = "conversation" if "interview" in of else "facts"
    participant = of.pop("participant", None)
    review = reviews.begin(
        session,
        wave=study.wave,
        kind=kind,
        title="Tekst",
        paragraphs=TEXT,
        deadline=deadline,
        by=study.anna,
        **of,  # type: ignore[arg-type]
    )
    return reviews.add_reader(
        session,
        review=review,
        name=name,
        email=email,
        secret_key=SECRET_KEY,
        by=study.anna,
        participant=participant,  # type: ignore[arg-type]
    )


def test_who_only_read_a_draft_is_found_with_their_remarks_and_mail(session: Session, study: Study) -> None:
    carla = reader(session, study, "Carla@almelo.example")
    review_mails.send_links(session, review=carla.review, by=study.anna)
    reviews.say(session, reader=carla, remarks={("finding-1", "fact"): "Niet bij ons."})
    (person,) = personal_data.found(session, study.evaluation, "carla@")
    assert (person.name, person.email, person.readers) == ("Carla Lezer", "carla@almelo.example", (carla,))
    held = personal_data.held(session, person).rows
    assert [row["text"] for row in held["remark"]] == ["Niet bij ons."]
    assert [row["purpose"] for row in held["mail"]] == ["review"]
    assert "token_hash" not in held["reviewer"][0]


def test_who_was_only_typed_as_participant_is_found_by_name(session: Session, study: Study, talk: Interview) -> None:
    typed = interviews.add_participant(session, interview=talk, name="Quirina Appelboom", job="Chef", by=study.anna)
    interviews.add_participant(session, interview=talk, name="Carla", by=study.anna)
    sent = reader(session, study, "", "Quirina Appelboom", interview=talk, participant=typed)
    (person,) = personal_data.found(session, study.evaluation, "appelb")
    assert (person.email, person.participants, person.readers) == ("", (typed,), (sent,))
    held = personal_data.held(session, person).rows
    assert [row["job"] for row in held["participant"]] == ["Chef"]
    assert len(held["reviewer"]) == 1


def test_one_address_is_one_person_wherever_it_stands(session: Session, study: Study, talk: Interview) -> None:
    bram = study.invite(session, "governor", name="Bram", email="bram@almelo.example").invitee
    assert bram is not None
    there = interviews.add_participant(session, interview=talk, invitee=bram, by=study.anna)
    draft = reader(session, study, "BRAM@almelo.example", "B. de Boer")
    (person,) = personal_data.found(session, study.evaluation, "de boer")
    assert (person.name, person.invitees, person.participants, person.readers) == ("Bram", (bram,), (there,), (draft,))
    for found in (
        personal_data.by_invitee(session, study.evaluation, bram.id),
        personal_data.by_participant(session, study.evaluation, there.id),
        personal_data.by_reader(session, study.evaluation, draft.id),
    ):
        assert found == person


def test_two_of_whom_there_is_no_address_are_two_people(session: Session, study: Study) -> None:
    both = [reader(session, study, "", "Carla Lezer") for _ in range(2)]
    assert [person.readers for person in personal_data.found(session, study.evaluation, "carla")] == [
        (one,) for one in both
    ]


def test_nobody_is_found_through_another_study(session: Session, study: Study, talk: Interview) -> None:
    typed = interviews.add_participant(session, interview=talk, name="Quirina", by=study.anna)
    draft = reader(session, study, "carla@almelo.example")
    elsewhere = session.scalars(select(Evaluation).where(Evaluation.slug == "elders")).one()
    assert personal_data.found(session, elsewhere, "carla") == personal_data.found(session, elsewhere, "quirina") == []
    assert personal_data.by_participant(session, elsewhere, typed.id) is None
    assert personal_data.by_reader(session, elsewhere, draft.id) is None
