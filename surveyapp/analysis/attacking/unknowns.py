"""What is unknown of a statement, of a theme, and of a theme together with its statements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from surveyapp.analysis.attacking.facts import SHARES, Reading
from surveyapp.analysis.attacking.knowledge import Crowd, Knowledge
from surveyapp.analysis.attacking.sizes import cells
from surveyapp.analysis.attacking.system import Crowded, Group, System, build, build_counts

_Kind = tuple[str, str, frozenset[str]]
"""Organisation, role and the statements answered."""


@dataclass(frozen=True)
class _Stay:
    """People whom nothing tells apart and who were counted from one release until another."""

    crowd: Crowd
    inside: bool
    since: int
    until: int | None = None

    @property
    def cell(self) -> str:
        return f"{self.crowd.organisation} / {self.crowd.role}"

    @property
    def name(self) -> str:
        later = f", since release {self.since + 1}" if self.since else ""
        earlier = f", until release {self.until}" if self.until is not None else ""
        return f"{self.cell}{later}{earlier}"

    def group(self, parts: Mapping[int, float]) -> Group:
        """As those whose scores are made of these unknowns."""
        crowd = self.crowd
        return Group(crowd.organisation, crowd.role, crowd.people, self.inside, parts, self.since, self.until)


def of_key(reading: Reading, knowledge: Knowledge, key: str) -> System:
    """One statement or theme by itself, over all releases; a sum of marks for each cell."""
    facts = [fact for fact in reading.facts if fact.key == key]
    crowds, groups = _one_each(_cells(reading, knowledge, key))
    return build(crowds, {key: groups}, facts, knowledge, whole=key not in reading.themes)


def _cells(reading: Reading, knowledge: Knowledge, key: str, statistic: str = "n") -> list[_Stay]:
    found = []
    for release in reading.releases:
        now = cells(reading, knowledge.of(release), key, release, statistic)
        found.append(
            (release, [(Crowd(cell.organisation, cell.role, frozenset(), cell.people), cell.inside) for cell in now])
        )
    return _stays(found)


def _one_each(stays: Sequence[_Stay]) -> tuple[list[Crowded], list[Group]]:
    """An unknown for each."""
    crowds = [
        Crowded(stay.name, stay.crowd.people, (place,), stay.cell, stay.since, stay.until)
        for place, stay in enumerate(stays)
    ]
    return crowds, [stay.group({place: 1.0}) for place, stay in enumerate(stays)]


def _stays(found: Sequence[tuple[int, Sequence[tuple[Crowd, bool]]]]) -> list[_Stay]:
    """Who stayed, came and left, going by the numbers: as many as possible stayed."""
    open_stays: dict[_Kind, list[_Stay]] = {}
    closed: list[_Stay] = []
    for release, now in found:
        present = {(crowd.organisation, crowd.role, crowd.answered): (crowd, inside) for crowd, inside in now}
        for kind in [*open_stays, *(kind for kind in present if kind not in open_stays)]:
            stays = open_stays.setdefault(kind, [])
            wanted = present[kind][0].people if kind in present else 0
            had = sum(stay.crowd.people for stay in stays)
            if wanted > had:
                crowd, inside = present[kind]
                stays.append(_Stay(replace(crowd, people=wanted - had), inside, release))
            while wanted < had:
                last = stays.pop()
                leaving = min(last.crowd.people, had - wanted)
                closed.append(replace(last, crowd=replace(last.crowd, people=leaving), until=release))
                if leaving < last.crowd.people:
                    stays.append(replace(last, crowd=replace(last.crowd, people=last.crowd.people - leaving)))
                had -= leaving
    return [*(stay for stays in open_stays.values() for stay in stays), *closed]


def of_theme(reading: Reading, knowledge: Knowledge, theme: str) -> System | None:
    """A theme together with its statements, over all releases; None where it is not known who answered which."""
    items = knowledge.items(theme, reading.keys)
    present = [
        (release, _crowds(reading, knowledge.of(release), theme, items, release)) for release in reading.releases
    ]
    if not all(crowds for _, crowds in present):
        return None
    unknowns: list[Crowded] = []
    groups: dict[str, list[Group]] = {key: [] for key in (theme, *items)}
    for stay in _stays(present):
        answered = [item for item in items if item in stay.crowd.answered]
        start = sum(len(each.unknowns) for each in unknowns)
        place = {item: start + offset for offset, item in enumerate(answered)}
        shown = "" if len(answered) == len(items) else f" (answered {', '.join(answered)})"
        unknowns.append(Crowded(f"{stay.name}{shown}", stay.crowd.people, tuple(place.values())))
        for item in answered:
            groups[item].append(stay.group({place[item]: 1.0}))
        if 2 * len(answered) >= knowledge.put.get((theme, stay.crowd.role), len(items)):
            groups[theme].append(stay.group({place[item]: 1 / len(answered) for item in answered}))
    facts = [fact for fact in reading.facts if fact.key in groups]
    return build(unknowns, groups, facts, knowledge, whole=True)


def _crowds(
    reading: Reading, knowledge: Knowledge, theme: str, items: Sequence[str], release: int
) -> list[tuple[Crowd, bool]]:
    """Crowds that answered any of the statements, and whether they are inside the region."""
    outside = knowledge.outside
    known = knowledge.crowds
    if not known:
        known, outside = _complete(reading, knowledge, theme, items, release)
    merged: Counter[_Kind] = Counter()
    for crowd in known:
        merged[crowd.organisation, crowd.role, crowd.answered & frozenset(items)] += crowd.people
    return [
        (Crowd(organisation, role, answered, people), organisation not in outside)
        for (organisation, role, answered), people in merged.items()
        if answered
    ]


def _complete(
    reading: Reading, knowledge: Knowledge, theme: str, items: Sequence[str], release: int
) -> tuple[tuple[Crowd, ...], frozenset[str]]:
    """Where theme and statements have the same people in every cell, everybody answered everything.

    Beside the crowds, the organisations outside the region.
    """
    found = [set(cells(reading, knowledge, key, release)) for key in (theme, *items)]
    if not items or any(each != found[0] for each in found):
        return (), frozenset()
    everything = frozenset(items)
    crowds = tuple(Crowd(cell.organisation, cell.role, everything, cell.people) for cell in found[0])
    return crowds, frozenset(cell.organisation for cell in found[0] if not cell.inside)


def of_counts(reading: Reading, knowledge: Knowledge, key: str, statistic: str) -> System:
    """How many gave one kind of answer without a mark, or marks at one end, in each cell; over all releases."""
    crowds, groups = _one_each(_cells(reading, knowledge, key, "n" if statistic in SHARES else statistic))
    return build_counts(
        crowds, groups, [fact for fact in reading.facts if (fact.key, fact.statistic) == (key, statistic)]
    )
