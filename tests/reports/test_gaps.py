"""Differences between two roles, in the order in which they are asked for."""

import pandas as pd
import pytest

from surveyapp.analysis.disclosure import Policy
from surveyapp.analysis.disclosure.safe_results import seal
from surveyapp.analysis.results import GAP_COLUMNS
from surveyapp.reports.gaps import Gaps

NAN = float("nan")
GAPS = pd.DataFrame(
    [
        ("g1", "governor", "official", 0.75, 9.0, 7.0, NAN, NAN, ""),
        ("g2", "governor", "official", -0.25, 9.0, NAN, NAN, NAN, ""),
        ("g3", "governor", "official", NAN, NAN, NAN, NAN, NAN, ""),
    ],
    columns=list(GAP_COLUMNS),
)


@pytest.mark.parametrize(("first", "second", "sign"), [("governor", "official", 1), ("official", "governor", -1)])
def test_a_gap_is_the_first_minus_the_second(first: str, second: str, sign: int) -> None:
    found = Gaps.published(seal(pd.DataFrame(), GAPS, Policy.of("lead"))).between(first, second)
    assert found["g1"].gap == sign * 0.75
    assert (found["g1"].organisations, found["g1"].same_direction) == (9, 7)


def test_a_count_that_may_not_be_said_is_absent_and_so_is_a_gap_without_a_number() -> None:
    found = Gaps.published(seal(pd.DataFrame(), GAPS, Policy.of("lead"))).between("governor", "official")
    assert found["g2"].same_direction is None
    assert "g3" not in found
