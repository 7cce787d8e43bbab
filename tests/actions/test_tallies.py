"""The tallies are what counting all answers gives, whatever happened before."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.actions import tallies
from surveyapp.actions.tallies import Difference
from surveyapp.analysis.tallying import tally
from surveyapp.errors import SurveyError
from surveyapp.models import Answer, Event, ItemTally, Response, ThemeTally
from surveyapp.queries import answers, counting, counts
from tests import cast
from tests.cast import Study
from tests.effort import tries

ROLES = ("governor", "official")
VALUES = {
    "t1_1": ("1", "2", "3", "4", "5", "dk", "na", ""),
    "t1_2": ("1", "2", "3", "4", "5", "dk", "na", ""),
    "t1_3": ("1", "5", "dk", ""),
    "t1_weight": ("1", "5", ""),
    "t1_good": ("Ja.", "4", ""),
    "t2_1": ("1", "3", "5", "na", ""),
    "scale_of_it": ("local", "regional", ""),
    "first_things": ("people", "time>money", ""),
}


@st.composite
def verb(draw: st.DrawFn) -> tuple[str, int, str, dict[str, str]]:
    """Something that somebody does: which verb, which of the people so far, and for the verb ``begin`` as whom."""
    what = draw(st.sampled_from(["begin", "save", "submit", "submit", "recount"]))
    who = draw(st.integers(0, 7))
    questions = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=5))
    given_answers = {question: draw(st.sampled_from(VALUES[question])) for question in questions}
    return what, who, draw(st.sampled_from(ROLES)), given_answers


def _perform(session: Session, study: Study, people: list[Response], act: tuple[str, int, str, dict[str, str]]) -> None:
    what, who, role, given_answers = act
    if what == "begin" or not people:
        people.append(study.begin(session, role, member=who % 3))
        return
    person = people[who % len(people)]
    if what == "recount":
        assert tallies.recount(session, wave=study.wave) == []
    elif what == "save":
        study.save(session, person, **given_answers)
    else:
        study.submit(session, person)


@tries(25)
@given(acts=st.lists(verb(), max_size=25))
def test_after_any_acts_the_kept_tallies_are_what_counting_again_gives(
    session: Session, acts: list[tuple[str, int, str, dict[str, str]]]
) -> None:
    session.rollback()
    study = cast.study(session, commit=False)
    people: list[Response] = []
    for act in acts:
        try:
            with session.begin_nested():
                _perform(session, study, people, act)
        except SurveyError:
            continue
    assert tallies.recount(session, wave=study.wave) == []
    _assert_equal_to_a_count_in_python(session, study)


def _assert_equal_to_a_count_in_python(session: Session, study: Study) -> None:
    """The same tables by a third way, that shares nothing with the other two: the answers, one person at a time."""
    questionnaire = cast.edition().questionnaire
    items: Counter[tuple[str | int, ...]] = Counter()
    themes: Counter[tuple[str | int, ...]] = Counter()
    submitted = select(Response).where(Response.wave_id == study.wave.id, Response.submitted_at.is_not(None))
    for person in session.scalars(submitted):
        mine = {
            row.question: row.value
            for row in session.execute(select(Answer.question, Answer.value).where(Answer.response_id == person.id))
        }
        asked = ["t1_1", "t1_2", "t1_weight", "scale_of_it"] + ["t1_3", "t2_1"] * (person.role == "official")
        items.update((key, person.membership_id, person.role, mine.get(key, "")) for key in asked)
        points = {key: int(mine[key]) for key in asked if mine.get(key, "").isdigit()}
        points |= {"t1_2": 6 - points["t1_2"]} if "t1_2" in points else {}
        for theme in ("t1", "t2") if person.role == "official" else ("t1",):
            scored = [points[key] for key in points if key in questionnaire.theme_of and key.startswith(theme)]
            themes[theme, person.membership_id, person.role, len(scored), sum(scored)] += 1
    assert counting.kept(session, study.wave, ItemTally) == items
    assert counting.kept(session, study.wave, ThemeTally) == themes


def _answered(session: Session) -> Study:
    study = cast.study(session)
    study.respond(session, "governor", t1_1="4", t1_2="2", scale_of_it="local")
    study.respond(session, "governor", member=1, t1_1="dk", t1_good="Ja.")
    study.respond(session, "official", member=1, t1_1="1", t1_3="5", t2_1="3")
    study.begin(session, "official", t1_1="5")
    return study


@pytest.mark.parametrize("damage", ["too many", "missing", "invented"])
def test_a_recount_reports_what_was_wrong_and_repairs_it(session: Session, damage: str) -> None:
    study = _answered(session)
    right = counting.kept(session, study.wave, ItemTally)
    member = study.members[0].id
    key = ("t1_1", member, "governor", "4")
    of_wave = ItemTally.wave_id == study.wave.id
    if damage == "too many":
        session.execute(
            update(ItemTally)
            .where(of_wave, ItemTally.question == "t1_1", ItemTally.membership_id == member)
            .values(count=7)
        )
        expected = Difference("item_tally", key, 7, 1)
    elif damage == "missing":
        session.delete(session.get_one(ItemTally, (study.wave.id, *key)))
        session.flush()
        expected = Difference("item_tally", key, 0, 1)
    else:
        key = ("t1_1", member, "governor", "5")
        row = dict(zip(("question", "membership_id", "role", "answer"), key, strict=True))
        session.add(ItemTally(wave_id=study.wave.id, count=1, **row))
        session.flush()
        expected = Difference("item_tally", key, 1, 0)
    assert tallies.recount(session, wave=study.wave, by=study.anna) == [expected]
    assert counting.kept(session, study.wave, ItemTally) == right
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.verb, event.details, event.actor_id) == ("wave.recount", {"differences": 1}, study.anna.id)


def test_a_recount_repairs_the_theme_tally_too(session: Session) -> None:
    study = _answered(session)
    right = counting.kept(session, study.wave, ThemeTally)
    session.execute(update(ThemeTally).where(ThemeTally.wave_id == study.wave.id).values(count=ThemeTally.count + 1))
    assert {difference.tally for difference in tallies.recount(session, wave=study.wave)} == {"theme_tally"}
    assert counting.kept(session, study.wave, ThemeTally) == right
    assert tallies.recount(session, wave=study.wave) == []


def test_a_recount_leaves_other_studies_alone(session: Session) -> None:
    study = _answered(session)
    others = select(ItemTally.count).where(ItemTally.wave_id != study.wave.id)
    before = session.scalars(others).all()
    session.execute(update(ItemTally).where(ItemTally.wave_id == study.wave.id).values(count=9))
    tallies.recount(session, wave=study.wave)
    assert session.scalars(others).all() == before != []


def test_the_counts_are_those_of_a_file_with_the_same_answers(session: Session) -> None:
    study = _answered(session)
    questionnaire = cast.edition().questionnaire
    kept = counts.of(session, study.wave, questionnaire)
    from_file = tally(answers.raw(session, study.wave), kept.invited, questionnaire)
    for ours, theirs in ((kept.items, from_file.items), (kept.themes, from_file.themes)):
        by = [name for name in ours.columns if name != "count"]
        assert sorted(ours[[*by, "count"]].to_numpy().tolist()) == sorted(theirs[[*by, "count"]].to_numpy().tolist())
