"""Showing as one what is too small apart: which organisations or roles, and the counts of a study after that.

What is proposed depends on numbers of people only, never on answers, so that it tells nothing about them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final, Literal

import pandas as pd

from surveyapp.analysis.counts import Counts
from surveyapp.questionnaires.merging import joined

Kind = Literal["organisations", "roles"]
_COLUMN: Final[Mapping[Kind, str]] = {"organisations": "organisation", "roles": "role"}


@dataclass(frozen=True)
class Group:
    """Organisations (codes) or roles (keys) that are shown as one, in their usual order."""

    kind: Kind
    members: tuple[str, ...]

    @property
    def key(self) -> str:
        """What stands for the group in frames: ``GM0141__GM0147``."""
        return joined(self.members)


@dataclass(frozen=True)
class Place:
    """An organisation as a proposal looks at it."""

    code: str
    kind: str
    parent: str
    """The code of what it belongs to, such as the municipality of a neighbourhood; empty where it is not known."""
    people: Mapping[str, int]
    """Role -> how many people answered."""


@dataclass(frozen=True)
class Needed:
    """When an audience is shown an organisation."""

    threshold: int
    two_of_each: bool = False

    def met(self, places: Iterable[Place]) -> bool:
        """Whether these organisations together have enough people, and no role with one person where that matters."""
        people: dict[str, int] = {}
        for place in places:
            for role, number in place.people.items():
                people[role] = people.get(role, 0) + number
        return sum(people.values()) >= self.threshold and not (self.two_of_each and 1 in people.values())


def too_small(places: Iterable[Place], needed: Needed) -> list[Place]:
    """Of the organisations in which anybody answered those that are not shown."""
    return [place for place in places if any(place.people.values()) and not needed.met([place])]


def proposed(places: Sequence[Place], needed: Needed) -> list[Group]:
    """How organisations that are too small could be put together so that every group is shown; others stay apart.

    ``places`` are in the order of the study, so that what stands near in it is near. Organisations of the same kind
    and with the same parent are put together first, small ones with small ones; what is left over then with others of
    its kind; and what is still left over joins the group or the organisation of its kind that has the fewest people,
    of its own parent if there is one. An organisation that has nothing to join stays as it is.
    """
    by_code = {place.code: place for place in places}
    groups: list[list[Place]] = []
    left = too_small(places, needed)
    for family in (_of_its_parent, _of_its_kind):
        found, left = _filled(left, needed, family)
        groups += found
    for place in left:
        _join(place, groups, places, needed)
    order = list(by_code)
    members = [sorted((place.code for place in group), key=order.index) for group in groups if needed.met(group)]
    return [Group("organisations", tuple(codes)) for codes in sorted(members, key=lambda codes: order.index(codes[0]))]


def merged(counts: Counts, groups: Iterable[Group]) -> Counts:
    """The counts of the same answers, with every group as one organisation (of its first member's kind) or one role.

    Members in which nobody was asked may be missing. Invited people are added up, and so is everything else.
    """
    for group in groups:
        frames = {one.name: getattr(counts, one.name) for one in fields(counts)}
        told = {name: _told(frame, group) for name, frame in frames.items() if isinstance(frame, pd.DataFrame)}
        counts = replace(counts, **told)
    return counts


def _of_its_parent(place: Place) -> tuple[str, str]:
    return place.kind, place.parent


def _of_its_kind(place: Place) -> tuple[str, str]:
    return place.kind, ""


def _filled(
    places: Sequence[Place], needed: Needed, family: Callable[[Place], tuple[str, str]]
) -> tuple[list[list[Place]], list[Place]]:
    """Neighbours of one family together until there are enough; and what is left over at the end of each."""
    groups, left = [], []
    for one in dict.fromkeys(map(family, places)):
        filling: list[Place] = []
        for place in places:
            if family(place) == one:
                filling.append(place)
                if needed.met(filling):
                    groups.append(filling)
                    filling = []
        left += filling
    return groups, left


def _join(place: Place, groups: list[list[Place]], places: Sequence[Place], needed: Needed) -> None:
    """Add it to what is shown and has the fewest people, as far as it is shown then too."""
    taken = {each.code for group in groups for each in group}
    alone = [[each] for each in places if each.code not in taken and needed.met([each])]
    possible = [
        group
        for group in (*groups, *alone)
        if _of_its_kind(group[0]) == _of_its_kind(place) and needed.met([*group, place])
    ]
    if not possible:
        return
    nearest = min(possible, key=lambda group: (group[0].parent != place.parent, _people(group)))
    if nearest not in groups:
        groups.append(nearest)
    nearest.append(place)


def _people(group: Iterable[Place]) -> int:
    return sum(sum(place.people.values()) for place in group)


def _told(frame: pd.DataFrame, group: Group) -> pd.DataFrame:
    """A frame of counts with the group in the place of its members."""
    if "invited" in frame:
        return _invited(_renamed(frame, group))
    keys = [str(name) for name in frame.columns if name != "count"]
    return _added(_renamed(frame, group), keys, "count")


def _renamed(frame: pd.DataFrame, group: Group) -> pd.DataFrame:
    column = _COLUMN[group.kind]
    names = frame[column].astype("str")
    return frame.assign(**{column: names.where(~names.isin(group.members), group.key)})


def _added(frame: pd.DataFrame, keys: list[str], number: str) -> pd.DataFrame:
    """One row per key, in the order in which they first occur."""
    return frame.groupby(keys, observed=True, sort=False)[number].sum().reset_index()


def _invited(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per organisation and role; each organisation stands together, where its first member stood."""
    kinds: dict[str, str] = {}
    for code, kind in zip(frame["organisation"], frame["kind"], strict=True):
        kinds.setdefault(code, kind)
    order = {code: place for place, code in enumerate(kinds)}
    added = _added(frame, ["organisation", "role"], "invited")
    places = added["organisation"].map(order).to_numpy(dtype="int64")
    added = added.assign(kind=added["organisation"].map(kinds).astype("str"))
    return added.iloc[places.argsort(kind="stable")].reset_index(drop=True)
