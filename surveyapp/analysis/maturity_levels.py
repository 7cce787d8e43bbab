"""Maturity by theme and organisation, read from a frame of scores: the team's, or a published one.

Of a publication it is a function of its printed numbers, so that it adds nothing to them. A mean that is hidden is not
one that is missing: the level is then told only where what is shown decides it.
"""

from collections.abc import Collection, Mapping
from math import isnan
from typing import Final

import pandas as pd

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.headlines import bounds_of_headlines, headlines, most_points
from surveyapp.analysis.maturity import REACHED, band, on_the_edge, reached
from surveyapp.questionnaires.questionnaire import Questionnaire

MATURITY_COLUMNS: Final = (
    *("key", "organisation", "reached", "highest", "missing", "mean", "lower", "upper", "band", "on_the_edge"),
)
"""The level ``reached`` of ``highest`` by the statements tagged with levels; ``missing`` the keys that keep the next
one closed, with spaces between. Empty where the theme has no levels, nobody answered, or what is hidden decides.

``mean`` is the theme's headline, ``lower`` and ``upper`` its bounds of non-response, ``band`` the band that it is in,
``on_the_edge`` whether another one is as likely. Numbers that are not there are NaN, words are empty.
"""
_USUAL_STEPS: Final = 4
_HIDDEN_HIGH: Final = float("inf")


def maturity(scores: pd.DataFrame, asked: Questionnaire, region: Collection[str]) -> pd.DataFrame:
    """``MATURITY_COLUMNS``, one row per theme and organisation, all roles together; ``all`` is the region.

    ``scores`` of results or of safe results; ``region`` are the codes of its organisations. Scales of another length
    are stretched to five points, on which bands and gates are defined; so are ``mean``, ``lower`` and ``upper``.
    """
    scores = scores.reset_index(drop=True)
    lower, upper = bounds_of_headlines(scores, asked, region)
    found = scores.assign(headline=headlines(scores), low=lower, high=upper)
    found = found[found["role"].eq(EVERYONE)]
    sizes = most_points(asked)
    steps = found["key"].map(sizes).sub(1).clip(lower=1)
    on_five = [found[name].sub(1).mul(_USUAL_STEPS).div(steps).add(1).tolist() for name in ("headline", "low", "high")]
    places = zip(found["key"].astype(str), found["organisation"].astype(str), strict=True)
    numbers = dict(zip(places, zip(*on_five, strict=True), strict=True))
    hidden = _hidden(found)
    rows = [
        _row(theme, organisation, numbers, hidden, asked)
        for theme in asked.themes
        for organisation in dict.fromkeys(found["organisation"].astype(str))
    ]
    words = dict.fromkeys(("key", "organisation", "missing", "band"), "str")
    numbers_of = dict.fromkeys(("reached", "highest", "mean", "lower", "upper"), "float64")
    return pd.DataFrame(rows, columns=list(MATURITY_COLUMNS)).astype({**words, **numbers_of, "on_the_edge": "bool"})


def _hidden(found: pd.DataFrame) -> frozenset[tuple[str, str]]:
    if "suppressed" not in found:
        return frozenset()
    gone = found[found["suppressed"].ne("") | found["headline"].isna()]
    return frozenset(zip(gone["key"].astype(str), gone["organisation"].astype(str), strict=True))


def _row(
    theme: str,
    organisation: str,
    numbers: Mapping[tuple[str, str], tuple[float, ...]],
    hidden: Collection[tuple[str, str]],
    asked: Questionnaire,
) -> tuple[object, ...]:
    mean, lower, upper = numbers[theme, organisation]
    found = band(mean)
    edge = found is not None and on_the_edge(mean, lower, upper)
    told = "" if found is None else found.key
    return (theme, organisation, *_gate(theme, organisation, numbers, hidden, asked), mean, lower, upper, told, edge)


def _gate(
    theme: str,
    organisation: str,
    numbers: Mapping[tuple[str, str], tuple[float, ...]],
    hidden: Collection[tuple[str, str]],
    asked: Questionnaire,
) -> tuple[int | None, int | None, str]:
    """Level, highest and missing; the same level whether what is hidden opens every gate or none, or no level."""
    levels = {item.key: asked.levels[item.key] for item in asked.scored_items(theme) if item.key in asked.levels}
    if not levels:
        return None, None, ""
    means = {key: numbers[key, organisation][0] for key in levels}
    if all(isnan(mean) for mean in means.values()):
        return None, max(levels.values()), ""
    if_high = {key: _HIDDEN_HIGH if (key, organisation) in hidden else mean for key, mean in means.items()}
    least, most = reached(levels, means, least=REACHED), reached(levels, if_high, least=REACHED)
    if least.level != most.level:
        return None, max(levels.values()), ""
    return most.level, max(levels.values()), " ".join(most.missing)
