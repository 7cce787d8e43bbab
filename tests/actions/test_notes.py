"""What is noted is kept once, whoever sends it and however often, and nobody writes over another."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from surveyapp.actions import interviews, notes, users
from surveyapp.actions.notes import Kept
from surveyapp.errors import InvalidContent, NotAllowed, WrongState
from surveyapp.models import Interview, Note, Quote, User
from surveyapp.queries import interviews as found
from tests import cast
from tests.cast import Study

ID = "0b9f8f1c-7d1b-4c55-9d21-0f6f3d9f5a10"


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


@pytest.fixture
def interview(session: Session, study: Study) -> Interview:
    return interviews.plan(session, wave=study.wave, membership=study.members[0], by=study.anna)


def write(session: Session, interview: Interview, text: str, *, by: User, **other: object) -> Kept | None:
    known: dict[str, object] = {"id": ID, "topic": "t1", **other}
    return notes.note(session, interview=interview, text=text, by=by, **known)  # type: ignore[arg-type]


def texts(session: Session, interview: Interview) -> list[str]:
    return sorted(note.text for note in found.notes(session, interview))


def test_what_is_sent_twice_is_kept_once(session: Session, study: Study, interview: Interview) -> None:
    first = write(session, interview, "Het liep goed.", by=study.anna, mark="confirms")
    again = write(session, interview, "Het liep goed.", by=study.anna, mark="confirms")
    assert first == again == Kept(ID, 1)
    assert texts(session, interview) == ["Het liep goed."]


def test_a_note_grows_version_by_version(session: Session, study: Study, interview: Interview) -> None:
    for version in range(3):
        kept = write(session, interview, f"Regel {version}", by=study.anna, version=version)
        assert kept == Kept(ID, version + 1)
    assert texts(session, interview) == ["Regel 2"]


def test_an_older_version_is_kept_apart_and_only_once(session: Session, study: Study, interview: Interview) -> None:
    write(session, interview, "Eerst", by=study.anna)
    write(session, interview, "Op de laptop", by=study.anna, version=1)
    apart = write(session, interview, "Op de telefoon", by=study.anna, version=1)
    assert apart is not None
    assert apart.apart
    assert apart.id != ID
    assert write(session, interview, "Op de telefoon", by=study.anna, version=1) == apart
    assert texts(session, interview) == ["Op de laptop", "Op de telefoon"]


def test_an_answer_that_got_lost_makes_no_second_note(session: Session, study: Study, interview: Interview) -> None:
    write(session, interview, "Eerst", by=study.anna)
    kept = write(session, interview, "Eerst en meer", by=study.anna, version=0, sent="Eerst")
    assert kept == Kept(ID, 2)
    assert texts(session, interview) == ["Eerst en meer"]


def test_nobody_writes_over_another(session: Session, study: Study, interview: Interview) -> None:
    bob = users.create(session, email="bob@bureau.example", name="Bob", by=None)
    write(session, interview, "Van Anna", by=study.anna)
    with pytest.raises(NotAllowed, match="another-wrote-this"):
        write(session, interview, "Van Bob", by=bob, version=1)
    write(session, interview, "Van Bob", by=bob, id=str(uuid4()))
    assert texts(session, interview) == ["Van Anna", "Van Bob"]


def test_a_note_of_another_conversation_is_left_alone(session: Session, study: Study, interview: Interview) -> None:
    other = interviews.plan(session, wave=study.wave, membership=None, by=study.anna)
    write(session, other, "Elders", by=study.anna)
    with pytest.raises(NotAllowed):
        write(session, interview, "Hier", by=study.anna, version=1)
    assert texts(session, other) == ["Elders"]


def test_nothing_is_made_of_an_empty_note(session: Session, study: Study, interview: Interview) -> None:
    assert write(session, interview, "  ", by=study.anna) is None
    assert found.notes(session, interview) == []


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"id": "1"}, "note-id"),
        ({"id": ID.upper()}, "note-id"),
        ({"topic": "../x"}, "note-topic"),
        ({"mark": "perhaps"}, "note-mark"),
    ],
)
def test_what_no_page_sends_is_refused(
    session: Session, study: Study, interview: Interview, other: dict[str, str], code: str
) -> None:
    with pytest.raises(InvalidContent, match=code):
        write(session, interview, "Iets", by=study.anna, **other)


def test_a_note_has_an_end_and_a_conversation_that_was_called_off_has_none(
    session: Session, study: Study, interview: Interview
) -> None:
    with pytest.raises(InvalidContent, match="note-too-long"):
        write(session, interview, "x" * 20_001, by=study.anna)
    interviews.set_state(session, interview=interview, version=1, state="cancelled", by=None)
    with pytest.raises(WrongState, match="interview-cancelled"):
        write(session, interview, "Te laat", by=study.anna)


def test_a_quote_has_a_person_and_what_they_agreed_to(session: Session, study: Study, interview: Interview) -> None:
    bram = interviews.add_participant(session, interview=interview, name="Bram", by=None)
    known: dict[str, object] = {"interview": interview, "id": ID, "topic": "t1", "by": study.anna}
    said = {"text": "Zo ging het.", "consent": "role", "participant": bram.id}
    assert notes.quote(session, **known, **said) == Kept(ID, 1)  # type: ignore[arg-type]
    assert notes.quote(session, **known, **said) == Kept(ID, 1)  # type: ignore[arg-type]
    later = {**said, "consent": "none", "version": 1}
    assert notes.quote(session, **known, **later) == Kept(ID, 2)  # type: ignore[arg-type]
    apart = notes.quote(session, **known, **{**said, "text": "Anders.", "version": 1})  # type: ignore[arg-type]
    assert apart is not None
    assert apart.apart
    assert [(one.text, one.consent) for one in found.quotes(session, interview)] == [
        ("Zo ging het.", "none"),
        ("Anders.", "role"),
    ]
    with pytest.raises(InvalidContent, match="quote-participant"):
        notes.quote(session, **known, text="x", participant=bram.id + 99)  # type: ignore[arg-type]
    with pytest.raises(InvalidContent, match="quote-consent"):
        notes.quote(session, **known, text="x", consent="yes")  # type: ignore[arg-type]


def test_others_hear_of_marks_when_three_conversations_spoke_of_it(session: Session, study: Study) -> None:
    for number, mark in enumerate(("confirms", "confirms", "nuance")):
        assert found.marks_elsewhere(session, study.wave, study.members[0].id) == {}
        held = interviews.plan(session, wave=study.wave, membership=study.members[1], by=study.anna)
        interviews.set_state(session, interview=held, version=1, state="held", by=None)
        write(session, held, f"Over {number}", by=study.anna, id=str(uuid4()), mark=mark)
    assert found.marks_elsewhere(session, study.wave, study.members[0].id) == {"t1": {"confirms": 2, "nuance": 1}}
    assert found.marks_elsewhere(session, study.wave, study.members[1].id) == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 3)), min_size=1, max_size=8))
def test_whatever_comes_in_in_whatever_order_no_words_are_lost(
    session: Session, study: Study, interview: Interview, sent: list[tuple[str, int]]
) -> None:
    """The last words that were sent from the version they were written on stand somewhere."""
    for note in found.notes(session, interview):
        session.delete(note)
    session.flush()
    for text, version in sent:
        kept = write(session, interview, text, by=study.anna, version=version)
        assert kept is not None
        assert session.get_one(Note, kept.id).text == text
    assert session.get(Quote, ID) is None
