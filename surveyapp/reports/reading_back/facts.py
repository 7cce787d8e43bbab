"""From tables to facts: tables with a column per statistic, and tables as pages have them.

A number in a table that nothing here understands is a leftover: it must be shown elsewhere, or it is a find.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from surveyapp.analysis.attacking import Fact, Hidden, Leftover, Reading
from surveyapp.analysis.attacking.facts import EVERYBODY
from surveyapp.analysis.results import GAP_COLUMNS, SCORE_COLUMNS
from surveyapp.reports.reading_back.answer_tables import COUNTED, MEASURED, facts_of_answers
from surveyapp.reports.reading_back.labels import KEY, Labels
from surveyapp.reports.reading_back.page_tables import facts_of_page
from surveyapp.reports.reading_back.sheet import IN_A_SENTENCE, Content, Sheet, decimals_in, leftovers, number

SCORES: Final = ("key", "organisation", "role", "mean")
GAPS: Final = ("key", "role_a", "role_b", "gap")
WORDS: Final = ("level", "key", "organisation", "role", "role_a", "role_b", "suppressed", "p_method", "open_link")
"""Columns that hold no numbers."""
USUAL_DECIMALS: Final = 2
"""In which means are printed, where a stored number lost its last zeros."""


@dataclass
class Found:
    """What has been read so far, of one release."""

    labels: Labels
    release: int
    facts: list[Fact] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    unseen: list[Leftover] = field(default_factory=list)
    themes: set[str] = field(default_factory=set)
    shown: dict[str, tuple[float, ...]] = field(default_factory=dict)
    on_pages: frozenset[tuple[str, ...]] = frozenset()
    """The rows of all tables on pages."""


def reading(contents: Iterable[Content], labels: Labels, release: int = 0) -> Reading:
    """The facts in some files of one release."""
    everything = list(contents)
    found = Found(labels, release, themes=set(labels.themes), on_pages=_on_pages(everything))
    for content in everything:
        found.unseen += content.unseen
        for sheet in content.sheets:
            _read(sheet, found)
    return Reading(
        tuple(found.facts),
        tuple(found.hidden),
        tuple(each for each in found.unseen if not _is_a_word(each, labels)),
        frozenset(found.themes),
        dict(found.shown),
    )


def _is_a_word(each: Leftover, labels: Labels) -> bool:
    """The number of a statement, such as 1.2, or of a section, or a boundary that an explanation of a method names."""
    if each.written in labels.explained:
        return each.place.endswith(IN_A_SENTENCE)
    if labels.is_numbered(each.words, each.written):
        return True
    return labels.known.get(each.written, ("",))[0] == KEY


def _read(sheet: Sheet, found: Found) -> None:
    columns = {name.casefold(): place for place, name in enumerate(sheet.header)}
    if all(name in columns for name in SCORES):
        _read_scores(sheet, columns, found)
    elif all(name in columns for name in GAPS):
        _read_gaps(sheet, columns, found)
    elif (answers := facts_of_answers(sheet, columns, found.release)) is not None:
        found.facts += answers
        found.unseen += _unknown(sheet, columns, (*COUNTED, *MEASURED, "suppressed", "open_link"))
    elif sheet.alone:
        found.unseen += _not_copied(sheet, found.on_pages)
    else:
        page = facts_of_page(sheet, found.labels, found.release)
        found.facts += page.facts
        found.hidden += page.hidden
        found.unseen += _not_understood(sheet, page.others)
    found.unseen += _beside(sheet)
    numbers = tuple(value[0] for row in sheet.rows for cell in row if (value := number(cell)) is not None)
    for name in sheet.names:
        found.shown[name] = (*found.shown.get(name, ()), *numbers)


def _beside(sheet: Sheet) -> list[Leftover]:
    """What stands above the header, in it, or beyond its last column."""
    place = f"{sheet.source}, beside a table"
    found = [each for words in sheet.loose for each in leftovers(words, place)]
    return [*found, *(each for words in sheet.header for each in decimals_in(words, place))]


def _read_scores(sheet: Sheet, columns: Mapping[str, int], found: Found) -> None:
    statistics = [name for name in SCORE_COLUMNS if name in columns and name not in WORDS]
    decimals = {name: _decimals(sheet, columns[name]) for name in statistics}
    for place, row in enumerate(sheet.rows, 2):
        key, organisation, role = (row[columns[name]] for name in SCORES[:3])
        source = f"{sheet.source}, row {place}"
        for name, usual in decimals.items():
            if (value := number(row[columns[name]])) is not None:
                many = value[1] if sheet.as_printed else max(value[1], usual)
                found.facts.append(Fact(key, organisation, role, name, value[0], many, source, release=found.release))
        if not row[columns["mean"]]:
            found.hidden.append(Hidden(key, organisation, role, source, found.release))
    if "level" in columns:
        found.themes |= {row[columns["key"]] for row in sheet.rows if row[columns["level"]] == "theme"}
    found.unseen += _unknown(sheet, columns, (*statistics, *WORDS))


def _read_gaps(sheet: Sheet, columns: Mapping[str, int], found: Found) -> None:
    statistics = [name for name in GAP_COLUMNS if name in columns and name not in WORDS]
    decimals = {name: _decimals(sheet, columns[name]) for name in statistics}
    for place, row in enumerate(sheet.rows, 2):
        key, role, other = (row[columns[name]] for name in GAPS[:3])
        source = f"{sheet.source}, row {place}"
        for name, usual in decimals.items():
            if (value := number(row[columns[name]])) is not None:
                many = value[1] if sheet.as_printed else max(value[1], usual)
                found.facts.append(Fact(key, EVERYBODY, role, name, value[0], many, source, other, found.release))
    found.unseen += _unknown(sheet, columns, (*statistics, *WORDS))


def _not_understood(sheet: Sheet, cells: Iterable[str]) -> list[Leftover]:
    return [each for words in cells for each in decimals_in(words, f"{sheet.source}, {sheet.title[:40]}")]


def _on_pages(contents: Iterable[Content]) -> frozenset[tuple[str, ...]]:
    sheets = (sheet for content in contents for sheet in content.sheets if not sheet.alone)
    return frozenset(_plainly(row) for sheet in sheets for row in (sheet.header, *sheet.rows))


def _not_copied(sheet: Sheet, on_pages: frozenset[tuple[str, ...]]) -> list[Leftover]:
    """The numbers of a table beside a figure, in rows that stand on no page; whole ones too where there are pages."""
    place = f"{sheet.source}, a row that is on no page"
    strange = [row for row in (sheet.header, *sheet.rows) if _plainly(row) not in on_pages]
    find = leftovers if on_pages else decimals_in
    return [each for row in strange for words in row for each in find(words, place)]


def _plainly(row: Iterable[str]) -> tuple[str, ...]:
    """Without what a spreadsheet needs to take a cell for a number, or not for a formula."""
    return tuple(words.replace("\u2212", "-").lstrip("+'") for words in row)


def _decimals(sheet: Sheet, column: int) -> int:
    found = [value[1] for row in sheet.rows if (value := number(row[column])) is not None]
    return max([USUAL_DECIMALS, *found])


def _unknown(sheet: Sheet, columns: Mapping[str, int], known: Iterable[str]) -> list[Leftover]:
    """What stands in columns of which no statistic is known; in known ones, words that hold a number."""
    understood = {columns[name] for name in known if name in columns}
    found: list[Leftover] = []
    for row in sheet.rows:
        for place, cell in enumerate(row):
            where = f"{sheet.source}, column {sheet.header[place]}"
            if place not in understood:
                found += leftovers(cell, where)
            elif number(cell) is None:
                found += decimals_in(cell, where)
    return found
