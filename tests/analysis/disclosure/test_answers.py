"""Counts of answers to every kind of question, as they may leave the research team."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.analysis.results import Results
from tests.analysis.answered.sample import every_kind
from tests.analysis.builders import Person, counts_of, people
from tests.analysis.disclosure.counting_attacker import certain
from tests.effort import tries

QUESTIONNAIRE = every_kind()
LEAD = Policy.of("lead")
PUBLIC = Policy.of("public")
OPENLY = Policy.of("lead", "attributable")


def results(answered: list[Person]) -> Results:
    return analyse(counts_of(answered, QUESTIONNAIRE), QUESTIONNAIRE, test=False)


def shown(safe: SafeResults, question: str, option: str = "") -> list[tuple[str, str]]:
    """Organisation and role of the rows of a question that are shown."""
    rows = safe.measures
    rows = rows[rows["question"].eq(question) & rows["option"].eq(option) & rows["suppressed"].eq("")]
    return sorted(zip(rows["organisation"], rows["role"], strict=True))


def why(safe: SafeResults, question: str, organisation: str, role: str = "all", option: str = "") -> str:
    """Why a row is withheld."""
    rows = safe.measures
    place = {"question": question, "option": option, "organisation": organisation, "role": role}
    (row,) = rows[pd.DataFrame({name: rows[name].eq(value) for name, value in place.items()}).all(axis=1)].index
    return str(rows["suppressed"][row])


def officials(question: str, **answers: list[Any]) -> list[Person]:
    """People of one role: organisation -> their answers to one question."""
    return [one for place, given_ in answers.items() for one in people(place, "official", question, *given_)]


FIVE, TEN = ["a", "a", "b", "b", "c"], ["a", "a", "b", "b", "c"] * 2


def test_counts_are_shown_from_ten_people() -> None:
    safe = protect(results(officials("one", A=TEN, B=TEN, C=TEN[:9], D=FIVE)), LEAD)
    assert shown(safe, "one") == [("A", "all"), ("B", "all"), ("all", "all"), ("all", "official")]
    assert why(safe, "one", "C") == "small"
    counted = safe.distributions
    assert set(counted[counted["question"] == "one"]["organisation"]) == {"A", "B", "all"}


def test_a_withheld_row_holds_its_keys_and_nothing_else() -> None:
    measures = protect(results(officials("one", A=TEN, B=FIVE)), LEAD).measures
    hidden = measures[measures["suppressed"].ne("")]
    assert len(hidden)
    assert hidden[["asked", "n", "mean", "median", "first", "borda"]].isna().all(axis=None)


def test_what_is_left_of_the_region_without_those_that_are_shown_is_ten_people_too() -> None:
    """Of 14 people five are left when nine are known; so with the region no organisation of nine can stand."""
    safe = protect(results(officials("one", A=TEN, B=FIVE)), LEAD)
    assert shown(safe, "one") == [("all", "all"), ("all", "official")]
    assert why(safe, "one", "A") == "linked"


def test_who_all_said_the_same_or_all_but_one_are_not_counted() -> None:
    for odd in (["b"] * 12, ["b"] * 11 + ["a"]):
        safe = protect(results(officials("one", A=TEN, B=odd, C=TEN)), LEAD)
        assert ("B", "all") not in shown(safe, "one")
        assert why(safe, "one", "B") == "linked"
        two = protect(results(officials("one", A=TEN, B=["b"] * 10 + ["a", "c"], C=TEN)), LEAD)
        assert ("B", "all") in shown(two, "one")


def test_nor_can_they_be_worked_out_from_the_region() -> None:
    """The region minus the two organisations that are shown would be the one in which all said b."""
    study = officials("one", A=TEN, B=["b"] * 12, C=TEN)
    safe = protect(results(study), LEAD)
    assert {("A", "all"), ("C", "all"), ("all", "all")} - set(shown(safe, "one"))
    assert certain([safe.distributions], "one", study) == set()


def test_what_follows_from_counts_because_nobody_is_counted_less_than_no_times_is_withheld() -> None:
    """No governor of the region said c, and eight of the ten in A did: so all eight officials did."""
    study = [
        *people("A", "governor", "one", "a", "b"),
        *people("A", "official", "one", *["c"] * 8),
        *(one for place in "BC" for one in people(place, "governor", "one", *"aabbab")),
        *(one for place in "BC" for one in people(place, "official", "one", *"abcabcabc")),
    ]
    found = results(study)
    everything = found.distributions
    rows = everything[everything["organisation"].eq("all") | everything["role"].eq("all")]
    assert certain([rows], "one", study) == {("A", "official")}
    assert certain([protect(found, LEAD).distributions], "one", study) == set()


@st.composite
def small_studies(draw: st.DrawFn) -> list[Person]:
    """Three to five organisations with governors and officials, who often agree."""
    found = []
    for place in "ABCDE"[: draw(st.integers(3, 5))]:
        for role, most in (("governor", 4), ("official", 12)):
            answers = draw(st.sampled_from([["a"], ["b"], ["a", "b"], ["a", "b", "c"], ["b", ""]]))
            given_ = draw(st.lists(st.sampled_from(answers), min_size=1, max_size=most))
            found += [Person(place, role, {"one": answer, "mark": "6"}) for answer in given_]
    return found


@tries(15)
@given(study=small_studies(), policy=st.sampled_from([LEAD, PUBLIC]))
def test_nobodys_answer_follows_from_the_counts_that_are_shown(study: list[Person], policy: Policy) -> None:
    safe = protect(results(study), policy)
    assert certain([safe.distributions], "one", study) == set()


@tries(8)
@given(study=small_studies())
def test_nor_from_two_publications_together(study: list[Person]) -> None:
    found = results(study)
    for_public = protect(found, PUBLIC)
    for_lead = protect(found, LEAD, [for_public])
    assert certain([for_public.distributions, for_lead.distributions], "one", study) == set()


@tries(8)
@given(study=small_studies())
def test_a_planted_leak_is_found(study: list[Person]) -> None:
    """Everything without protection: whoever all said the same is given away."""
    asked: dict[tuple[str, str], set[str]] = {}
    for one in study:
        asked.setdefault((one.organisation, one.role), set()).add(one.answers["one"])
    expected = {place for place, answers in asked.items() if len(answers) == 1}
    assert certain([protect(results(study), OPENLY).distributions], "one", study) == expected


@tries(8)
@given(study=small_studies())
def test_the_order_of_people_and_organisations_changes_nothing(study: list[Person]) -> None:
    keys = ["question", "option", "organisation", "role", "answer"]
    once, again = (protect(results(list(order)), PUBLIC).distributions for order in (study, study[::-1]))
    in_order = once.sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(in_order, again.sort_values(keys, ignore_index=True))


def test_on_behalf_of_an_organisation_everything_is_shown() -> None:
    found = results(officials("hours", A=["1", "2"], B=["1000"]))
    safe = protect(found, OPENLY)
    assert set(safe.measures["suppressed"]) == {""}
    pd.testing.assert_frame_equal(safe.distributions, found.distributions.round(2).astype({"count": "float64"}))


def test_the_public_sees_no_organisation_in_which_one_person_of_a_role_answered() -> None:
    study = [
        *officials("one", A=TEN, B=TEN),
        *people("A", "governor", "one", "b"),
        *people("B", "governor", "one", "a", "b"),
    ]
    assert ("A", "all") not in shown(protect(results(study), PUBLIC), "one")
    assert ("B", "all") in shown(protect(results(study), PUBLIC), "one")


def test_single_numbers_and_months_are_for_the_team_and_means_for_all() -> None:
    study = [
        Person("A", "official", {"hours": str(hours), "day": "2026-11-22", "coins": f"a={hours};b={10 - hours}"})
        for hours in range(11)
    ]
    safe = protect(results(study), LEAD)
    assert set(safe.distributions["question"]) & {"hours", "day", "coins"} == set()
    rows = safe.measures[safe.measures["organisation"].eq("A") & safe.measures["role"].eq("all")]
    hours, coins = (rows[rows["question"].eq(key)].iloc[0] for key in ("hours", "coins"))
    assert (hours["n"], hours["mean"]) == (11, 5.0)
    assert pd.isna(hours["median"]), "the middle one of eleven is the number of one person"
    assert coins["mean"] == 5.0


def test_a_number_that_makes_up_the_sum_is_not_shown_by_its_mean() -> None:
    small = [str(hours) for hours in (1, 2) * 6]
    safe = protect(results(officials("hours", A=small, B=[*small, "9000"], C=small)), LEAD)
    assert ("A", "all") in shown(safe, "hours")
    assert ("B", "all") not in shown(safe, "hours")


def test_counts_of_a_statement_are_shown_where_its_spread_is() -> None:
    study = officials("t_1", A=[2, 3, 3, 4, 2, 3, 4, 2, 3, 4], B=[3, 4, 2, 3, 4, 2, 3], C=[4] * 11, D=[2, 3, 4] * 5)
    safe = protect(results(study), LEAD)
    scores = safe.scores[safe.scores["key"].eq("t_1")]
    spread = scores[scores["median"].notna()]
    assert sorted(zip(spread["organisation"], spread["role"], strict=True)) == shown(safe, "t_1")
    unanimous = scores[scores["organisation"].eq("C") & scores["role"].eq("all")].iloc[0]
    assert (unanimous["suppressed"], unanimous["n"]) == ("small", pytest.approx(float("nan"), nan_ok=True))


def test_what_was_shown_before_is_known_and_what_has_changed_since_is_not_shown_again() -> None:
    before = protect(results(officials("one", A=TEN, B=TEN, C=TEN)), LEAD)
    same = protect(results(officials("one", A=TEN, B=TEN, C=TEN)), LEAD, [before])
    assert shown(same, "one") == shown(before, "one") != []
    later = protect(results(officials("one", A=TEN, B=TEN, C=[*TEN, "a"])), LEAD, [before])
    assert shown(later, "one") == [place for place in shown(before, "one") if place[0] in {"A", "B"}] != []
    repeated = later.distributions[later.distributions["question"].eq("one")]
    told = before.distributions.merge(repeated)
    assert len(told) == len(repeated) > 0


def test_an_organisation_gets_its_own_counts_and_the_region() -> None:
    own = protect(results(officials("one", A=TEN, B=TEN, C=TEN)), LEAD).select("B")
    assert set(own.distributions["organisation"]) == {"B", "all"}
    assert set(own.measures["organisation"]) == {"B", "all"}


def test_a_stored_publication_is_read_back_with_its_counts() -> None:
    safe = protect(results(officials("first", A=["a>b", "b", "c", "a>c"] * 3, B=["b>a", "c>a"] * 6)), LEAD)
    read = SafeResults.from_document(safe.to_document())
    pd.testing.assert_frame_equal(read.measures, safe.measures)
    pd.testing.assert_frame_equal(read.distributions, safe.distributions)
    assert len(read.distributions)


def test_a_publication_from_before_answers_were_counted_is_read_without_them() -> None:
    document = protect(results(officials("one", A=TEN)), LEAD).to_document()
    old = {name: document[name] for name in ("policy", "scores", "gaps")} | {"format": 1}
    read = SafeResults.from_document(old)
    assert read.distributions.empty
    assert read.measures.empty
    assert list(read.measures)[-1] == "suppressed"
