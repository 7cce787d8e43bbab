"""How exactly each number is known that the veto looks at."""

from collections.abc import Sequence

import pytest

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.disclosure import Policy, SafeResults, protect, room, veto
from surveyapp.analysis.disclosure.candidates import Name
from surveyapp.analysis.disclosure.policy import Policy as Rules
from surveyapp.analysis.disclosure.room import Atoms, Printed
from tests.analysis.attacking.generated import study
from tests.analysis.builders import counts_of, people, questionnaire_of


def test_a_mean_beside_which_counts_may_stand_is_known_without_rounding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven of fourteen and the theme are printed to two decimals; the counts of twenty-one add up to their sum."""
    seen: dict[str, list[Printed]] = {}

    def look(atoms: Atoms, printed: Sequence[Printed], _policy: Rules) -> frozenset[Name]:
        seen["item" if atoms.whole else "theme"] = list(printed)
        return frozenset()

    monkeypatch.setattr(veto, "vetoed", look)
    asked = questionnaire_of({"g1": ["g1_1"]})
    answers = people("A", "official", "g1_1", *[1, 2, 3, 4, 5, 3, 2] * 2)
    answers += people("B", "official", "g1_1", 1, 5, 3, 3, 2, 4, 4)
    protect(analyse(counts_of(answers, asked), asked, test=False), Policy.of("lead"))
    halves = {(each.candidate.name.organisation, each.candidate.name.statistic): each for each in seen["item"]}
    assert halves[0, "mean"].half == 0.0
    assert halves[0, "mean"].value == pytest.approx(40 / 14, abs=1e-12)
    assert halves[1, "mean"].half == pytest.approx(0.005)
    assert {round(each.half, 9) for each in seen["theme"]} == {0.005}


def means(safe: SafeResults) -> set[tuple[str, str, str]]:
    shown = safe.scores[safe.scores["suppressed"].eq("")]
    return set(zip(shown["key"], shown["organisation"], shown["role"], strict=True))


@pytest.mark.parametrize(("steps", "remains"), [(1_000, {"all"}), (0, set[str]())])
def test_a_veto_that_would_take_too_many_steps_looks_at_the_region_only_and_then_withholds_all(
    steps: int, remains: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = study(9)
    in_full = means(protect(made.results, Policy.of("lead")))
    monkeypatch.setattr(room, "MOST_STEPS", steps)
    at_once = means(protect(made.results, Policy.of("lead")))
    assert at_once < in_full
    assert {organisation for _, organisation, _ in at_once} == remains


def test_together_with_what_went_out_before_the_lowest_threshold_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone the public learns little of fewer than ten; what the lead was told of eight does not count there."""
    looked: list[tuple[int, bool]] = []

    def look(_atoms: Atoms, printed: Sequence[Printed], policy: Rules) -> frozenset[Name]:
        looked.append((policy.threshold, any(each.fixed for each in printed)))
        return frozenset()

    made = study(9)
    for_lead = protect(made.results, Policy.of("lead"))
    monkeypatch.setattr(veto, "vetoed", look)
    protect(made.results, Policy.of("public"), [for_lead])
    assert set(looked) == {(10, False), (5, True)}
