"""What was made of a text goes when the text goes: withdrawn, erased, or kept long enough."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import codebook, coded_texts, coding, privacy, responses, retention, text_releases, waves
from surveyapp.actions.text_releases import Wanted
from surveyapp.analysis.coding.book import Entry
from surveyapp.models import Coding, Interview, Note, Response, Segment, TextRelease
from surveyapp.queries import personal_data, source_texts
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    """Two people wrote something, and somebody noted something; all of it was coded and let out."""
    made = cast.study(session)
    for number in range(2):
        invitation = made.invite(session, "official", name=f"Carla {number}", email=f"carla{number}@almelo.example")
        response = responses.start(session, invitation=invitation)
        made.save(session, response, t1_good=f"Tekst {number}.")
        made.submit(session, response)
    interview = Interview(wave_id=made.wave.id, calendar_uid="u", created_at=clock.now())
    session.add(interview)
    session.flush()
    note = {"id": "n1", "topic": "t1", "text": "Notitie.", "author_id": made.anna.id, "written_at": clock.now()}
    session.add(Note(interview_id=interview.id, **note))
    code = codebook.add(session, evaluation=made.evaluation, entry=Entry("a", "A"), themes=(), by=made.anna)
    for text in source_texts.of(session, made.wave):
        coding.assign(
            session,
            wave=made.wave,
            source=text.source,
            key=text.key,
            begins=0,
            ends=len(text.text),
            text_digest=text.digest,
            codes=[code],
            none_fits=False,
            memo="",
            by=made.anna,
        )
        wanted = Wanted("released", "Woorden.", "paraphrase", "", text.digest)
        text_releases.decide(
            session, wave=made.wave, source=text.source, key=text.key, wanted=wanted, themes=(), by=made.anna
        )
    return made


def left(session: Session) -> tuple[list[str], int, int]:
    """The sources that something is known of, released and coded."""
    session.expire_all()
    released = session.scalars(select(TextRelease.source).order_by(TextRelease.source)).all()
    return list(released), len(session.scalars(select(Segment)).all()), len(session.scalars(select(Coding)).all())


def first(session: Session, study: Study) -> Response:
    return session.scalars(select(Response).where(Response.wave_id == study.wave.id).order_by(Response.id)).all()[0]


def test_withdrawing_takes_codes_and_released_words_along(session: Session, study: Study) -> None:
    assert left(session) == (["answer", "answer", "note"], 3, 3)
    study.withdraw(session, first(session, study))
    assert left(session) == (["answer", "note"], 2, 2)


def test_access_shows_released_words_and_erasure_takes_them_along(session: Session, study: Study) -> None:
    (person,) = personal_data.found(session, study.evaluation, "carla0@")
    held = personal_data.held(session, person)
    assert [row["text"] for row in held.rows["text_release"]] == ["Woorden."]
    privacy.erase(session, person=person, reason="Verzoek", by=study.anna)
    assert left(session) == (["answer", "note"], 2, 2)


@pytest.mark.usefixtures("study")
def test_what_was_said_takes_what_was_made_of_it_along(session: Session) -> None:
    session.delete(session.get_one(Note, "n1"))
    session.flush()
    coded_texts.forget_said(session)
    assert left(session) == (["answer", "answer"], 2, 2)


@pytest.mark.parametrize(("field", "remains"), [("texts_until", []), ("answers_until", ["note"])])
def test_nothing_is_kept_longer_than_the_study_says(
    session: Session, study: Study, field: str, remains: list[str]
) -> None:
    waves.close(session, wave=study.wave, by=study.anna)
    today = clock.local(clock.now()).date()
    setattr(study.evaluation, field, today - timedelta(days=2))
    session.flush()
    retention.retain(session, day=today)
    assert left(session)[0] == remains
