"""From the tallies' frames to arrays: a cell per organisation and role, and the totals ``all`` over both."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.counts import EVERYONE, Counts
from surveyapp.questionnaires.questionnaire import Questionnaire

Flags = NDArray[np.bool_]
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True)
class Cells:
    """The organisations (O) and roles (R) of a study, and how to add them up."""

    organisations: tuple[str, ...]
    roles: tuple[str, ...]
    region: Flags
    """(O,): which organisations make up the region."""
    invited: Integers
    """(O, R): people invited, whatever they are asked."""

    @classmethod
    def of(cls, counts: Counts, roles: Sequence[str]) -> "Cells":
        organisations = counts.organisations
        at = (
            required(counts.invited["organisation"], organisations),
            required(counts.invited["role"], roles),
        )
        invited = add_up((len(organisations), len(roles)), at, whole(counts.invited["invited"]))
        members = set(counts.region)
        return cls(organisations, tuple(roles), np.array([code in members for code in organisations], bool), invited)

    @property
    def shape(self) -> tuple[int, int]:
        """O and R."""
        return len(self.organisations), len(self.roles)

    @property
    def rows(self) -> tuple[str, ...]:
        """The organisations of a results frame, the region last."""
        return (*self.organisations, EVERYONE)

    @property
    def columns(self) -> tuple[str, ...]:
        """The roles of a results frame, everybody last."""
        return (*self.roles, EVERYONE)

    def place(self, frame: pd.DataFrame) -> tuple[Integers, Integers]:
        """For every row of a tally the place of its organisation and of its role."""
        return required(frame["organisation"], self.organisations), required(frame["role"], self.roles)

    def with_all(self, numbers: NDArray[Number]) -> NDArray[Number]:
        """(key, O, R, ...) -> (key, O+1, R+1, ...): every role together last, the region last."""
        everybody = np.concatenate([numbers, numbers.sum(axis=2, keepdims=True)], axis=2)
        region = everybody[:, self.region].sum(axis=1, keepdims=True)
        return np.concatenate([everybody, region], axis=1)


@dataclass(frozen=True)
class Items:
    """The scored questions (I) of a questionnaire, in its order."""

    keys: tuple[str, ...]
    themes: tuple[str, ...]
    theme: Integers
    """(I,): the place of each question's theme."""
    points: Integers
    """(I,): the number of points of its scale."""
    reverse: Flags
    """(I,): worded the other way round."""
    asked: Flags
    """(I, R): put to this role."""
    least_answered: Integers
    """(T,): per cent of a theme's questions that must be answered for a theme score."""

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> "Items":
        items = questionnaire.scored
        size = {scale.key: len(scale.points) for scale in questionnaire.scales}
        place = {theme: number for number, theme in enumerate(questionnaire.themes)}
        asked = [[item.asked_of(role.key) for role in questionnaire.roles] for item in items]
        return cls(
            keys=tuple(item.key for item in items),
            themes=questionnaire.themes,
            theme=np.array([place[questionnaire.theme_of[item.key]] for item in items], np.int64),
            points=np.array([size[item.scale] for item in items], np.int64),
            reverse=np.array([item.reverse for item in items], bool),
            asked=np.array(asked, bool).reshape(len(items), len(questionnaire.roles)),
            least_answered=np.array([questionnaire.least_answered(theme) for theme in place], np.int64),
        )

    @cached_property
    def members(self) -> Integers:
        """(T, I): 1 where the question belongs to the theme."""
        belongs: Integers = (self.theme == np.arange(len(self.themes))[:, None]).astype(np.int64)
        return belongs

    @cached_property
    def put(self) -> Integers:
        """(T, R): the number of the theme's questions put to this role, J."""
        put: Integers = self.members @ self.asked.astype(np.int64)
        return put

    @cached_property
    def highest(self) -> Integers:
        """(T, R): the highest point that a role's answers within the theme can have."""
        reach = self.members[:, :, None] * (self.points[:, None] * self.asked)
        highest: Integers = reach.max(axis=1, initial=1)
        return highest

    @property
    def most_points(self) -> int:
        return int(self.points.max(initial=1))


def positions(column: "pd.Series[Any]", names: Sequence[str]) -> Integers:
    """Where each value of the column stands among the names; -1 where it does not."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        known = positions(column.cat.categories.to_series(), names)
        return np.append(known, -1)[column.cat.codes.to_numpy()]  # a missing value has code -1
    lookup: Any = pd.Index(np.array(names, object))
    found: Integers = lookup.get_indexer(column.to_numpy(object)).astype(np.int64)
    return found


def required(column: "pd.Series[Any]", names: Sequence[str], among: Flags | None = None) -> Integers:
    """As ``positions``; a value that is not one of the names is a mistake of the caller (ValueError).

    With ``among`` only the rows that it marks have to be right.
    """
    found = positions(column, names)
    wrong = found < 0 if among is None else (found < 0) & among
    if wrong.any():
        raise ValueError(f"{column.name} {column.iloc[int(wrong.argmax())]!r} is not one of {', '.join(names)}")
    return found


def whole(column: "pd.Series[Any]") -> Integers:
    """The column as whole numbers."""
    return column.to_numpy(np.int64)


def named(names: Sequence[str], places: NDArray[np.integer]) -> pd.api.extensions.ExtensionArray:
    """A column of a frame: the names at these places; pandas need not look at every value to see that it is text."""
    return pd.array(np.array(names, object), dtype="str").take(places)


def add_up(shape: tuple[int, ...], at: tuple[NDArray[np.integer], ...], amount: Integers) -> Integers:
    """An array of this shape with every amount added at its place."""
    found = np.zeros(shape, dtype=np.int64)
    np.add.at(found, at, amount)
    return found
