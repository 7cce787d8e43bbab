"""Quantiles of the distributions that intervals need.

Pages show intervals, and the process that serves pages does not load the large library; so Student's law is worked out
here. The beta distribution is asked for by few, and comes from there.
"""

from math import exp, lgamma, pi, sqrt
from statistics import NormalDist
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from surveyapp.analysis.agreement import Numbers

CONFIDENCE: Final = 0.95
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_NORMAL_FROM: Final = 1_000
"""Degrees of freedom from which three corrections of the normal law are exact to ten digits."""
_STEPS: Final = 60


def two_sided(confidence: float) -> float:
    """The probability below the upper limit of an interval with equal tails: 0.975 for 95 %."""
    return (1 + confidence) / 2


def normal(confidence: float = CONFIDENCE) -> float:
    """How many standard errors an interval of the normal law reaches to either side: 1.96 for 95 %."""
    return NormalDist().inv_cdf(two_sided(confidence))


def student(degrees: NDArray[Any], confidence: float = CONFIDENCE) -> Numbers:
    """The same for Student's law; NaN below one degree of freedom.

    With t = sqrt(df) tan(a) the density becomes cos(a)^(df - 1), of which the integral from 0 is taken by Gauss and
    Legendre, and turned round by Newton's steps from below. With many degrees the normal law is corrected (Cornish &
    Fisher 1937; Abramowitz & Stegun 1964, 26.7.5).
    """
    known, place = np.unique(np.asarray(degrees, np.float64), return_inverse=True)
    reach = np.full(known.shape, np.nan)
    many, few = known >= _NORMAL_FROM, (known >= 1) & (known < _NORMAL_FROM)
    reach[many] = _corrected(known[many], confidence)
    reach[few] = _student(known[few], confidence)
    return reach[place].reshape(np.shape(degrees))


def beta(a: float, b: float, probability: float) -> float:
    """The quantile of the beta distribution."""
    from scipy.special import betaincinv  # noqa: PLC0415 - heavy, and only the command line and the worker come here

    return float(betaincinv(a, b, probability))


def _corrected(degrees: Numbers, confidence: float) -> Numbers:
    z = normal(confidence)
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / degrees + second / degrees**2 + third / degrees**3


def _student(degrees: Numbers, confidence: float) -> Numbers:
    whole = np.array([sqrt(pi) * exp(lgamma(df / 2) - lgamma((df + 1) / 2)) / 2 for df in degrees.tolist()])
    wanted = confidence * whole
    z = normal(confidence)
    angle = np.maximum(wanted, np.arctan((z + (z**3 + z) / (4 * degrees)) / np.sqrt(degrees)))
    for _ in range(_STEPS):
        nodes = np.outer(angle / 2, _NODES + 1)
        reached = (np.cos(nodes) ** (degrees - 1)[:, None]) @ _WEIGHTS * angle / 2
        angle += (wanted - reached) / np.cos(angle) ** (degrees - 1)
        if np.allclose(reached, wanted, rtol=1e-14, atol=0):
            break
    found: Numbers = np.sqrt(degrees) * np.tan(angle)
    return found
