"""A list of people to invite, from CSV or XLSX: who they are, and every fault with what to do about it.

    name,email,organisation,role,language

The titles may be Dutch or English and stand in any order; an organisation is a code or its exact name, a role a key or
its title. Nothing here knows a database: ``Expected`` says what there is.
"""

import difflib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from babel import Locale, UnknownLocaleError

from surveyapp.analysis.reading import separated, spreadsheet
from surveyapp.analysis.reading.grid import LARGEST, Fault, Grid, Line, refused
from surveyapp.analysis.reading.people_columns import COLUMNS, Columns, columns, is_title, plain
from surveyapp.analysis.reading.person import address_key, email_fault, name_fault
from surveyapp.questionnaires.questionnaire import Role
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, say

ALREADY_THERE: Final = "already-there"
"""The one fault that may be passed over: who is there already is not let in again."""
_SUGGESTED: Final = 200
"""Different words to which the nearest that we know is looked up: looking is slow, and a reader sees the pattern."""

Place = tuple[str, str, str]
"""An address (see ``address_key``), the code of an organisation and the key of a role."""


@dataclass(frozen=True)
class Person:
    """Somebody to invite; ``row`` is where they stand."""

    row: int
    name: str
    email: str
    organisation: str
    """Its code."""
    role: str
    """Its key."""
    language: str


@dataclass(frozen=True)
class Expected:
    """What a list can refer to."""

    organisations: Mapping[str, str]
    """Code -> name."""
    roles: tuple[Role, ...]
    languages: tuple[str, ...]
    """The first is for who has none."""
    open_roles: frozenset[str] = frozenset()
    """Answered through an open link: nobody is invited in them by name."""
    there: frozenset[Place] = frozenset()
    """Who is invited already."""
    groups: frozenset[tuple[str, str]] | None = None
    """The organisations and roles in which somebody can still be invited; None for all of them."""
    spoken: str = DEFAULT_LANGUAGE
    """In which roles are named to the reader."""


@dataclass(frozen=True)
class People:
    """Everybody whose row is faultless, and all faults, in the order of the file."""

    rows: tuple[Person, ...]
    problems: tuple[Fault, ...] = ()
    unused: tuple[str, ...] = ()
    """Titles of columns that are not looked at."""
    elsewhere: tuple[Fault, ...] = ()
    """No faults: the same address for another organisation or role."""

    @cached_property
    def already_there(self) -> tuple[Fault, ...]:
        """Who is invited already."""
        return tuple(fault for fault in self.problems if fault.code == ALREADY_THERE)

    @property
    def can_be_let_in(self) -> bool:
        """Whether nothing has to be put right first; who is there already aside."""
        return bool(self.rows) and len(self.problems) == len(self.already_there)


def read(content: bytes, expected: Expected) -> People:
    """Everybody in a file. Ten thousand rows take a second or two; whatever the bytes are, nothing is raised."""
    grid = _grid(content)
    if grid.fault is not None:
        return People((), (grid.fault,))
    found, faults = columns(grid.lines[0])
    if faults:
        return People((), tuple(faults), found.unused)
    if len(grid.lines) == 1:
        return People((), (Fault(0, "", "only-a-header"),), found.unused)
    return _Reading(expected, found).people(grid.lines[1:])


def _grid(content: bytes) -> Grid:
    if len(content) > LARGEST:
        return refused("file-too-large", str(LARGEST // 1024 // 1024))
    if content.startswith((spreadsheet.ZIP, spreadsheet.OLE)):
        return spreadsheet.read(content)
    return separated.read(content, is_title)


def _words(roles: tuple[Role, ...]) -> dict[str, str]:
    """How a role may be written -> its key."""
    written = {key: role.key for role in roles for key in (*role.title.values(), *role.plural.values())}
    return {plain(words): key for words, key in written.items()} | {plain(role.key): role.key for role in roles}


def _languages(codes: tuple[str, ...]) -> dict[str, str]:
    """How a language may be written -> its code: the code, or its name in itself, Dutch or English."""
    found: dict[str, str] = {}
    for code in codes:
        names = {code}
        try:
            locale = Locale.parse(code)
            names |= {locale.get_display_name(each) or code for each in (code, "nl", "en")}
        except (ValueError, UnknownLocaleError):
            pass
        found |= {plain(name): code for name in names}
    return found


class _Nearest:
    """What somebody probably meant; looked up once per different word."""

    def __init__(self, written: Mapping[str, str]) -> None:
        """``written`` maps how it may be written to how we would say it."""
        self._written = written
        self._found: dict[str, str] = {}

    def __call__(self, words: str) -> str:
        sought = plain(words)
        if sought not in self._found and len(self._found) < _SUGGESTED:
            near = difflib.get_close_matches(sought, self._written, n=1, cutoff=0.6)
            self._found[sought] = self._written[near[0]] if near else ""
        return self._found.get(sought, "")


class _Reading:
    """One file, row after row."""

    def __init__(self, expected: Expected, found: Columns) -> None:
        self._expected = expected
        self._columns = found
        self._organisations = _Organisations(expected.organisations)
        self._roles = _words(expected.roles)
        self._languages = _languages(expected.languages)
        self._near_role = _Nearest({word: self._said(key) for word, key in self._roles.items()})
        self._near_language = _Nearest(self._languages)
        self._seen: dict[Place, int] = {}
        self._addresses: dict[str, int] = {}
        self._elsewhere: list[Fault] = []
        self._taken = {email for email, _organisation, _role in expected.there}

    def people(self, lines: tuple[Line, ...]) -> People:
        rows: list[Person] = []
        problems: list[Fault] = []
        for line in lines:
            person, faults = self._person(line)
            problems += faults
            if person is not None and not faults:
                rows.append(person)
        return People(tuple(rows), tuple(problems), self._columns.unused, tuple(self._elsewhere))

    def _person(self, line: Line) -> tuple[Person | None, list[Fault]]:
        if line.code:
            return None, [Fault(line.number, "", line.code, ", ".join(line.cells)[:80])]
        faults: list[Fault] = []
        if any(line.cells[self._columns.width :]):
            faults.append(Fault(line.number, "", "too-many-values", str(len(line.cells)), str(self._columns.width)))
        values = {column: self._value(line, column, faults) for column in COLUMNS}
        known = {fault.column for fault in faults}
        for column in COLUMNS:
            if column not in known:
                code, advice = self._fault(column, values[column])
                if code:
                    faults.append(Fault(line.number, column, code, values[column][:80], advice))
        if not {"email", "organisation", "role"} & {fault.column for fault in faults}:
            faults += self._beside_others(line.number, values)
        if faults:
            return None, faults
        spoken = values["language"]
        person = Person(
            line.number,
            values["name"],
            values["email"],
            self._organisations.code(values["organisation"]),
            self._roles[plain(values["role"])],
            self._languages[plain(spoken)] if spoken else self._expected.languages[0],
        )
        return person, []

    def _value(self, line: Line, column: str, faults: list[Fault]) -> str:
        for place in self._columns.places_of(column):
            if place in line.unreadable:
                shown = line.cells[place] if place < len(line.cells) else ""
                faults.append(Fault(line.number, column, line.unreadable[place], shown))
        value = self._columns.value(line, column)
        return unicodedata.normalize("NFC", value)

    def _fault(self, column: str, value: str) -> tuple[str, str]:
        if not value:
            return ("", "") if column == "language" else ("missing", "")
        return self._checks[column](self, value)

    def _of_organisation(self, value: str) -> tuple[str, str]:
        return self._organisations.fault(value)

    def _of_role(self, value: str) -> tuple[str, str]:
        key = self._roles.get(plain(value))
        if key is None:
            return "unknown-role", self._near_role(value)
        return ("role-open", "") if key in self._expected.open_roles else ("", "")

    def _of_language(self, value: str) -> tuple[str, str]:
        return ("", "") if plain(value) in self._languages else ("unknown-language", self._near_language(value))

    def _beside_others(self, row: int, values: Mapping[str, str]) -> list[Fault]:
        """Whether this person stands in the file or in the study already, or has no group to be unknown in."""
        email, role = values["email"], self._roles[plain(values["role"])]
        organisation = self._organisations.code(values["organisation"])
        place = (address_key(email), organisation, role)
        before = self._seen.setdefault(place, row)
        if before != row:
            return [Fault(row, "email", "twice", email, str(before))]
        if place in self._expected.there:
            return [Fault(row, "email", ALREADY_THERE, email)]
        groups = self._expected.groups
        if groups is not None and (organisation, role) not in groups:
            return [Fault(row, "role", "group-not-there", self._said(role))]
        first = self._addresses.setdefault(place[0], row)
        if first != row or place[0] in self._taken:
            self._elsewhere.append(Fault(row, "email", "also-elsewhere", email))
        return []

    def _said(self, role: str) -> str:
        return next((say(each.title, self._expected.spoken) for each in self._expected.roles if each.key == role), role)

    _checks: Final[dict[str, Callable[["_Reading", str], tuple[str, str]]]] = {
        "name": lambda _self, value: name_fault(value),
        "email": lambda _self, value: email_fault(value),
        "organisation": _of_organisation,
        "role": _of_role,
        "language": _of_language,
    }


class _Organisations:
    """Which organisation is meant, by its code or its exact name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._codes = {code.casefold(): code for code in names}
        self._names: dict[str, list[str]] = {}
        for code, name in names.items():
            self._names.setdefault(_folded(name), []).append(code)
        self._nearest = _Nearest(dict(_ways(names)))

    def code(self, words: str) -> str:
        """Of one that ``fault`` finds nothing wrong with."""
        return self._codes.get(words.casefold()) or self._names[_folded(words)][0]

    def fault(self, words: str) -> tuple[str, str]:
        if words.casefold() in self._codes:
            return "", ""
        named = self._names.get(_folded(words), [])
        if len(named) > 1:
            return "organisation-ambiguous", ", ".join(named)
        return ("", "") if named else ("unknown-organisation", self._nearest(words))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _ways(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """How people write an organisation -> its name."""
    for code, name in names.items():
        yield plain(f"gemeente {name}"), name
        yield plain(name), name
        yield code.casefold(), name
