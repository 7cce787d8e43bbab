"""Agreement of two people beyond chance."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.coding.kappa import kappa, mean_kappa, raw_agreement

FIRST = list("AAAABBBCCC")
SECOND = list("AAABBBBCCA")
pairs = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("AB")), min_size=1, max_size=30)


def columns(given_pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    return [one for one, _ in given_pairs], [other for _, other in given_pairs]


def test_ten_segments_give_what_another_program_gives() -> None:
    """Marginals 4, 3, 3 and 4, 4, 2: p_o = .8, p_e = .34; ``statsmodels`` gives the same."""
    assert kappa(FIRST, SECOND) == pytest.approx(0.69697, abs=5e-6)
    assert raw_agreement(FIRST, SECOND) == 0.8


def test_the_classical_table_of_fifty_applications_gives_four_tenths() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: p_o = .7, p_e = .5."""
    table = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    one = [first for (first, _), number in table.items() for _ in range(number)]
    other = [second for (_, second), number in table.items() for _ in range(number)]
    assert kappa(one, other) == pytest.approx(0.4)


def test_one_category_throughout_gives_no_kappa() -> None:
    assert kappa("AAA", "AAA") is None
    assert raw_agreement("AAA", "AAA") == 1
    assert kappa("AAA", "BBB") == 0


def test_only_what_both_looked_at_counts() -> None:
    assert kappa([*FIRST, "A", None], [*SECOND, None, "B"]) == kappa(FIRST, SECOND)
    assert kappa([None, "A"], ["A", None]) is None
    assert raw_agreement([], []) is None


def test_people_need_the_same_units() -> None:
    with pytest.raises(ValueError, match="shorter"):
        kappa("AB", "A")


def test_of_three_people_it_is_the_mean_of_the_pairs() -> None:
    third = list("AAAABBBCCC")
    expected = [kappa(FIRST, SECOND), kappa(FIRST, third), kappa(SECOND, third)]
    assert mean_kappa([FIRST, SECOND, third]) == pytest.approx(sum(each or 0 for each in expected) / 3)
    assert mean_kappa([FIRST]) is None


@given(pairs)
def test_it_is_symmetric_and_at_most_one(found: list[tuple[str, str]]) -> None:
    one, other = columns(found)
    value = kappa(one, other)
    assert value == kappa(other, one)
    assert value is None or -1 <= value <= 1
    assert value is None or (value == 1) == (one == other)


@given(pairs)
def test_names_of_categories_do_not_matter(found: list[tuple[str, str]]) -> None:
    one, other = columns(found)
    renamed = [{"A": 7, "B": 3}[each] for each in one], [{"A": 7, "B": 3}[each] for each in other]
    assert kappa(*renamed) == kappa(one, other)
