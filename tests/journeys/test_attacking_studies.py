"""Nothing is found in what we hand out of generated studies; with the protection weakened anywhere, something is."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from surveyapp.analysis.attacking import Demands, Finding, Reading, attack
from surveyapp.analysis.attacking import finding as kinds
from surveyapp.analysis.disclosure import Policy, SafeResults, deciding, protect, protecting, themes
from surveyapp.analysis.disclosure.release import Release, Row
from surveyapp.reports.csv_files import rounded
from surveyapp.reports.reading_back import read_all
from tests.analysis.attacking.generated import Generated, knowledge, study
from tests.effort import EFFORT

STUDIES = 20 if EFFORT == 1 else min(10 * EFFORT, 500)
LEAD, PUBLIC = Policy.of("lead"), Policy.of("public")


def read(*published: SafeResults) -> Reading:
    """What is read in the files of these."""
    return read_all(
        (f"{number}/{name}.csv", rounded(frame).encode())
        for number, each in enumerate(published)
        for name, frame in (("scores", each.scores), ("gaps", each.gaps))
    )


def findings(made: Generated, reading: Reading, demands: Demands | None = None) -> list[Finding]:
    """By somebody who knows of everybody which statements they answered."""
    return attack(reading, knowledge(made.people, made.questionnaire, made.outside), demands)


@pytest.mark.parametrize("seed", range(STUDIES))
def test_all_audiences_together_learn_nothing(seed: int) -> None:
    made = study(seed)
    for_lead = protect(made.results, LEAD)
    for_public = protect(made.results, PUBLIC, [for_lead])
    assert findings(made, read(for_lead, for_public)) == []


def forget() -> None:
    """What was decided before the protection was weakened, or while it was."""
    deciding.decide.cache_clear()
    protecting._distributions.cache_clear()


def first_found(seeds: Sequence[int], policy: Policy = LEAD) -> set[str]:
    """Kinds of findings in the first of these studies in which anything is found."""
    for seed in seeds:
        made = study(seed)
        found = findings(made, read(protect(made.results, policy)))
        if found:
            return {each.kind for each in found}
    return set()


def test_without_the_veto_single_answers_are_left_too_little_room() -> None:
    assert first_found([2], replace(LEAD, width=0.0)) >= {kinds.NARROW, kinds.FEW_VALUES}


def test_without_the_leak_test_combinations_are_about_few_people(monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting(release: Release, row: Row) -> Release:
        return release.with_row(row)

    monkeypatch.setattr(Release, "admitting", trusting)
    forget()
    try:
        assert kinds.COMBINED in first_found([1, 2, 3], replace(LEAD, width=0.0))
    finally:
        forget()


def test_without_keeping_an_item_back_a_theme_and_its_statements_give_somebody_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(themes, "reserves", lambda *_, **__: {})
    assert kinds.COMBINED in first_found(range(8), replace(LEAD, width=0.0))


def test_without_the_threshold_for_distributions_counts_give_somebody_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protecting, "_distributions", lambda _, names, *__: frozenset(names))
    careless = replace(LEAD, distribution=1)
    assert kinds.COUNTED in first_found([4, 5], careless)


def test_a_second_publication_that_knows_of_the_first_adds_nothing_unsafe() -> None:
    made = study(2)
    loose = Policy.of("lead", threshold=6)
    first = protect(made.results, LEAD)
    assert findings(made, read(first, protect(made.results, loose, [first]))) == []


def test_unprotected_results_are_full_of_findings() -> None:
    made = study(1)
    scores, gaps = made.results.scores.assign(suppressed=""), made.results.gaps
    reading = read_all([("scores.csv", rounded(scores).encode()), ("gaps.csv", rounded(gaps).encode())])
    found = {each.kind for each in findings(made, reading)}
    assert found >= {kinds.COMBINED, kinds.NARROW, kinds.FEW_VALUES}
