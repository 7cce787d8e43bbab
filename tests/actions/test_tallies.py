"""The tallies are what counting all answers gives, whatever happened before."""

from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.actions import responses, tallies, waves
from surveyapp.actions.tallies import Difference
from surveyapp.analysis.tallying import tally
from surveyapp.errors import SurveyError, WrongState
from surveyapp.models import Event, Invitation, ItemTally, Response, ThemeTally
from surveyapp.queries import answers, counting, counts, editions
from surveyapp.queries import responses as responses_found
from surveyapp.questionnaires.edition import Edition
from tests import branching, cast
from tests.analysis.answered.sample import every_kind
from tests.cast import Study
from tests.effort import tries

ROLES = ("governor", "official")
POINTS = ("1", "2", "3", "4", "5", "dk", "na", "")
VALUES = {
    "where": ("local", "regional", "elsewhere", ""),
    "where.other": ("Almere", " ", ""),
    "t1_1": POINTS,
    "t1_1.comment": ("Omdat.", ""),
    "t1_2": POINTS,
    "t1_change": ("Alles.", "4", ""),
    "t2_1": ("1", "3", "5", "na", ""),
    "t2_2": ("1", "5", "dk", ""),
    "t3_1": ("2", "4", ""),
    "t4_1": ("3", ""),
    "means": ("people", "time;money", ""),
    "mark": ("7", "10", ""),
}
MEANS = ("people", "money", "time")
CODED = ("where", "t1_1", "t1_2", "t2_1", "t2_2", "t3_1", "t4_1")


@dataclass
class Person:
    """What we expect to be stored of somebody, by rules written out here: see ``tests.branching``."""

    role: str
    member: int
    """0 is Almelo."""
    invitation: Invitation
    state: str = "draft"
    """Or ``sent``, or ``gone`` after withdrawing."""
    answers: dict[str, str] = field(default_factory=dict)

    def given(self, key: str) -> str:
        return self.answers.get(key, "")

    @property
    def shown(self) -> set[str]:
        official = self.role == "official"
        turned = self.given("t1_1") in {"1", "2", "3"}
        regional = self.given("where") in {"regional", "elsewhere"}
        asked = {
            "where": True,
            "where.other": self.given("where") == "elsewhere",
            "t1_1": True,
            "t1_1.comment": True,
            "t1_2": turned,
            "t1_change": turned and self.given("t1_2") != "",
            "t2_1": regional,
            "t2_2": regional and official,
            "t3_1": official,
            "t4_1": self.member == 0,
            "means": True,
            "mark": self.given("t1_1") == "5",
        }
        return {key for key, is_asked in asked.items() if is_asked}

    @property
    def asked_of_role(self) -> set[str]:
        return set(VALUES) - (set() if self.role == "official" else {"t2_2"})

    @property
    def complete(self) -> bool:
        shown = self.shown
        if "where.other" in shown and not self.given("where.other").strip():
            return False
        if "mark" in shown and not self.given("mark"):
            return False
        return any(self.given(key).strip() for key in shown)

    def in_items(self) -> list[tuple[str | int, ...]]:
        found: list[tuple[str | int, ...]] = [
            (key, self.role, self.given(key)) for key in (*CODED, "mark") if key in self.shown
        ]
        chosen = self.given("means")
        for option in MEANS:
            ticked = "1" if option in chosen.split(";") else "0"
            found.append((f"means.{option}", self.role, ticked if chosen else ""))
        return found

    def in_themes(self) -> list[tuple[str | int, ...]]:
        found: list[tuple[str | int, ...]] = []
        for theme in ("t1", "t2", "t3", "t4"):
            scored = [key for key in CODED if key.startswith(theme) and key in self.shown]
            marks = {key: int(self.given(key)) for key in scored if self.given(key).isdigit()}
            points = [6 - mark if key == "t1_2" else mark for key, mark in marks.items()]
            if scored:
                found.append((theme, self.role, len(points), sum(points)))
        return found


Act = tuple[str, int, str, dict[str, str]]


@st.composite
def verb(draw: st.DrawFn) -> Act:
    """Something that somebody does: which verb, which of the people so far, and for the verb ``begin`` as whom."""
    what = draw(
        st.sampled_from(["begin", "save", "save", "submit", "submit", "reopen", "withdraw", "again", "recount"])
    )
    who = draw(st.integers(0, 3))
    given_answers = draw(st.fixed_dictionaries({}, optional={key: st.sampled_from(VALUES[key]) for key in VALUES}))
    return what, who, draw(st.sampled_from(ROLES)), given_answers


def _save(session: Session, study: Study, person: Person, values: dict[str, str]) -> None:
    response = _response(session, person)
    if person.state == "sent":
        with pytest.raises(SurveyError):
            study.save(session, response, **values)
        return
    study.save(session, response, **values)
    person.answers |= values


def _submit(session: Session, study: Study, person: Person) -> None:
    response = _response(session, person)
    if person.state == "sent" or not person.complete:
        with pytest.raises(SurveyError):
            study.submit(session, response)
        return
    study.submit(session, response)
    person.state = "sent"


def _response(session: Session, person: Person) -> Response:
    return session.scalars(select(Response).where(Response.invitation_id == person.invitation.id)).one()


def _act(session: Session, study: Study, person: Person, what: str, values: dict[str, str]) -> None:
    if person.state == "gone":
        if what == "again":
            responses.start(session, invitation=person.invitation)
            person.state, person.answers = "draft", {}
    elif what == "save":
        _save(session, study, person, {key: value for key, value in values.items() if key in person.asked_of_role})
    elif what == "submit":
        _submit(session, study, person)
    elif what == "reopen":
        study.reopen(session, _response(session, person))
        person.state = "draft"
    elif what == "withdraw":
        study.withdraw(session, _response(session, person))
        person.state = "gone"


@tries(30)
@given(acts=st.lists(verb(), max_size=18), closed=st.booleans())
def test_after_any_acts_the_kept_tallies_are_what_counting_again_gives(
    session: Session, acts: list[Act], closed: bool
) -> None:
    session.rollback()
    study = cast.study(session, asked=branching.edition(), commit=False)
    people: list[Person] = []
    for what, who, role, values in acts:
        if what == "begin" or not people:
            people.append(Person(role, who % 3, study.invite(session, role, member=who % 3)))
            responses.start(session, invitation=people[-1].invitation)
            _save(session, study, people[-1], {key: values[key] for key in people[-1].asked_of_role & set(values)})
        elif what == "recount":
            assert tallies.recount(session, wave=study.wave) == []
        else:
            _act(session, study, people[who % len(people)], what, values)
    if closed:
        waves.close(session, wave=study.wave, by=None)
        for person in people:
            if person.state != "gone":
                with pytest.raises(WrongState, match="wave-closed"):
                    study.reopen(session, _response(session, person))
    assert tallies.recount(session, wave=study.wave) == []
    _assert_as_expected(session, study, people)


def _assert_as_expected(session: Session, study: Study, people: list[Person]) -> None:
    """The same tables by a third way, that shares nothing with the other two; and nobody's answers are lost."""
    sent = [person for person in people if person.state == "sent"]
    members = [member.id for member in study.members]
    for kept_in, rows_of in ((ItemTally, Person.in_items), (ThemeTally, Person.in_themes)):
        expected = Counter((key, members[one.member], *rest) for one in sent for key, *rest in rows_of(one))
        assert counting.kept(session, study.wave, kept_in) == expected
    for person in people:
        assert responses_found.is_sent(session, person.invitation.id) == (person.state == "sent")
        if person.state != "gone":
            stored = responses_found.answers(session, _response(session, person))
            assert {key: value for key, value in stored.items() if value} == {
                key: value for key, value in person.answers.items() if value
            }
    read = answers.raw(session, study.wave)
    read_words = sorted(row for row in zip(read["question"], read["answer"], strict=True) if row[1])
    assert read_words == sorted((key, one.given(key)) for one in sent for key in one.shown if one.given(key))


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
    _assert_a_file_counts_the_same(session, study)


def test_the_counts_are_those_of_a_file_where_not_everybody_was_shown_everything(session: Session) -> None:
    study = cast.study(session, asked=branching.edition())
    for role, member, given_answers in (
        ("governor", 0, {"t1_1": "2", "t1_2": "5", "t1_1.comment": "Omdat."}),
        ("governor", 0, {"t1_1": "4", "t1_2": "5", "t4_1": "3"}),
        ("governor", 1, {"t1_1.comment": "Omdat."}),
        ("official", 1, {"t1_1": "3", "where": "regional", "t2_2": "1"}),
        ("official", 2, {"where": "local", "t2_1": "1", "t3_1": "dk"}),
    ):
        response = study.begin(session, role, member=member)
        study.save(session, response, **given_answers)
        study.submit(session, response)
    _assert_a_file_counts_the_same(session, study)


def _assert_a_file_counts_the_same(session: Session, study: Study) -> None:
    questionnaire = editions.of(session, study.wave).questionnaire
    kept = counts.of(session, study.wave, questionnaire)
    from_file = tally(answers.raw(session, study.wave), kept.invited, questionnaire)
    for ours, theirs in ((kept.items, from_file.items), (kept.themes, from_file.themes)):
        by = [name for name in ours.columns if name != "count"]
        rows = sorted(ours[[*by, "count"]].to_numpy().tolist())
        assert rows == sorted(theirs[[*by, "count"]].to_numpy().tolist())
        assert rows


EVERY_KIND = {
    "t_1": ("4", "dk", ""),
    "opinion": ("1", "na"),
    "one": ("a", "b"),
    "some": ("a;b", "c", ""),
    "mark": ("7.5", "dk", ""),
    "hours": ("12.5", "-3", "12345.6", "12346.4", ""),
    "day": ("2026-11-22", "2026-11-01"),
    "first": ("b>a", "c", ""),
    "coins": ("a=4;b=6", "c=10"),
    "steps": ("a;c", "none", "a;b;c"),
    "agreed": ("yes", ""),
    "words": ("Ja.", ""),
}


def _of_every_kind() -> Edition:
    written = cast.edition().model_dump(mode="json", by_alias=True, exclude_none=True)
    asked = every_kind().model_dump(mode="json", by_alias=True, exclude_none=True)
    written["questionnaire"] |= {"key": "kinds", "scales": asked["scales"], "sections": asked["sections"]}
    written["framework"]["themes"] = [written["framework"]["themes"][0] | {"key": "t"}]
    written["guide"]["themes"] = [written["guide"]["themes"][0] | {"theme": "t"}]
    return Edition.model_validate(written)


@tries(12)
@given(
    people=st.lists(
        st.tuples(
            st.sampled_from(ROLES),
            st.fixed_dictionaries({}, optional={key: st.sampled_from(EVERY_KIND[key]) for key in EVERY_KIND}),
            st.sampled_from(["stays", "reopened", "withdrawn", "reopened and sent"]),
        ),
        max_size=6,
    )
)
def test_answers_of_every_kind_are_counted_and_taken_out_again(
    session: Session, people: list[tuple[str, dict[str, str], str]]
) -> None:
    session.rollback()
    study = cast.study(session, asked=_of_every_kind(), commit=False)
    sent = 0
    for role, given_answers, then in people:
        response = study.begin(session, role)
        study.save(session, response, **{"mark": "6", **given_answers, "agreed": "yes"})
        study.submit(session, response)
        sent += then in {"stays", "reopened and sent"}
        if then == "withdrawn":
            study.withdraw(session, response)
        elif then != "stays":
            study.reopen(session, response)
        if then == "reopened and sent":
            study.submit(session, response)
    assert tallies.recount(session, wave=study.wave) == []
    totals: Counter[str] = Counter()
    for (question, *_), count in counting.kept(session, study.wave, ItemTally).items():
        totals[str(question)] += count
    everybody = {key: count for key, count in totals.items() if key != "officials"}
    assert set(everybody.values()) == ({sent} if sent else set())
    assert not any(key == "words" for key in totals)
    if sent:
        _assert_a_file_counts_the_same(session, study)
