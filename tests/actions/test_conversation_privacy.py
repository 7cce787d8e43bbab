"""What interviews hold about people is found, erased with the person, and kept no longer than was promised."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import conversation_drafts, interviews, notes, privacy, retention, reviews, waves
from surveyapp.models import ConversationDraft, Interview, Note, Participant, Quote, Remark, Review, Reviewer
from surveyapp.models.review import CONVERSATION
from surveyapp.queries import personal_data
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    """Bram was talked with alone, and once more together with Carla."""
    study = cast.study(session)
    bram = study.invite(session, "governor").invitee
    assert bram is not None
    for others in ((), ("Carla",)):
        talk = interviews.plan(
            session, wave=study.wave, membership=study.members[0], place="Bij Bram thuis", by=study.anna
        )
        him = interviews.add_participant(session, interview=talk, invitee=bram, by=study.anna)
        for name in others:
            interviews.add_participant(session, interview=talk, name=name, by=study.anna)
        known = {"interview": talk, "topic": "t1", "by": study.anna}
        text = "Samen besproken." if others else "Onder vier ogen."
        notes.note(session, **known, id=str(uuid4()), text=text)  # type: ignore[arg-type]
        notes.quote(session, **known, id=str(uuid4()), text="Zijn woorden.", participant=him.id)  # type: ignore[arg-type]
        conversation_drafts.keep(session, interview=talk, texts={"t1": text}, version=0, by=study.anna)
        review = reviews.begin(
            session,
            wave=study.wave,
            kind=CONVERSATION,
            title="Verslag",
            paragraphs=[{"key": "t1", "heading": "", "text": text}],
            deadline=clock.now() + timedelta(days=7),
            by=study.anna,
            interview=talk,
        )
        other = Reviewer(review=review, name="Dirk", token_hash=None)
        session.add(Remark(reviewer=other, paragraph="t1", kind="fact", text=f"Over: {text}", made_at=clock.now()))
        session.flush()
    return study


def test_what_somebody_said_is_part_of_what_is_held_about_them(session: Session, study: Study) -> None:
    (person,) = personal_data.found(session, study.evaluation, "bram@")
    held = personal_data.held(session, person).rows
    assert len(held["participant"]) == 2
    assert [row["text"] for row in held["quote"]] == ["Zijn woorden."] * 2


def test_erasing_somebody_takes_their_words_and_what_was_said_alone(session: Session, study: Study) -> None:
    (person,) = personal_data.found(session, study.evaluation, "bram@")
    privacy.erase(session, person=person, reason="Verzoek 3", by=study.anna)
    assert session.scalars(select(Participant.name)).all() == ["Carla"]
    assert session.scalars(select(Quote)).all() == []
    assert session.scalars(select(Note.text)).all() == ["Samen besproken."]
    assert session.scalars(select(ConversationDraft.texts)).all() == [{"t1": "Samen besproken."}]
    assert [
        [each["text"] for each in texts] for texts in session.scalars(select(Review.paragraphs).order_by(Review.id))
    ] == [
        [],
        ["Samen besproken."],
    ]
    assert session.scalars(select(Remark.text)).all() == ["Over: Samen besproken."], "of another reader too"


def test_words_and_names_go_when_their_day_has_passed(session: Session, study: Study) -> None:
    waves.close(session, wave=study.wave, by=study.anna)
    today: date = clock.local(clock.now()).date()
    study.evaluation.texts_until = study.evaluation.invitees_until = today
    session.flush()
    retention.retain(session, day=today + timedelta(days=1))
    session.expire_all()
    assert [row for table in (Note, Quote, ConversationDraft) for row in session.scalars(select(table))] == []
    assert {(one.name, one.email) for one in session.scalars(select(Participant))} == {("", "")}
    assert set(session.scalars(select(Interview.place))) == {""}
