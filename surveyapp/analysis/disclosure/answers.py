"""Counts of answers, and what sums them up, that may leave the research team: every question, whatever its kind."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.answered import MEASURE_COLUMNS, Answered, Table
from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, REGION, Name, Structure
from surveyapp.analysis.disclosure.deciding import LINKED, SHOWN, SMALL, Number
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.repeating import Repeated
from surveyapp.analysis.disclosure.safe_results import DECIMALS, SAFE_MEASURE_COLUMNS, SafeResults
from surveyapp.analysis.disclosure.unanimity import Counts, is_unanimous

_log = logging.getLogger(__name__)
Place = tuple[str, str]
"""Codes of an organisation and a role; ``all`` for the region, and for every role."""
Variable = tuple[str, str]
"""A question and an option of it."""
Admit = Callable[[Structure, tuple[Name, ...], int, frozenset[Number]], frozenset[Name]]
"""Of these rows those that are safe together: the leak test on counts."""
DOMINANCE: Final = 0.1
"""What remains of a sum of numbers without its two largest must be this part of the largest (the p% rule)."""
_KEYS: Final = ("question", "option", "organisation", "role")
_COMPARED: Final = {"asked", "n", "mean", "first", "borda"}


@dataclass(frozen=True)
class SafeAnswers:
    """Why each row is withheld (empty where it is shown), by variable and place, and the frames that follow."""

    answered: Answered
    policy: Policy
    suppressed: Mapping[Variable, Mapping[Place, str]]

    def shows(self, question: str, place: Place) -> bool:
        """Whether the counts of answers to a question with one code are shown."""
        return self.suppressed.get((question, ""), {}).get(place, SMALL) == SHOWN

    @property
    def distributions(self) -> pd.DataFrame:
        """``DISTRIBUTION_COLUMNS``: what is shown, rounded; nothing of the rest, and no single numbers and months."""
        tables = self.answered.tables
        listed = [table.listed or not self.policy.withholds for table in tables]
        shown = [
            np.repeat(self._reasons(table) == SHOWN, len(table.codes)) & lists
            for table, lists in zip(tables, listed, strict=True)
        ]
        frame = self.answered.distributions
        rows = frame[np.concatenate([*shown, np.zeros(0, bool)])].reset_index(drop=True)
        return _rounded(rows.astype({"count": "float64"}))

    @property
    def measures(self) -> pd.DataFrame:
        """``SAFE_MEASURE_COLUMNS``: every row, those that are withheld with their keys alone, rounded."""
        tables = self.answered.tables
        reasons = np.concatenate([*(self._reasons(table) for table in tables), np.zeros(0, object)])
        frame = _rounded(self.answered.measures.assign(suppressed=pd.Series(reasons, dtype="str")))
        numbers = [name for name in MEASURE_COLUMNS if name not in _KEYS]
        frame[numbers] = frame[numbers].astype("float64")
        frame.loc[frame["suppressed"].ne(SHOWN), numbers] = np.nan
        if self.policy.withholds:
            kept = {table.key for table in tables if table.listed}
            listed = np.array([key in kept for key in zip(frame["question"], frame["option"], strict=True)], bool)
            few = frame["n"].lt(2 * self.policy.distribution)
            frame.loc[few & ~listed, "median"] = np.nan
        return frame.loc[:, list(SAFE_MEASURE_COLUMNS)]

    def _reasons(self, table: Table) -> NDArray[np.object_]:
        """In the order of the rows of the frames."""
        cells = self.answered.cells
        roles = [role for role, put in zip(cells.columns, (*table.put, True), strict=True) if put]
        reasons = self.suppressed[table.key]
        return np.array([reasons.get((code, role), SMALL) for code in cells.rows for role in roles], object)


def safe_answers(
    answered: Answered,
    policy: Policy,
    released: Sequence[SafeResults],
    spread: Mapping[str, frozenset[Place]],
    admit: Admit,
    again: Repeated,
) -> SafeAnswers:
    """What of the answers to each question may be shown.

    ``spread`` are the rows of each scored question of which the distribution passed the gate of the scores; of what
    changed since it was released only what is told ``again`` is.
    """
    if not policy.withholds:
        everywhere = [(code, role) for code in answered.cells.rows for role in answered.cells.columns]
        return SafeAnswers(answered, policy, {table.key: dict.fromkeys(everywhere, SHOWN) for table in answered.tables})
    earlier = _Earlier(answered, released)
    gate = _Gate(answered, policy, earlier, spread, admit, again)
    found = SafeAnswers(answered, policy, {table.key: gate.suppressed(table) for table in answered.tables})
    if gate.vetoed:
        _log.info("%d counts of answers withheld for %s: they say what somebody answered", gate.vetoed, policy.audience)
    return found


def unanimous(answered: Answered, rows: Mapping[str, Mapping[Place, int]]) -> Iterator[int]:
    """Of the rows of scored questions (key -> place -> row) those where all, or all but one, answered the same."""
    for table in answered.tables:
        here = rows.get(table.question, {}) if not table.option else {}
        counts = answered.cells.with_all(table.counts[None])[0] if here else table.counts
        places = {code: at for at, code in enumerate(answered.cells.rows)}
        roles = {role: at for at, role in enumerate(answered.cells.columns)}
        for (organisation, role), row in here.items():
            if is_unanimous(counts[places[organisation], roles[role]]):
                yield row


@dataclass
class _Gate:
    answered: Answered
    policy: Policy
    earlier: "_Earlier"
    spread: Mapping[str, frozenset[Place]]
    admit: Admit
    again: Repeated
    vetoed: int = field(default=0, init=False)
    """How many rows were withheld because of what was answered."""

    def suppressed(self, table: Table) -> dict[Place, str]:
        """Why each row of a table is withheld; a row that could not be shown at all has no entry."""
        places = dict(self._rows(table))
        asked, valid = table.counts.sum(axis=-1), table.counts[..., table.valid].sum(axis=-1)
        people = Counts(table.counts, self._within)
        large = [name for name in places if _total(valid, name, self._within) >= self.policy.distribution]
        found = {places[name]: LINKED if name in large else SMALL for name in places}
        if table.key in self.earlier.outdated:
            told = self.again.answers.get(table.key, frozenset())
            return found | {place: SHOWN for place in told if self._passes_scores(table, place)}
        before = self.earlier.rows(table.key)
        passed = [name for name in large if self._passes_scores(table, places[name])]
        telling = {name for name in passed if is_unanimous(people.people(name)) or _dominated(table, people, name)}
        even = [name for name in passed if name not in telling]
        names = self._admitted(asked, [name for name in places if self._passes_scores(table, places[name])], before)
        names = self._admitted(valid, [name for name in places if name in names], before)
        shown = [name for name in even if name in names]
        known = frozenset(name for name, _ in before)
        gone = people.withheld(shown, known, large)
        self.vetoed += len(telling) + len(gone)
        return found | {places[name]: SHOWN for name in shown if name not in gone}

    @cached_property
    def _within(self) -> tuple[bool, ...]:
        return tuple(bool(member) for member in self.answered.cells.region)

    def _admitted(self, sizes: Integers, names: Iterable[Name], before: frozenset[Number]) -> frozenset[Name]:
        """The rows that pass the leak test, whatever was answered: so it is the same for most questions."""
        least = self.policy.distribution
        structure = Structure(tuple(tuple(map(int, row)) for row in sizes), self._within)
        large = tuple(name for name in names if _total(sizes, name, self._within) >= least)
        names = self.admit(structure, large, least, frozenset())
        if names.issuperset(name for name, _ in before):
            return names  # nothing more is known with what went out before
        return self.admit(structure, large, least, before)

    def _passes_scores(self, table: Table, place: Place) -> bool:
        return table.option != "" or table.question not in self.spread or place in self.spread[table.question]

    def _rows(self, table: Table) -> Iterator[tuple[Name, Place]]:
        """The rows that this audience can be shown, the most important first."""
        cells = self.answered.cells
        asked = table.counts.sum(axis=-1)
        roles = [role for role, put in enumerate(table.put) if put]
        yield Name(REGION, EVERY_ROLE), (EVERYONE, EVERYONE)
        for role in roles:
            yield Name(REGION, role), (EVERYONE, cells.roles[role])
        largest_first = sorted(range(len(cells.organisations)), key=lambda place: -int(asked[place].sum()))
        for place in largest_first:
            if not self.policy.two_of_each or 1 not in asked[place]:
                yield Name(place, EVERY_ROLE), (cells.organisations[place], EVERYONE)
        if self.policy.role_split:
            for place in largest_first:
                for role in roles:
                    yield Name(place, role), (cells.organisations[place], cells.roles[role])


class _Earlier:
    """The counts of answers that earlier publications hold."""

    def __init__(self, answered: Answered, released: Sequence[SafeResults]) -> None:
        self._cells = answered.cells
        self._rows: dict[Variable, set[Number]] = {}
        self.outdated: set[Variable] = set()
        """Of which answers have changed since: a second publication would show what the change was."""
        for before in released:
            self._read(before, answered)

    def rows(self, variable: Variable) -> frozenset[Number]:
        """The rows that are known, with the number of people under which they were published."""
        return frozenset(self._rows.get(variable, ()))

    def _read(self, before: SafeResults, answered: Answered) -> None:
        measures = before.measures
        shown = measures[measures["suppressed"].eq(SHOWN)]
        counts = (before.distributions, answered.distributions, [*_KEYS, "answer"], {"count"})
        sums = (shown, answered.measures, [*_KEYS], _COMPARED)
        for then, now, keys, compared in (counts, sums):
            self.outdated.update(_changed(then, now, keys, compared))
        organisations = {EVERYONE: REGION, **{code: at for at, code in enumerate(self._cells.organisations)}}
        roles = {EVERYONE: EVERY_ROLE, **{role: at for at, role in enumerate(self._cells.roles)}}
        for question, option, organisation, role in shown[list(_KEYS)].itertuples(index=False, name=None):
            if (question, option) not in self.outdated:
                name = Name(organisations[organisation], roles[role])
                self._rows.setdefault((question, option), set()).add((name, before.policy.distribution))


def _changed(then: pd.DataFrame, now: pd.DataFrame, keys: list[str], compared: set[str]) -> set[Variable]:
    """The variables of which anything that was printed is otherwise now, or not there at all."""
    both = then.merge(_rounded(now), on=keys, how="left", suffixes=("", "_now"), indicator="found")
    differs = both["found"].ne("both")
    for name in sorted(compared):
        was, is_now = both[name].astype("float64"), both[f"{name}_now"].astype("float64")
        differs |= was.notna() & ~np.isclose(was, is_now, atol=1e-9, rtol=0)
    return set(both.loc[differs, ["question", "option"]].itertuples(index=False, name=None))


def _dominated(table: Table, people: Counts, name: Name) -> bool:
    """Whether one number makes up so much of a sum that it can be told from it, by who gave the second largest."""
    if table.listed or table.option or np.isnan(table.worth).all():
        return False
    sizes = np.abs(np.nan_to_num(table.worth))
    order = np.argsort(sizes)
    given = np.repeat(sizes[order], people.people(name)[order])
    return bool(given[:-2].sum() < DOMINANCE * given[-1:].sum())


def _total(sizes: Integers, name: Name, within: Sequence[bool]) -> int:
    here = sizes[list(within)] if name.organisation == REGION else sizes[name.organisation : name.organisation + 1]
    return int((here if name.role == EVERY_ROLE else here[:, name.role]).sum())


def _rounded(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.round(DECIMALS)
