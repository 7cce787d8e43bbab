"""Quantiles of the distributions that intervals need; the library behind them is loaded when one is asked for."""

from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveyapp.analysis.agreement import Numbers

CONFIDENCE = 0.95


def two_sided(confidence: float) -> float:
    """The probability below the upper limit of an interval with equal tails: 0.975 for 95 %."""
    return (1 + confidence) / 2


def normal(confidence: float = CONFIDENCE) -> float:
    """How many standard errors an interval of the normal law reaches to either side: 1.96 for 95 %."""
    return NormalDist().inv_cdf(two_sided(confidence))


def student(degrees: NDArray[Any], confidence: float = CONFIDENCE) -> Numbers:
    """The same for Student's law; NaN without any degrees of freedom."""
    from scipy.special import stdtrit  # noqa: PLC0415 - heavy, and only the command line and the worker come here

    known = np.asarray(degrees, np.float64)
    return np.asarray(stdtrit(np.where(known > 0, known, np.nan), two_sided(confidence)), np.float64)


def beta(a: float, b: float, probability: float) -> float:
    """The quantile of the beta distribution."""
    from scipy.special import betaincinv  # noqa: PLC0415 - heavy, and only the command line and the worker come here

    return float(betaincinv(a, b, probability))
