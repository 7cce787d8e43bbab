"""Every step of the protection is weakened, one by one; each time an attack finds somebody."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
import pytest

from surveyapp.analysis.disclosure import Policy, protecting, siblings
from surveyapp.analysis.disclosure.as_printed import Values
from surveyapp.analysis.disclosure.release import Release, Row
from surveyapp.analysis.disclosure.study import Study
from surveyapp.analysis.disclosure.targets import Targets
from surveyapp.analysis.results import GAP_COLUMNS
from tests.analysis.attacking.generated import study
from tests.effort import EFFORT
from tests.journeys.weakening import (
    Attack,
    at_the_ends,
    by_colleagues,
    closely,
    closely_in_turn,
    exactly,
    example,
    forget,
    precisely,
    with_roles,
)

_empty, _with_row, _emptied, _of = Release.empty, Release.with_row, protecting._emptied, Policy.of


def lower(blocks: tuple[tuple[int, ...], ...], threshold: int) -> Release:
    return _empty(blocks, threshold - 1)


def stale(release: Release, row: Row) -> Release:
    longer = _with_row(release, row)
    return longer if longer is release else replace(longer, proof=release.proof)


def with_hidden_numbers(made: Study, *arguments: object) -> pd.DataFrame:
    scores = _emptied(made, *arguments)  # type: ignore[arg-type]
    return scores.assign(mean=made.scores["mean"].astype(float).round(2), n=made.scores["n"].astype(float))


def raw(gaps: pd.DataFrame, *_: object) -> pd.DataFrame:
    return gaps.loc[:, list(GAP_COLUMNS)].round(2)


def always(*, value: object) -> Callable[..., object]:
    return lambda *_, **__: value


_all, _over = siblings._Reserving.all, Targets.over


def exposing(reserving: siblings._Reserving) -> dict[str, siblings.Reserve]:
    """Only of the statements that are kept back is anything kept."""
    return {item: kept if item in reserving.back else siblings.Reserve() for item, kept in _all(reserving).items()}


def lower_bound(values: Values, row: int) -> tuple[float, float]:
    return round(float(values.study.scores["lower"].iloc[row]), 2), 0.005


def single_people(
    single: Sequence[int], _groups: object, people: Sequence[int], points: int, policy: Policy, *, whole: bool
) -> Targets:
    return _over(single, (), people, points, policy, whole=whole)


def as_they_were(_values: Values, decisions: object, _past: object) -> object:
    return decisions


def all_names(_structure: object, names: tuple[object, ...], *_: object) -> frozenset[object]:
    return frozenset(names)


def roles_alone(name: str, threshold: int | None = None) -> Policy:
    return replace(_of(name, threshold=threshold), two_of_each=False)


WITHOUT_ITEMS = {
    ("M0", "governor"): ["-32", "3-3"],
    ("M0", "official"): [".2."] * 3,
    ("M0", "project"): ["2-3"],
    ("M1", "official"): [".3."] * 3,
    ("M1", "project"): ["2-3", "334", "2-2", "333", "233"],
}
TOO_FEW_ANSWERED_WHAT_IS_KEPT_BACK = {
    ("A", "official"): ["333", "424", "243", "324", "432", "333"],
    ("C", "official"): ["323"] * 4 + ["32-"],
    ("D", "official"): ["-33", "-42", "3-3", "2-4", "333", "424"],
    ("E", "official"): ["-33", "-42", "3-3", "2-4", "333", "424"],
}
"""In C, where the theme minus half of the first two statements is about the four who answered the last."""
MUTANTS: dict[str, tuple[str, object, Attack, int]] = {
    "the leak test with a threshold one lower": ("release.Release.empty", staticmethod(lower), exactly, 1),
    "no leak test": ("release.Release.admitting", _with_row, exactly, 1),
    "no leak test across organisations": ("release.Release.proved", lambda release: release, exactly, 1),
    "no leak test inside an organisation": ("release.Release.leaks_inside", always(value=False), with_roles, 0),
    "a proof that stands though its organisations changed": ("release.Release.with_row", stale, exactly, 1),
    "a proof of nothing": ("release._packed", always(value=[]), exactly, 1),
    "a search that looks at nothing": ("release._Search.finds", always(value=False), exactly, 1),
    "a theme apart from its items": ("themes.reserves", always(value={}), exactly, 1),
    "enough remain, whatever the theme shows": (
        "siblings._Reserving._enough_remain",
        always(value=True),
        example(WITHOUT_ITEMS),
        1,
    ),
    "statements where too few answered what is kept back": (
        "siblings._Reserving.all",
        exposing,
        example(TOO_FEW_ANSWERED_WHAT_IS_KEPT_BACK),
        1,
    ),
    "the region's mean of what is kept back": ("siblings._Reserving._mean_is_safe", always(value=True), exactly, 1),
    "themes and items as if nobody missed anything": ("family.Family.uneven", False, exactly, 1),
    "no veto": ("room.Search.binding", always(value=None), closely, 2),
    "a veto for single people only": ("targets.Targets.over", single_people, closely, 2),
    "a theme and its items vetoed apart": ("veto.after_veto_together", as_they_were, closely, 410),
    "a veto that knows only what this audience may see": (
        "as_printed.Values._for_others",
        always(value={}),
        closely_in_turn,
        323,
    ),
    "a veto that knows one of two bounds": ("as_printed.Values._between_bounds", lower_bound, closely_in_turn, 350),
    "means at an end of the scale": ("protecting._wide", always(value=True), at_the_ends, 1),
    "more decimals": ("protecting.DECIMALS", 6, precisely, 1),
    "what was released before forgotten": ("past.Past.numbers", always(value=frozenset()), exactly, 3),
    "counts of answers without a test": ("protecting._distributions", all_names, exactly, 1),
    "withheld rows that keep their numbers": ("protecting._emptied", with_hidden_numbers, exactly, 1),
    "gaps as they are": ("protecting.safe_gaps", raw, exactly, 1),
    "roles of one person shown to the public": ("Policy.of", staticmethod(roles_alone), by_colleagues, 1),
}
"""What is weakened: where, by what, which attack notices, in which study."""
QUICK = ("no leak test across organisations", "a proof of nothing", "a veto for single people only", "more decimals")


@pytest.mark.parametrize("name", MUTANTS if EFFORT > 1 else QUICK)
def test_an_attack_notices_a_weakened_step(name: str) -> None:
    where, weaker, attack, seed = MUTANTS[name]
    made = study(seed)
    assert attack(made) == set()
    forget()
    try:
        with pytest.MonkeyPatch.context() as patches:
            patches.setattr(f"surveyapp.analysis.disclosure.{where}", weaker)
            assert attack(made)
    finally:
        forget()
