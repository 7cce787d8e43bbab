"""The headline of every row of a frame of scores, and how far it could lie from that of everybody invited.

These read a frame alone, the team's or a published one, so that for readers of a publication they are functions of its
printed numbers.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from surveyapp.analysis.bounds import non_response
from surveyapp.analysis.counts import EVERYONE
from surveyapp.questionnaires.open_roles import open_in
from surveyapp.questionnaires.questionnaire import Questionnaire

_LOWEST = 1


def headlines(scores: pd.DataFrame) -> "pd.Series[float]":
    """Of organisation ``all`` the mean over organisations, each counting once; else that over respondents."""
    return scores["mean"].mask(scores["organisation"].eq(EVERYONE), scores["equal"])


def bounds_of_headlines(
    scores: pd.DataFrame, asked: Questionnaire, region: Collection[str]
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Bounds of non-response on the headline of every row, in its order; ``region`` are the region's organisations.

    Of a role as they stand in the frame. There those of all roles together are about the balanced score; here they
    follow from mean, n and the number invited, unless a role came by an open link. Those of the region are the means
    of its organisations', if every one can be told.
    """
    scores = scores.reset_index(drop=True)
    everybody, regional = scores["role"].eq(EVERYONE), scores["organisation"].eq(EVERYONE)
    could = scores["invited"] - scores["na"].where(scores["level"].eq("item"), 0)
    known = everybody & ~regional & could.notna() & scores["n"].notna() & (not open_in(asked))
    n, people = (column.where(known, 0).to_numpy(np.int64) for column in (scores["n"], could))
    sizes = most_points(asked)
    highest = np.array([sizes[key] for key in scores["key"]], np.int64)
    derived = non_response(scores["mean"].to_numpy(float), n, people, _LOWEST, highest)
    found = []
    for printed, side in zip(("lower", "upper"), derived, strict=True):
        values = scores[printed].where(~everybody, pd.Series(side))
        members = scores.assign(bound=values)[scores["organisation"].isin(list(region)) & everybody]
        means = members.groupby("key")["bound"].agg(lambda bounds: bounds.mean(skipna=False))
        found.append(values.mask(everybody & regional, scores["key"].map(means)))
    return found[0], found[1]


def most_points(asked: Questionnaire) -> dict[str, int]:
    """Item or theme -> the points of its scale, of a theme the most of its items."""
    items = {item.key: len(asked.scale(item.scale).points) for item in asked.scored}
    themes = {theme: max(items[item.key] for item in asked.scored_items(theme)) for theme in asked.themes}
    return themes | items
