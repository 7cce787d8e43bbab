"""What is unknown of a statement, of a theme, and of a theme together with its statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.analysis.attacking.facts import SHARES, Reading
from surveyapp.analysis.attacking.knowledge import Crowd, Knowledge
from surveyapp.analysis.attacking.sizes import Cell, cells
from surveyapp.analysis.attacking.system import Crowded, Group, System, build, build_counts


@dataclass(frozen=True)
class _Stay:
    """People who were counted from one release until another."""

    cell: Cell
    people: int
    since: int
    until: int | None = None


def of_key(reading: Reading, knowledge: Knowledge, key: str) -> System:
    """One statement or theme by itself, over all releases; a sum of marks for each cell."""
    facts = [fact for fact in reading.facts if fact.key == key]
    found = [(release, cells(reading, knowledge, key, release)) for release in reading.releases]
    crowds, groups = [], []
    for place, stay in enumerate(_stays(found)):
        later = f", since release {stay.since + 1}" if stay.since else ""
        earlier = f", until release {stay.until}" if stay.until is not None else ""
        crowds.append(Crowded(f"{stay.cell.name}{later}{earlier}", stay.people, (place,)))
        cell = stay.cell
        groups.append(
            Group(cell.organisation, cell.role, stay.people, cell.inside, {place: 1.0}, stay.since, stay.until)
        )
    return build(crowds, {key: groups}, facts, knowledge, whole=key not in reading.themes)


def _stays(found: Sequence[tuple[int, Sequence[Cell]]]) -> list[_Stay]:
    """Who stayed, came and left, going by the numbers: as many as possible stayed."""
    open_stays: dict[tuple[str, str], list[_Stay]] = {}
    closed: list[_Stay] = []
    for release, now in found:
        present = {(cell.organisation, cell.role): cell for cell in now}
        for place in [*open_stays, *(place for place in present if place not in open_stays)]:
            stays = open_stays.setdefault(place, [])
            wanted = present[place].people if place in present else 0
            had = sum(stay.people for stay in stays)
            if wanted > had:
                stays.append(_Stay(present[place], wanted - had, release))
            while wanted < had:
                last = stays.pop()
                leaving = min(last.people, had - wanted)
                closed.append(_Stay(last.cell, leaving, last.since, release))
                if leaving < last.people:
                    stays.append(_Stay(last.cell, last.people - leaving, last.since))
                had -= leaving
    return [*(stay for stays in open_stays.values() for stay in stays), *closed]


def of_theme(reading: Reading, knowledge: Knowledge, theme: str) -> System | None:
    """A theme together with its statements; None where it is not known who answered which."""
    items = knowledge.items(theme, reading.keys)
    crowds = _crowds(reading, knowledge, theme, items)
    if not crowds or len(reading.releases) > 1:
        return None
    unknowns: list[Crowded] = []
    groups: dict[str, list[Group]] = {key: [] for key in (theme, *items)}
    for crowd, inside, scored in crowds:
        answered = [item for item in items if item in crowd.answered]
        start = sum(len(each.unknowns) for each in unknowns)
        place = {item: start + offset for offset, item in enumerate(answered)}
        shown = "" if len(answered) == len(items) else f" (answered {', '.join(answered)})"
        unknowns.append(Crowded(f"{crowd.organisation} / {crowd.role}{shown}", crowd.people, tuple(place.values())))
        about = (crowd.organisation, crowd.role, crowd.people, inside)
        for item in answered:
            groups[item].append(Group(*about, {place[item]: 1.0}))
        if scored:
            groups[theme].append(Group(*about, {place[item]: 1 / len(answered) for item in answered}))
    facts = [fact for fact in reading.facts if fact.key in groups]
    return build(unknowns, groups, facts, knowledge, whole=True)


def _crowds(reading: Reading, knowledge: Knowledge, theme: str, items: Sequence[str]) -> list[tuple[Crowd, bool, bool]]:
    """Crowds that answered any of the statements, whether inside the region, and whether they have a theme score."""
    outside = knowledge.outside
    known = knowledge.crowds
    if not known:
        known, outside = _complete(reading, knowledge, theme, items)
    merged: dict[tuple[str, str, frozenset[str]], int] = {}
    for crowd in known:
        about = (crowd.organisation, crowd.role, crowd.answered & frozenset(items))
        merged[about] = merged.get(about, 0) + crowd.people
    return [
        (
            Crowd(organisation, role, answered, people),
            organisation not in outside,
            2 * len(answered) >= knowledge.put.get((theme, role), len(items)),
        )
        for (organisation, role, answered), people in merged.items()
        if answered
    ]


def _complete(
    reading: Reading, knowledge: Knowledge, theme: str, items: Sequence[str]
) -> tuple[tuple[Crowd, ...], frozenset[str]]:
    """Where theme and statements have the same people in every cell, everybody answered everything.

    Beside the crowds, the organisations outside the region.
    """
    found = [set(cells(reading, knowledge, key, 0)) for key in (theme, *items)]
    if not items or any(each != found[0] for each in found):
        return (), frozenset()
    everything = frozenset(items)
    crowds = tuple(Crowd(cell.organisation, cell.role, everything, cell.people) for cell in found[0])
    return crowds, frozenset(cell.organisation for cell in found[0] if not cell.inside)


def of_counts(reading: Reading, knowledge: Knowledge, key: str, statistic: str) -> System:
    """How many gave one kind of answer without a mark, or marks at one end, in each cell; over the last release."""
    release = reading.releases[-1]
    found = cells(reading, knowledge, key, release, "n" if statistic in SHARES else statistic)
    crowds = [Crowded(cell.name, cell.people, (place,)) for place, cell in enumerate(found)]
    groups = [
        Group(cell.organisation, cell.role, cell.people, cell.inside, {place: 1.0}) for place, cell in enumerate(found)
    ]
    return build_counts(
        crowds, groups, [fact for fact in reading.facts if (fact.key, fact.statistic) == (key, statistic)]
    )
