"""Is a study of a million respondents analysed in the time of one of a thousand?

Both studies have the fifteen organisations and three roles of a region and the statements of seven-habits/1, all of
them put to everybody: 40 answers each. No respondents are made. What the database would hold after a million
submissions is drawn at once: per organisation, role and question the counts of its answers from a multinomial
distribution, and per theme the counts of (answered, total) from the distribution that independent answers have.
Every tally is thus what real respondents could have left, though items and themes are not from the same people,
which makes no difference to the work.

The two studies take turns; medians are printed, of the time on the clock and of the processor's. Goals: the overview
(scores, gaps without p-values, shrinkage and the agenda) under 100 ms, and every ratio within 1.2. With p-values the
large study may well be the faster one: it has nothing to count in full.

    python benchmarks/analysis_from_tallies.py [rounds]
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from statistics import median

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis.agenda import topics
from surveyapp.analysis.agreement import Numbers
from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import MUNICIPALITY, Counts
from surveyapp.analysis.results import Results
from surveyapp.analysis.scores import score
from surveyapp.analysis.tallies import Tallies
from surveyapp.questionnaires.library import load
from surveyapp.questionnaires.questionnaire import DONT_KNOW, NOT_APPLICABLE, SKIPPED, Questionnaire

SMALL, LARGE = 1_000, 1_000_000
ORGANISATIONS = tuple(f"GM{number:04}" for number in range(141, 156))
SHARE = {"governor": 0.2, "official": 0.6, "project": 0.2}
ROUNDS = 11
ANSWERS = ("1", "2", "3", "4", "5", DONT_KNOW, NOT_APPLICABLE, SKIPPED)


def questionnaire_for_everybody() -> Questionnaire:
    """seven-habits/1 with every statement put to every role."""
    document = load("seven-habits/1").questionnaire.model_dump()
    for section in document["sections"]:
        for question in section["questions"]:
            question["roles"] = ()
    return Questionnaire.model_validate(document)


def tallies(respondents: int, questionnaire: Questionnaire, rng: np.random.Generator) -> Counts:
    """The tallies after this many submissions, a quarter of the invited still silent."""
    per_organisation = rng.multinomial(respondents, np.full(len(ORGANISATIONS), 1 / len(ORGANISATIONS)))
    present = [
        (organisation, role, round(number * share))
        for organisation, number in zip(ORGANISATIONS, per_organisation, strict=True)
        for role, share in SHARE.items()
    ]
    items, themes = zip(*(_cell(*cell, questionnaire, rng) for cell in present), strict=True)
    return Counts(
        items=_frame(items, ["question", "organisation", "role", "answer"], ["count"]),
        themes=_frame(themes, ["theme", "organisation", "role"], ["answered", "total", "count"]),
        invited=pd.DataFrame(
            [(organisation, role, number * 4 // 3, MUNICIPALITY) for organisation, role, number in present],
            columns=["organisation", "role", "invited", "kind"],
        ),
    )


def _frame(parts: Sequence[list[tuple[object, ...]]], names: list[str], numbers: list[str]) -> pd.DataFrame:
    """As the product reads them from its database."""
    rows = [row for part in parts for row in part]
    return pd.DataFrame(rows, columns=[*names, *numbers]).astype(dict.fromkeys(names, "category"))


def _cell(
    organisation: str, role: str, number: int, questionnaire: Questionnaire, rng: np.random.Generator
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    items: list[tuple[object, ...]] = []
    themes: list[tuple[object, ...]] = []
    for theme in questionnaire.themes:
        shares = [rng.dirichlet([2, 4, 6, 5, 2, 1.5, 0.7, 0.7]) for _ in questionnaire.scored_items(theme)]
        for item, share in zip(questionnaire.scored_items(theme), shares, strict=True):
            drawn = zip(ANSWERS, rng.multinomial(number, share).tolist(), strict=True)
            items += [(item.key, organisation, role, answer, count) for answer, count in drawn if count]
        chances = reduce(_with_another_item, shares, np.ones((1, 1)))
        drawn_themes = rng.multinomial(number, chances.ravel() / chances.sum()).reshape(chances.shape)
        themes += [
            (theme, organisation, role, int(answered), int(total), int(drawn_themes[answered, total]))
            for answered, total in np.argwhere(drawn_themes)
        ]
    return items, themes


def _with_another_item(chances: Numbers, share: NDArray[np.float64]) -> Numbers:
    """The chances of (answered, total) after one more item, by convolution."""
    found = np.zeros((chances.shape[0] + 1, chances.shape[1] + 5))
    found[:-1, :-5] += chances * share[5:].sum()
    for mark in range(1, 6):
        found[1:, mark : mark + chances.shape[1]] += chances * share[mark - 1]
    return found


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor."""
    start, started = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - start) * 1000, (time.process_time() - started) * 1000


def _scores(counts: Counts, questionnaire: Questionnaire) -> pd.DataFrame:
    return score(Tallies.of(counts, questionnaire))


def _overview(counts: Counts, questionnaire: Questionnaire) -> Results:
    results = analyse(counts, questionnaire, test=False)
    topics(results, counts, questionnaire)
    return results


def comparisons(questionnaire: Questionnaire, rounds: int) -> Iterator[tuple[str, list[float], list[float]]]:
    """What is measured, and the medians in milliseconds of the small and of the large study: clock and processor."""
    rng = np.random.default_rng(20_251_122)
    studies = [tallies(size, questionnaire, rng) for size in (SMALL, LARGE)]
    for size, study in zip((SMALL, LARGE), studies, strict=True):
        print(f"{size:>9} respondents: {len(study.items)} and {len(study.themes)} rows in the tallies")
    works: list[tuple[str, int, Callable[[Counts, Questionnaire], object]]] = [
        ("scores", rounds, _scores),
        ("overview: scores, gaps, shrinkage, agenda", rounds, _overview),
        ("the whole analysis, with p-values", min(rounds, 3), analyse),
    ]
    for name, times, work in works:
        taken: list[list[tuple[float, float]]] = [[], []]
        work(studies[0], questionnaire)
        for _ in range(times):
            for place, study in enumerate(studies):
                taken[place].append(_timed(lambda work=work, study=study: work(study, questionnaire)))  # type: ignore[misc]
        small, large = ([median(kind) for kind in zip(*measured, strict=True)] for measured in taken)
        yield name, small, large


def main(rounds: int = ROUNDS) -> None:
    print(f"{'':55}{SMALL:>12}{LARGE:>12}{'ratio':>8}   milliseconds, medians turn by turn")
    for name, *sides in comparisons(questionnaire_for_everybody(), rounds):
        for kind, small, large in zip(("clock", "processor"), *sides, strict=True):
            print(f"{name:43}{kind:>12}{small:12.1f}{large:12.1f}{large / small:8.2f}")


if __name__ == "__main__":
    main(*(int(rounds) for rounds in sys.argv[1:2]))
