"""How exactly each number is known that the veto looks at."""

from collections.abc import Sequence

import pytest

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.disclosure import Policy, protect, veto
from surveyapp.analysis.disclosure.candidates import Name
from surveyapp.analysis.disclosure.policy import Policy as Rules
from surveyapp.analysis.disclosure.room import Atoms, Printed
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
    assert {each.half for each in seen["theme"]} == {0.005}
