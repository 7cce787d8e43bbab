"""Whoever has everything that was printed learns nothing about fewer people than the threshold."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.disclosure import Policy, SafeResults, deciding, protect, themes
from surveyapp.analysis.disclosure.release import Release, Row
from tests.analysis.builders import Person, questionnaire_of
from tests.analysis.disclosure.studies import SmallStudy, small_studies, study_of
from tests.effort import tries

LEAD = Policy.of("lead")
PUBLIC = Policy.of("public", threshold=6)
WITH_ROLES = Policy("lead", role_split=True)


def leaks(study: SmallStudy, safe: SafeResults, threshold: int = 5) -> list[object]:
    return list(study.attacker.leaks(safe.scores, safe.gaps, threshold))


def leaks_of_one_key(study: SmallStudy, safe: SafeResults) -> list[object]:
    return list(study.attacker.leaks_key_by_key(safe.scores, safe.gaps, 5))


def leaks_of_both(study: SmallStudy, one: SafeResults, other: SafeResults) -> list[object]:
    """What follows from two publications together."""
    scores, gaps = other.scores.combine_first(one.scores), other.gaps.combine_first(one.gaps)
    return list(study.attacker.leaks(scores, gaps, 5))


def officials(rows: dict[str, list[str]]) -> SmallStudy:
    """Per organisation the marks of each official on the statements of one theme; ``-`` for one that was missed."""
    items = [f"g1_{number}" for number in range(1, len(next(iter(rows.values()))[0]) + 1)]
    people = [
        Person(code, "official", {item: mark.replace("-", "dk") for item, mark in zip(items, marks, strict=True)})
        for code, answers in rows.items()
        for marks in answers
    ]
    return study_of(people, questionnaire_of({"g1": items}, roles=["official"]))


def typical(seed: int) -> SmallStudy:
    """Five municipalities with one governor and a few officials; two of three statements for all."""
    chance = random.Random(seed)  # noqa: S311
    items = ["g1_1", "g1_2", "g1_3"]
    questionnaire = questionnaire_of({"g1": items}, only={"g1_3": ["official"]})
    people = [
        Person(f"M{m}", role, {item: chance.choice("2334") for item in items if (item, role) != ("g1_3", "governor")})
        for m in range(5)
        for role, number in (("governor", 1), ("official", 3 + m))
        for _ in range(number)
    ]
    return study_of(people, questionnaire)


@tries(40)
@given(small_studies())
def test_a_lead_learns_nothing_about_fewer_than_five_people(study: SmallStudy) -> None:
    assert leaks(study, protect(study.results, LEAD)) == []


@tries(40)
@given(small_studies())
def test_nor_from_a_theme_or_an_item_with_roles_inside_organisations(study: SmallStudy) -> None:
    assert leaks_of_one_key(study, protect(study.results, WITH_ROLES)) == []


@tries(40)
@given(small_studies())
def test_the_public_and_the_lead_together_learn_no_more(study: SmallStudy) -> None:
    for_public = protect(study.results, PUBLIC)
    for_lead = protect(study.results, LEAD, [for_public])
    assert leaks_of_both(study, for_public, for_lead) == []


@tries(20)
@given(small_studies())
def test_nor_do_they_when_the_lead_was_told_first(study: SmallStudy) -> None:
    for_lead = protect(study.results, LEAD)
    for_public = protect(study.results, PUBLIC, [for_lead])
    assert leaks_of_both(study, for_lead, for_public) == []
    assert leaks(study, for_public, PUBLIC.threshold) == []


@tries(40)
@given(small_studies(), st.randoms(use_true_random=False))
def test_the_pattern_tells_nothing_of_the_answers(study: SmallStudy, chance: random.Random) -> None:
    other = [
        Person(
            one.organisation,
            one.role,
            {key: a if a == "dk" else chance.choice("234") for key, a in one.answers.items()},
        )
        for one in study.people
    ]
    apart = dict.fromkeys({one.organisation for one in other} - set(region_of(study)), "region body")
    twin = study_of(other, study.questionnaire, apart or None)
    policy = Policy("lead", width=0.0)
    one, another = protect(study.results, policy).scores, protect(twin.results, policy).scores
    assert one["suppressed"].tolist() == another["suppressed"].tolist()
    assert one["equal"].isna().tolist() == another["equal"].isna().tolist()


def region_of(study: SmallStudy) -> tuple[str, ...]:
    assert study.results.basis is not None
    return study.results.basis.region


def test_without_the_leak_test_the_attacker_finds_a_governor(monkeypatch: pytest.MonkeyPatch) -> None:
    study = typical(1)
    assert leaks(study, protect(study.results, LEAD)) == []

    def trusting(release: Release, row: Row) -> Release:
        return release.with_row(row)

    monkeypatch.setattr(Release, "admitting", trusting)
    deciding.decide.cache_clear()
    try:
        assert leaks(study, protect(study.results, LEAD))
    finally:
        deciding.decide.cache_clear()


def test_without_keeping_an_item_back_the_attacker_finds_a_governor(monkeypatch: pytest.MonkeyPatch) -> None:
    study = typical(2)
    monkeypatch.setattr(themes, "reserves", lambda *_: {})
    found = leaks(study, protect(study.results, LEAD))
    assert found


def test_without_a_threshold_the_attacker_finds_everybody() -> None:
    study = typical(3)
    assert leaks(study, protect(study.results, Policy.attributable("lead")))


def test_an_organisation_where_too_few_answered_what_is_kept_back_shows_the_theme_alone() -> None:
    """The first statement is kept back, as most people answered it; of the five in C only four did."""
    rows = {"A": ["333"] * 2 + ["3-3"] * 2 + ["33-"] * 2, "B": ["424"] * 7, "C": ["323"] * 4 + ["-32"]}
    study = officials(rows)
    safe = protect(study.results, LEAD)
    assert leaks(study, safe) == []
    own = safe.scores[safe.scores["organisation"].eq("C") & safe.scores["role"].eq("all")]
    why = own.set_index("key")["suppressed"].to_dict()
    assert why == {"g1": "", "g1_1": "small", "g1_2": "linked", "g1_3": "linked"}


UNLIKE = {"P": ["32"] * 11 + ["-3"], "Q": ["24"] * 5 + ["-4"], "R": ["43"] * 4 + ["3-"], "S": ["34"] * 9}
"""From six people on the second statement was answered in most organisations, from five people on the first."""


def test_audiences_alone_have_different_statements_kept_back() -> None:
    """So that nobody adds the two up: P's theme minus both of its statements is the one who missed the first."""
    study = officials(UNLIKE)
    for_public, for_lead = protect(study.results, PUBLIC), protect(study.results, LEAD)
    assert [rows_shown(for_public, item) for item in ("g1_1", "g1_2")] == [["P", "S", "all"], []]
    assert [rows_shown(for_lead, item) for item in ("g1_1", "g1_2")] == [[], ["P", "all"]]
    assert leaks_of_both(study, for_public, for_lead)


def test_what_was_kept_back_before_is_kept_back_again() -> None:
    study = officials(UNLIKE)
    for_public = protect(study.results, PUBLIC)
    for_lead = protect(study.results, LEAD, [for_public])
    assert [rows_shown(for_lead, item) for item in ("g1_1", "g1_2")] == [["P", "S", "all"], []]
    assert leaks_of_both(study, for_public, for_lead) == []


def rows_shown(safe: SafeResults, key: str) -> list[str]:
    """The organisations of which the mean of everybody is shown."""
    rows = safe.scores[safe.scores["key"].eq(key) & safe.scores["role"].eq("all") & safe.scores["suppressed"].eq("")]
    return sorted(rows["organisation"])
