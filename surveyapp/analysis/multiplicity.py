"""Many tests at once: adjusted p-values."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def holm(p_values: Sequence[float] | Floats) -> Floats:
    """Holm's step-down adjustment, for claims in a report: controls the chance of any false claim.

    Same order and length as given; a missing p-value (NaN) stays missing and is not counted as a test.
    Source: Holm 1979, Scandinavian Journal of Statistics 6(2).
    """
    p, known, order = _sorted(p_values)
    tests = len(order)
    stepped = np.maximum.accumulate(p[known][order] * (tests - np.arange(tests)))
    return _put_back(p, known, order, stepped)


def benjamini_hochberg(p_values: Sequence[float] | Floats) -> Floats:
    """The step-up adjustment of Benjamini and Hochberg, for screening: controls the share of false finds.

    Same order and length as given; a missing p-value (NaN) stays missing and is not counted as a test.
    Source: Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57(1).
    """
    p, known, order = _sorted(p_values)
    tests = len(order)
    scaled = p[known][order] * tests / np.arange(1, tests + 1)
    stepped = np.minimum.accumulate(scaled[::-1])[::-1]
    return _put_back(p, known, order, stepped)


def _sorted(p_values: Sequence[float] | Floats) -> tuple[Floats, npt.NDArray[np.bool_], npt.NDArray[np.intp]]:
    p = np.asarray(p_values, dtype=np.float64)
    known = ~np.isnan(p)
    return p, known, np.argsort(p[known], kind="stable")


def _put_back(p: Floats, known: npt.NDArray[np.bool_], order: npt.NDArray[np.intp], stepped: Floats) -> Floats:
    there = np.empty(len(order))
    there[order] = np.minimum(stepped, 1.0)
    adjusted = np.full(p.shape, np.nan)
    adjusted[known] = there
    return adjusted
