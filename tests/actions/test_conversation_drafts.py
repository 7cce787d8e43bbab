"""The report of a conversation is kept while it is written, and nobody saves over another unseen."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import conversation_drafts as drafts
from surveyapp.actions import interviews
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import ConversationDraft, Event, Interview
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


@pytest.fixture
def talk(session: Session, study: Study) -> Interview:
    return interviews.plan(session, wave=study.wave, membership=study.members[0], by=study.anna)


def test_what_is_kept_replaces_what_was_kept_before(session: Session, study: Study, talk: Interview) -> None:
    assert drafts.keep(session, interview=talk, texts={"t1": "Eerst."}, version=0, by=study.anna) == 1
    assert drafts.keep(session, interview=talk, texts={"t1": "Beter.", "t2": "Meer."}, version=1, by=study.anna) == 2
    kept = session.scalars(select(ConversationDraft)).one()
    assert (kept.texts, kept.version, kept.author.name) == ({"t1": "Beter.", "t2": "Meer."}, 2, study.anna.name)
    assert (
        session.scalars(select(Event.verb).where(Event.verb == "conversation.write")).all()
        == ["conversation.write"] * 2
    )


def test_the_same_text_sent_twice_is_kept_once(session: Session, study: Study, talk: Interview) -> None:
    for version in (0, 1):
        assert drafts.keep(session, interview=talk, texts={"t1": "Eerst."}, version=version, by=study.anna) == 1


@pytest.mark.parametrize("version", [0, 1])
def test_from_an_older_version_nothing_is_kept(session: Session, study: Study, talk: Interview, version: int) -> None:
    for seen in (0, 1):
        drafts.keep(session, interview=talk, texts={"t1": f"Tekst {seen}."}, version=seen, by=study.anna)
    with pytest.raises(WrongState, match="draft-changed-elsewhere"):
        drafts.keep(session, interview=talk, texts={"t1": "Oud."}, version=version, by=study.anna)
    assert session.scalars(select(ConversationDraft)).one().texts == {"t1": "Tekst 1."}


def test_a_text_that_is_too_long_is_refused_whole(session: Session, study: Study, talk: Interview) -> None:
    with pytest.raises(InvalidContent, match="paragraph-too-long"):
        drafts.keep(session, interview=talk, texts={"t1": "a", "t2": "b" * 20_001}, version=0, by=study.anna)
    assert session.scalars(select(ConversationDraft)).all() == []
