import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.maturity import BANDS, Maturity, band, on_the_edge, reached, report_mark
from tests.effort import tries

NAN = float("nan")
LADDER = {"vision": 1, "agreed": 1, "measured": 2, "learned": 3}
scores = st.fixed_dictionaries({key: st.none() | st.floats(1, 5) for key in LADDER})


def test_a_level_is_reached_when_all_that_belongs_to_it_is_in_place() -> None:
    assert reached(LADDER, {"vision": 4, "agreed": 3.5, "measured": 3.6, "learned": 2}) == Maturity(2, ("learned",))


def test_one_weak_statement_keeps_every_gate_above_closed() -> None:
    assert reached(LADDER, {"vision": 5, "agreed": 3.4, "measured": 5, "learned": 5}) == Maturity(0, ("agreed",))


def test_everything_in_place_is_the_top() -> None:
    assert reached(LADDER, dict.fromkeys(LADDER, 4.0)) == Maturity(3, ())


def test_documents_can_show_what_people_do_not_see() -> None:
    seen = {"vision": 4, "agreed": 2.0, "measured": 4, "learned": None}
    assert reached(LADDER, seen, evidence=["agreed"]) == Maturity(2, ("learned",))


@pytest.mark.parametrize("unknown", [{}, {"vision": None, "agreed": 5}, {"vision": NAN, "agreed": 5}])
def test_what_nobody_scored_opens_no_gate(unknown: dict[str, float | None]) -> None:
    found = reached(LADDER, unknown)
    assert found.level == 0
    assert "vision" in found.missing


def test_levels_may_skip_numbers_and_a_theme_may_have_none() -> None:
    assert reached({"a": 2, "b": 5}, {"a": 4, "b": 1}) == Maturity(2, ("b",))
    assert reached({}, {}) == Maturity(0, ())


@tries(50)
@given(scores, st.sampled_from(list(LADDER)), st.floats(0, 4))
def test_a_better_score_never_lowers_the_level(found: dict[str, float | None], key: str, more: float) -> None:
    better = found | {key: min(5.0, (found[key] or 1.0) + more)}
    assert reached(LADDER, better).level >= reached(LADDER, found).level


@tries(50)
@given(scores, st.permutations(list(LADDER)))
def test_the_order_of_the_statements_does_not_matter(found: dict[str, float | None], order: list[str]) -> None:
    again = reached({key: LADDER[key] for key in order}, found)
    assert again.level == reached(LADDER, found).level
    assert set(again.missing) == set(reached(LADDER, found).missing)


@tries(50)
@given(scores)
def test_the_level_is_the_highest_whose_statements_all_suffice(found: dict[str, float | None]) -> None:
    suffices = [
        level
        for level in (1, 2, 3)
        if all((found[key] or 0) >= 3.5 for key, tagged in LADDER.items() if tagged <= level)
    ]
    assert reached(LADDER, found).level == max(suffices, default=0)


@pytest.mark.parametrize(
    ("score", "key"),
    [(1, "beginning"), (1.99, "beginning"), (2, "developing"), (3, "in-order"), (3.99, "in-order"), (4, "exemplary")],
)
def test_a_mean_has_a_band(score: float, key: str) -> None:
    found = band(score)
    assert found is not None
    assert found.key == key


def test_without_a_mean_there_is_no_band() -> None:
    assert band(NAN) is None


@pytest.mark.parametrize(
    ("score", "lower", "upper", "edge"),
    [
        (3.1, NAN, NAN, True),
        (2.9, NAN, NAN, True),
        (3.2, NAN, NAN, False),
        (3.5, 3.1, 3.9, False),
        (3.5, 2.9, 3.9, True),
        (3.5, 3.0, 3.9, False),
        (3.5, 3.1, 4.0, True),
        (1.05, NAN, NAN, False),
        (NAN, NAN, NAN, False),
    ],
)
def test_a_score_is_on_the_edge_near_a_cut_or_when_the_silent_could_carry_it_over(
    score: float, lower: float, upper: float, edge: bool
) -> None:
    assert on_the_edge(score, lower, upper) is edge


@pytest.mark.parametrize(("score", "mark"), [(1, 1), (3, 5.5), (4, 7.75), (5, 10)])
def test_a_report_mark_runs_from_end_to_end(score: float, mark: float) -> None:
    assert report_mark(score) == pytest.approx(mark)
    assert report_mark(1 + (score - 1) * 6 / 4, points=7) == pytest.approx(mark)


def test_the_bands_begin_at_the_lowest_mark() -> None:
    assert BANDS[0].lowest == report_mark(1) == 1
