"""An agenda belongs to the researcher: what the machine proposes is taken over, changed for a reason, and kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import agendas
from surveyapp.analysis.proposal import Proposed
from surveyapp.errors import InvalidContent, NotFound, SurveyError, WrongState
from surveyapp.models import Agenda, Event, Membership
from surveyapp.queries import agendas as found
from tests import cast
from tests.cast import Study

WHY = "Dit speelt hier."
PROPOSAL = (
    Proposed("topic", "t1_1", 60, ("low", "divided"), 90, False),
    Proposed("topic", "t2", 40, ("low",), 55, True),
    Proposed("strength", "t1", 0, (), None, False),
)


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


@pytest.fixture
def agenda(session: Session, study: Study) -> Agenda:
    return begin(session, study)


def begin(session: Session, study: Study, *, role: str = "", programme: bool = False) -> Agenda:
    place = None if programme else study.members[0]
    return agendas.take_over(
        session, wave=study.wave, membership=place, role=role, proposal=PROPOSAL, digest="a" * 64, by=study.anna
    )


def keys(agenda: Agenda) -> list[str]:
    return [topic.key for topic in found.discussed(agenda)]


def add(session: Session, agenda: Agenda, title: str = "De overgang", minutes: int | None = None) -> str:
    topic = agendas.add(
        session, agenda=agenda, version=agenda.version, title=title, minutes=minutes, reason=WHY, by=None
    )
    return topic.key


def drop(session: Session, agenda: Agenda, key: str, replacement: str = "") -> None:
    agendas.drop(
        session,
        agenda=agenda,
        version=agenda.version,
        key=key,
        reason=WHY,
        replacement=replacement,
        known={"t1", "t2", "t1_1", "t1_2", "t2_1"},
        by=None,
    )


def merge(session: Session, agenda: Agenda, key: str, into: str) -> None:
    agendas.merge(session, agenda=agenda, version=agenda.version, key=key, into=into, reason=WHY, by=None)


def update(session: Session, agenda: Agenda, proposal: tuple[Proposed, ...], *accepted: str) -> None:
    agendas.update(
        session,
        agenda=agenda,
        version=agenda.version,
        proposal=proposal,
        digest="b" * 64,
        accepted=accepted,
        by=None,
    )


def test_an_agenda_begins_with_what_the_machine_proposes(session: Session, study: Study, agenda: Agenda) -> None:
    assert keys(agenda) == ["t1_1", "t2", "t1"]
    assert found.of(session, study.wave, study.members[0]) is agenda
    assert found.of(session, study.wave, study.members[1]) is None
    assert found.changes(agenda, PROPOSAL) == ()
    event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (event.verb, event.actor_id) == ("agenda.take-over", study.anna.id)


def test_the_programme_team_and_every_group_have_an_agenda_of_their_own(session: Session, study: Study) -> None:
    whose = [begin(session, study), begin(session, study, role="governor"), begin(session, study, programme=True)]
    assert len({agenda.id for agenda in whose}) == 3
    assert found.of(session, study.wave, None) is whose[2]
    with pytest.raises(WrongState, match="agenda-changed-elsewhere"):
        begin(session, study, programme=True)


def test_there_is_no_agenda_in_an_anonymous_wave(session: Session) -> None:
    with pytest.raises(WrongState, match="anonymous-wave"):
        begin(session, cast.study(session, regime="anonymous"))


def test_an_organisation_of_another_study_has_no_place_here(session: Session, study: Study) -> None:
    elsewhere = select(Membership).where(Membership.evaluation_id != study.evaluation.id).limit(1)
    stranger = session.scalars(elsewhere).one()
    with pytest.raises(NotFound):
        agendas.take_over(session, wave=study.wave, membership=stranger, proposal=(), digest="", by=None)


def test_a_topic_of_ones_own_comes_last_with_its_reason(session: Session, agenda: Agenda) -> None:
    key = add(session, agenda)
    assert keys(agenda)[-1] == key == "own-1"
    assert add(session, agenda, "Nog iets") == "own-2"
    assert agenda.topics[-1].reason == WHY
    assert agenda.version == 3


def test_who_saw_an_older_version_changes_nothing(session: Session, agenda: Agenda) -> None:
    add(session, agenda)
    with pytest.raises(WrongState, match="agenda-changed-elsewhere"):
        agendas.add(session, agenda=agenda, version=1, title="Uit een ander venster", reason=WHY, by=None)
    assert keys(agenda) == ["t1_1", "t2", "t1", "own-1"]


def test_topics_move_within_their_part(session: Session, agenda: Agenda) -> None:
    for key, up, expected in (
        ("t2", True, ["t2", "t1_1", "t1"]),
        ("t2", True, ["t2", "t1_1", "t1"]),
        ("t2", False, ["t1_1", "t2", "t1"]),
        ("t1", True, ["t1_1", "t2", "t1"]),
    ):
        agendas.move(session, agenda=agenda, version=agenda.version, key=key, up=up, by=None)
        assert keys(agenda) == expected


def test_a_topic_is_dropped_for_a_reason_and_put_back(session: Session, agenda: Agenda) -> None:
    drop(session, agenda, "t1_1")
    assert keys(agenda) == ["t2", "t1"]
    agendas.restore(session, agenda=agenda, version=agenda.version, key="t1_1", by=None)
    assert keys(agenda) == ["t1_1", "t2", "t1"]


@pytest.mark.parametrize("key", ["t2", "t1"])
def test_a_strength_and_what_is_asked_everywhere_are_only_replaced(session: Session, agenda: Agenda, key: str) -> None:
    with pytest.raises(InvalidContent, match="replacement-missing"):
        drop(session, agenda, key)
    for unknown in ("own-9", "t1_1", key):
        with pytest.raises(InvalidContent, match="replacement-unknown"):
            drop(session, agenda, key, unknown)
    before = next(topic.kind for topic in agenda.topics if topic.key == key)
    drop(session, agenda, key, "t2_1")
    stands = next(topic for topic in agenda.topics if topic.key == "t2_1")
    assert key not in keys(agenda)
    assert stands.kind == ("strength" if before == "strength" else "regional")


def test_topics_are_discussed_together_and_apart_again(session: Session, agenda: Agenda) -> None:
    key = add(session, agenda)
    merge(session, agenda, "t1_1", "t2")
    merge(session, agenda, "t2", key)
    assert keys(agenda) == ["t1", key]
    assert {topic.merged_into for topic in agenda.topics if topic.key in {"t1_1", "t2"}} == {key}
    agendas.drop(session, agenda=agenda, version=agenda.version, key=key, reason=WHY, by=None)
    assert keys(agenda) == ["t1_1", "t2", "t1"]


@pytest.mark.parametrize(
    ("key", "into", "code"),
    [("t2", "t2", "merged-with-itself"), ("t2", "t1", "strength-merged"), ("t1", "t2", "strength-merged")],
)
def test_what_cannot_be_discussed_together_is_refused(
    session: Session, agenda: Agenda, key: str, into: str, code: str
) -> None:
    with pytest.raises(InvalidContent, match=code):
        merge(session, agenda, key, into)


def _long(session: Session, agenda: Agenda) -> None:
    add(session, agenda, "x" * 301)


def _nameless(session: Session, agenda: Agenda) -> None:
    add(session, agenda, "  ")


def _too_much_time(session: Session, agenda: Agenda) -> None:
    add(session, agenda, minutes=51)


def _no_reason(session: Session, agenda: Agenda) -> None:
    agendas.drop(session, agenda=agenda, version=agenda.version, key="t1_1", reason=" ", by=None)


def _too_short(session: Session, agenda: Agenda) -> None:
    agendas.set_length(session, agenda=agenda, version=agenda.version, minutes=5, by=None)


def _unknown(session: Session, agenda: Agenda) -> None:
    drop(session, agenda, "t9")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (_long, "title-too-long"),
        (_nameless, "title-missing"),
        (_too_much_time, "minutes-exceed"),
        (_no_reason, "reason-missing"),
        (_too_short, "interview-length"),
        (_unknown, "agenda-topic"),
    ],
)
def test_what_cannot_be_is_refused(
    session: Session, agenda: Agenda, act: Callable[[Session, Agenda], None], code: str
) -> None:
    with pytest.raises(SurveyError, match=code):
        act(session, agenda)


def test_other_words_questions_and_minutes_stand_beside_those_of_the_machine(session: Session, agenda: Agenda) -> None:
    agendas.word(
        session,
        agenda=agenda,
        version=1,
        key="t2",
        title=" Hoe snel  ging het ",
        questions=["Hoe ging het?", " "],
        minutes=12,
        reason=WHY,
        by=None,
    )
    topic = next(topic for topic in agenda.topics if topic.key == "t2")
    assert (topic.title, topic.questions, topic.minutes) == ("Hoe snel ging het", ["Hoe ging het?"], 12)
    before = found.said_before(topic)
    assert before == PROPOSAL[1]


NEWER = (
    replace(PROPOSAL[0], priority=30),
    Proposed("topic", "t2_1", 50, ("divided",), 70, False),
    Proposed("regional", "t1_2", 5, (), None, True),
    PROPOSAL[2],
)
"""Another priority, one new topic, another one that is asked everywhere, and t2 gone."""


def test_newer_data_offer_what_is_new_other_and_gone(agenda: Agenda) -> None:
    offered = [(change.what, change.key) for change in found.changes(agenda, NEWER)]
    assert offered == [("new", "t2_1"), ("new", "t1_2"), ("other", "t1_1"), ("gone", "t2")]


def test_changes_are_taken_over_one_by_one_and_leave_alone_what_was_edited(session: Session, agenda: Agenda) -> None:
    agendas.word(
        session,
        agenda=agenda,
        version=1,
        key="t1_1",
        title="Mijn woorden",
        questions=[],
        minutes=9,
        reason=WHY,
        by=None,
    )
    update(session, agenda, NEWER, "t1_1")
    topic = agenda.topics[0]
    assert (topic.title, topic.minutes, topic.reason) == ("Mijn woorden", 9, WHY)
    assert topic.proposed["priority"] == 30
    assert agenda.data_digest == "a" * 64
    update(session, agenda, NEWER, "t2_1", "t1_2", "t2")
    assert keys(agenda) == ["t1_1", "t1", "t2_1", "t1_2"]
    assert agenda.data_digest == "b" * 64
    assert found.changes(agenda, NEWER) == ()


def test_what_is_asked_everywhere_does_not_go_before_there_is_another(session: Session, agenda: Agenda) -> None:
    with pytest.raises(InvalidContent, match="replacement-missing"):
        update(session, agenda, NEWER, "t2")


def test_what_was_dropped_is_not_offered_again_and_ones_own_topic_never_goes(session: Session, agenda: Agenda) -> None:
    add(session, agenda)
    drop(session, agenda, "t1_1")
    assert found.changes(agenda, PROPOSAL) == ()
    assert [change.key for change in found.changes(agenda, PROPOSAL[1:])] == []


def test_a_change_that_is_no_longer_offered_is_refused(session: Session, agenda: Agenda) -> None:
    with pytest.raises(WrongState, match="change-not-there"):
        update(session, agenda, NEWER, "t9")


def test_an_agenda_can_stay_as_it_is(session: Session, agenda: Agenda) -> None:
    agendas.keep(session, agenda=agenda, version=1, digest="b" * 64, by=None)
    assert agenda.data_digest == "b" * 64
    assert keys(agenda) == ["t1_1", "t2", "t1"]
