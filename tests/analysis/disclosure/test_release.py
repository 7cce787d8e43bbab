"""Whoever has everything that was printed learns nothing about fewer people than the threshold."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.disclosure import Policy, SafeResults, deciding, protect, protecting, themes
from surveyapp.analysis.disclosure.release import MOST_IN_ALL, Effort, Release, Row
from tests.analysis.builders import Person, questionnaire_of
from tests.analysis.disclosure.studies import UNSCORED, SmallStudy, small_studies, study_of
from tests.effort import tries

LEAD = Policy.of("lead")
PUBLIC = Policy.of("public", threshold=6)
EXACT = replace(LEAD, width=0.0)
"""Without the veto on numbers that leave too little room, which would hide a fault of the leak test."""
EXACT_PUBLIC = replace(PUBLIC, width=0.0)
WITH_ROLES = Policy("lead", role_split=True, width=0.0)


def leaks(study: SmallStudy, safe: SafeResults, threshold: int = 5) -> list[object]:
    return list(study.attacker.leaks(safe.scores, safe.gaps, threshold))


def leaks_of_one_key(study: SmallStudy, safe: SafeResults) -> list[object]:
    return list(study.attacker.leaks_key_by_key(safe.scores, safe.gaps, 5))


def leaks_of_both(study: SmallStudy, one: SafeResults, other: SafeResults) -> list[object]:
    """What follows from two publications together."""
    scores, gaps = other.scores.combine_first(one.scores), other.gaps.combine_first(one.gaps)
    return list(study.attacker.leaks(scores, gaps, 5))


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
    assert leaks(study, protect(study.results, EXACT)) == []


@tries(40)
@given(small_studies())
def test_nor_from_a_theme_or_an_item_with_roles_inside_organisations(study: SmallStudy) -> None:
    assert leaks_of_one_key(study, protect(study.results, WITH_ROLES)) == []


@tries(40)
@given(small_studies())
def test_the_public_and_the_lead_together_learn_no_more(study: SmallStudy) -> None:
    for_public = protect(study.results, EXACT_PUBLIC)
    for_lead = protect(study.results, EXACT, [for_public])
    assert leaks_of_both(study, for_public, for_lead) == []


@tries(20)
@given(small_studies())
def test_nor_do_they_when_the_lead_was_told_first(study: SmallStudy) -> None:
    for_lead = protect(study.results, EXACT)
    for_public = protect(study.results, EXACT_PUBLIC, [for_lead])
    assert leaks_of_both(study, for_lead, for_public) == []
    assert leaks(study, for_public, EXACT_PUBLIC.threshold) == []


@tries(40)
@given(small_studies(), st.randoms(use_true_random=False))
def test_the_pattern_tells_nothing_of_the_answers(study: SmallStudy, chance: random.Random) -> None:
    other = [
        Person(
            one.organisation,
            one.role,
            {key: a if a in UNSCORED else chance.choice("234") for key, a in one.answers.items()},
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


def forget() -> None:
    """What was decided before the leak test was switched off, or while it was."""
    deciding.decide.cache_clear()
    protecting._distributions.cache_clear()


def test_without_the_leak_test_the_attacker_finds_a_governor(monkeypatch: pytest.MonkeyPatch) -> None:
    study = typical(1)
    assert leaks(study, protect(study.results, EXACT)) == []

    def trusting(release: Release, row: Row) -> Release:
        return release.with_row(row)

    monkeypatch.setattr(Release, "admitting", trusting)
    forget()
    try:
        assert leaks(study, protect(study.results, EXACT))
    finally:
        forget()


def test_without_keeping_an_item_back_the_attacker_finds_a_governor(monkeypatch: pytest.MonkeyPatch) -> None:
    study = typical(2)
    monkeypatch.setattr(themes, "reserves", lambda *_, **__: {})
    found = leaks(study, protect(study.results, EXACT))
    assert found


def test_without_a_threshold_the_attacker_finds_everybody() -> None:
    study = typical(3)
    assert leaks(study, protect(study.results, Policy.attributable("lead")))


@st.composite
def releases(draw: st.DrawFn) -> tuple[Release, list[Row]]:
    """Organisations of two roles, and numbers in some order: of the region, of a role in it, of organisations."""
    blocks = tuple(draw(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 9)), min_size=2, max_size=12)))
    vectors = draw(st.lists(st.sampled_from([(1, 1), (1, 0), (0, 1), (2, 1)]), min_size=1, max_size=3, unique=True))
    regional: list[Row] = [tuple((place, vector) for place in range(len(blocks))) for vector in vectors]
    local: list[Row] = [((place, (1, 1)),) for place in draw(st.sets(st.integers(0, len(blocks) - 1)))]
    return Release.empty(blocks, 5), draw(st.permutations(regional + local))


@tries(200)
@given(releases())
def test_a_proof_that_stands_says_what_a_search_from_the_beginning_says(made: tuple[Release, list[Row]]) -> None:
    release, rows = made
    for row in rows:
        longer = release.with_row(row)
        assert longer.leaks_across == replace(longer, proof=None).leaks_across
        release = release.admitting(row) or release


@tries(50)
@given(releases())
def test_what_was_admitted_does_not_leak(made: tuple[Release, list[Row]]) -> None:
    release, rows = made
    for row in rows:
        release = release.admitting(row) or release
    assert not replace(release, proof=None).leaks


def test_a_search_that_has_no_steps_left_publishes_nothing_without_a_short_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twelve organisations of one governor and a few officials, whose region is weighed in three ways."""
    blocks = tuple((1, 3 + place % 3) for place in range(12))
    every = range(len(blocks))
    rows: list[Row] = [tuple((place, vector) for place in every) for vector in ((1, 1), (1, 0), (2, 1))]
    rows += [((place, (1, 1)),) for place in every if sum(blocks[place]) >= 5]

    def admitted() -> tuple[int, int]:
        release, count = Release.empty(blocks, 5), 0
        for row in rows:
            longer = release.admitting(row)
            release, count = longer or release, count + (longer is not None)
        assert not replace(release, effort=Effort(10**6)).leaks
        return count, release.effort.left

    in_full, left = admitted()
    assert left < MOST_IN_ALL
    monkeypatch.setattr("surveyapp.analysis.disclosure.release.MOST_IN_ALL", 0)
    with_short_proofs, overdrawn = admitted()
    assert 0 < with_short_proofs < in_full
    assert -len(rows) <= overdrawn < 0
