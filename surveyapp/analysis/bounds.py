"""What the score could have been if everybody invited had answered: bounds without any assumption."""

import numpy as np
from numpy.typing import NDArray

from surveyapp.analysis.agreement import Integers, Numbers, ratio


def non_response(
    mean: Numbers, n: Integers, invited: Integers, lowest: NDArray[np.int64] | int, highest: NDArray[np.int64] | int
) -> tuple[Numbers, Numbers]:
    """The mean when all who are silent would give the lowest, and the highest, point (Manski 1995).

    ``mean`` is over ``n`` respondents out of ``invited`` who could have had a score; arrays of one shape (or shapes
    that broadcast). Both bounds are in the units of ``mean``; with everybody in, they are the mean itself. NaN where
    nobody answered, and where more answered than were invited (an open link): then nobody knows who is silent.
    """
    known = (n > 0) & (n <= invited)
    silent = invited - n
    total = n * mean
    lower = np.where(known, ratio(total + silent * lowest, invited), np.nan)
    upper = np.where(known, ratio(total + silent * highest, invited), np.nan)
    complete = known & (silent == 0)
    return np.where(complete, mean, lower), np.where(complete, mean, upper)
