"""Nothing is found in what we hand out of generated studies; with the protection weakened anywhere, something is.

What is read of each study is chosen by turns, see ``choosing``: not every file of every study is.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from surveyapp.analysis.attacking import Finding, Reading, attack
from surveyapp.analysis.attacking import finding as kinds
from surveyapp.analysis.disclosure import Policy, SafeResults, deciding, protect, protecting, themes
from surveyapp.analysis.disclosure.release import Release, Row
from surveyapp.reports.csv_files import rounded
from surveyapp.reports.datasets.packing import FORMATS
from surveyapp.reports.reading_back import read_all
from tests.analysis.attacking.generated import Generated, knowledge, study, with_second_theme, without_some
from tests.effort import EFFORT
from tests.journeys.choosing import Choice
from tests.journeys.handed_out import POLICIES, Released, of_format
from tests.journeys.reported import digest_in_report
from tests.journeys.showroom import Files, Showroom

STUDIES = 20 if EFFORT == 1 else min(10 * EFFORT, 500)
CORRECTED = 5 if EFFORT == 1 else 1
"""One study in so many is published again without some of its people."""
LEAD = POLICIES["lead"]


@pytest.fixture(scope="module")
def showroom(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Showroom]:
    path = tmp_path_factory.mktemp("showroom") / "survey.db"
    shutil.copyfile(migrated_file, path)
    opened = Showroom.open(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.mark.parametrize("seed", range(STUDIES))
def test_all_pages_and_files_of_all_audiences_together_tell_nobody(seed: int, showroom: Showroom) -> None:
    released = Released.of(study(seed), turn=seed) if seed % CORRECTED else corrected(seed)
    reading = released.read(*released.files(showroom, Choice.next(seed)))
    assert released.findings(reading) == []


def corrected(seed: int) -> Released:
    """With a second theme, of which a correction can show something when somebody left who was not asked about it."""
    made = with_second_theme(study(seed), seed)
    return Released.of(made, without_some(made, seed), turn=seed)


def test_the_digest_in_a_report_is_of_published_numbers_so_that_nobody_tries_out_which_answers_fit(
    showroom: Showroom,
) -> None:
    released = Released.of(study(1))
    of_other_answers = [digest_in_report(showroom, released.show(showroom)) for _ in range(2)]
    assert len(set(of_other_answers)) == 1


Number = tuple[str, str, str, str, str, float]


def numbers(reading: Reading) -> set[Number]:
    return {(each.key, *each.place, each.other, each.statistic, each.value) for each in reading.facts}


def cells(reading: Reading) -> set[tuple[str, str, str]]:
    return {(each.key, each.organisation, each.role) for each in reading.hidden}


@pytest.mark.parametrize("seed", [3] if EFFORT == 1 else [0, 3])
def test_every_format_and_every_page_says_the_same(seed: int, showroom: Showroom) -> None:
    released = Released.of(study(seed))
    (files,) = released.files(showroom, Choice.every_format())
    for audience in ("lead", "public"):
        first, *others = (released.read(list(of_format(files, kind, audience))) for kind in FORMATS)
        assert len(numbers(first)) > 50
        assert cells(first)
        for other in others:
            assert numbers(other) == numbers(first)
            assert cells(other) == cells(first)
    compare_pages(released, files)


def compare_pages(released: Released, files: Files) -> None:
    """Every number on a page is in the files, every headline of the files on a page, and hidden is hidden on both."""
    written = released.read(list(of_format(files, "csv", "lead")))
    of_lead = [(name, content) for name, content in files if name.endswith(".html") and name.startswith("evaluations/")]
    pages = released.read(of_lead)
    values = {number[:-1]: number[-1] for number in numbers(written)}
    for fact in pages.facts:
        about = (fact.key, *fact.place, fact.other, fact.statistic)
        assert abs(values[about] - fact.value) <= fact.half + 1e-9, fact
    headlines = {
        (key, organisation, role, *rest)
        for key, organisation, role, *rest in numbers(written)
        if role == "all" and rest[1] == ("equal" if organisation == "all" else "mean")
    }
    assert headlines
    assert headlines <= numbers(pages)
    shown = {(key, organisation, role) for key, organisation, role, *_ in headlines}
    assert cells(pages) & shown == set()
    assert {cell for cell in cells(written) if cell[2] == "all"} <= cells(pages)


def read(*published: SafeResults) -> Reading:
    """What is read in the files of these."""
    return read_all(
        (f"{number}/{name}.csv", rounded(frame).encode())
        for number, each in enumerate(published)
        for name, frame in (
            ("scores", each.scores),
            ("gaps", each.gaps),
            ("distributions", each.distributions),
            ("measures", each.measures),
        )
    )


def findings(made: Generated, reading: Reading) -> list[Finding]:
    """By somebody who knows of everybody which statements they answered."""
    return attack(reading, knowledge(made.people, made.questionnaire, made.outside))


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
