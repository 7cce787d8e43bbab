"""Shares, their exact limits, intervals of means and consensus once more: slow, plain, and sharing no code."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import variance

from scipy.stats import t as student

Value = Fraction | None
Cell = dict[str, Value]
RISK = Fraction(1, 40)


def shares(marks: Sequence[int], points: int, could: int | None) -> Cell:
    """Of five points the shares of 4 and 5 and of 1 and 2, and the limits of the first; ``could`` None: unknown."""
    none: Cell = dict.fromkeys(("top", "bottom", "top_lower", "top_upper"))
    if not marks:
        return none
    above = sum(2 * mark > points + 1 for mark in marks)
    below = sum(2 * mark < points + 1 for mark in marks)
    found: Cell = none | {"top": Fraction(above, len(marks)), "bottom": Fraction(below, len(marks))}
    if could is not None:
        possible = [number for number in range(could + 1) if _not_rare(above, len(marks), number, could)]
        found |= {"top_lower": Fraction(min(possible), could), "top_upper": Fraction(max(possible), could)}
    return found


def _not_rare(x: int, n: int, number: int, people: int) -> bool:
    ways = [math.comb(number, y) * math.comb(people - number, n - y) for y in range(n + 1)]
    everything = math.comb(people, n)
    return Fraction(sum(ways[: x + 1]), everything) > RISK and Fraction(sum(ways[x:]), everything) > RISK


def interval(marks: Sequence[Fraction], top: int, could: int | None) -> Cell:
    """From ten respondents, and where somebody is silent and answers differ; no wider than the bounds."""
    none: Cell = dict.fromkeys(("interval_lower", "interval_upper"))
    n = len(marks)
    if could is None or not 10 <= n < could or len(set(marks)) == 1:
        return none
    mean, silent = sum(marks, Fraction(0)) / n, could - n
    error = math.sqrt((1 - n / could) * float(variance(marks)) / n)
    reach = Fraction(float(student.ppf(0.975, n - 1)) * error)
    return {
        "interval_lower": max(mean - reach, (n * mean + silent) / could),
        "interval_upper": min(mean + reach, (n * mean + silent * top) / could),
    }


def consensus(marks: Sequence[int], points: int) -> Value:
    """Tastle and Wierman's, respondent by respondent; from four on."""
    if len(marks) < 4:
        return None
    mean = sum(marks) / len(marks)
    return Fraction(1 + sum(math.log2(1 - abs(mark - mean) / (points - 1)) for mark in marks) / len(marks))


def could_answer(invited: Mapping[str, int], answered: Mapping[str, int]) -> int | None:
    """How many could have a mark, from both per organisation and role; None where somebody came uninvited."""
    return None if any(answered[place] > invited[place] for place in invited) else sum(invited.values())
