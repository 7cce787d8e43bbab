"""The titles that people give to the columns of a list of people, in Dutch and English."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from surveyapp.analysis.reading.grid import Fault, Line

COLUMNS: Final = ("name", "email", "organisation", "role", "language")
NEEDED: Final = COLUMNS[:4]
_TITLES: Final = {
    "name": ("naam", "name", "volledige naam", "full name", "naam en voornaam", "persoon", "person", "contactpersoon"),
    "email": ("email", "e-mail", "mail", "e-mailadres", "emailadres", "mailadres", "email address", "e-mail address"),
    "organisation": (
        "organisatie",
        "organisation",
        "organization",
        "gemeente",
        "municipality",
        "organisatiecode",
        "organisation code",
        "gemeentecode",
    ),
    "role": ("rol", "role", "groep", "group", "respondentgroep"),
    "language": ("taal", "language", "voorkeurstaal", "preferred language"),
    "first": ("voornaam", "first name", "given name", "roepnaam"),
    "infix": ("tussenvoegsel", "tussenvoegsels", "infix"),
    "last": ("achternaam", "last name", "surname", "family name", "familienaam"),
}
_MARKS: Final = re.compile(r"[^a-z]+")
_IN_PARTS: Final = ("first", "infix", "last")


def plain(words: str) -> str:
    """Letters only, small and without accents: how titles, names of organisations and roles are compared."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", words).casefold())


_KNOWN: Final = {plain(title): column for column, titles in _TITLES.items() for title in titles}


def is_title(words: str) -> bool:
    """Whether this is the title of a column that we look at."""
    return plain(words) in _KNOWN


@dataclass(frozen=True)
class Columns:
    """At which places of a row the values are."""

    places: dict[str, int]
    parts_of_name: tuple[int, ...] = ()
    """Where a first name, infix and last name stand, in a list without full names."""
    unused: tuple[str, ...] = ()
    width: int = 0

    def places_of(self, column: str) -> tuple[int, ...]:
        """Where a column's value, or its parts, stand."""
        if column == "name" and self.parts_of_name:
            return self.parts_of_name
        return (self.places[column],) if column in self.places else ()

    def value(self, line: Line, column: str) -> str:
        """What a row has in this column."""
        parts = (line.cells[place] for place in self.places_of(column) if place < len(line.cells))
        return " ".join(part for part in parts if part)


def columns(header: Line) -> tuple[Columns, list[Fault]]:
    """Where everything stands, and what is wrong with the titles."""
    if header.code:
        return Columns({}), [Fault(header.number, "", header.code)]
    if not any(is_title(cell) for cell in header.cells):
        return Columns({}), [Fault(header.number, "", "no-header", ", ".join(header.cells)[:80])]
    places: dict[str, int] = {}
    faults, unused = [], []
    for place, cell in enumerate(header.cells):
        column = _KNOWN.get(plain(cell))
        if column is None:
            unused += [cell] if cell else []
        elif column in places:
            faults.append(Fault(header.number, column, "column-twice", cell, header.cells[places[column]]))
        else:
            places[column] = place
    parts = _parts(places)
    missing = [column for column in NEEDED if column not in places and not (column == "name" and parts)]
    faults += [Fault(header.number, column, "column-missing") for column in missing]
    return Columns(places, parts, tuple(unused), len(header.cells)), faults


def _parts(places: dict[str, int]) -> tuple[int, ...]:
    if "name" in places or "last" not in places:
        return ()
    return tuple(places[part] for part in _IN_PARTS if part in places)
