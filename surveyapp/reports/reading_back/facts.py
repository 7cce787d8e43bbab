"""From tables to facts: tables with a column per statistic, and tables as pages have them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from surveyapp.analysis.attacking import Fact, Hidden, Leftover, Reading
from surveyapp.analysis.attacking.facts import EVERYBODY, PEOPLE, UNSCORED
from surveyapp.reports.reading_back.labels import KEY, ORGANISATION, ROLE, Labels
from surveyapp.reports.reading_back.sheet import Content, Sheet, number

SCORES: Final = ("key", "organisation", "role", "mean")
GAPS: Final = ("key", "role_a", "role_b", "gap")
STATISTICS: Final = (*PEOPLE, "mean", "equal", "balanced", "median", "lower", "upper", *UNSCORED)
USUAL_DECIMALS: Final = 2
"""In which means are printed, where a stored number lost its last zeros."""
_PEOPLE_HEADERS: Final = ("n", "respondents", "respondenten")


def reading(contents: Iterable[Content], labels: Labels, release: int = 0) -> Reading:
    """The facts in some files of one release."""
    found = list(contents)
    facts: list[Fact] = []
    hidden: list[Hidden] = []
    themes = set(labels.themes)
    for sheet in (sheet for content in found for sheet in content.sheets):
        columns = {name.casefold(): place for place, name in enumerate(sheet.header)}
        if all(name in columns for name in SCORES):
            _read_scores(sheet, columns, release, facts, hidden)
            themes |= _themes(sheet, columns)
        elif all(name in columns for name in GAPS):
            facts += _gaps(sheet, columns, release)
        else:
            _read_page(sheet, labels, release, facts, hidden)
    unseen: list[Leftover] = [leftover for content in found for leftover in content.unseen]
    return Reading(tuple(facts), tuple(hidden), tuple(unseen), frozenset(themes))


def _read_scores(
    sheet: Sheet, columns: Mapping[str, int], release: int, facts: list[Fact], hidden: list[Hidden]
) -> None:
    decimals = {name: _decimals(sheet, columns[name]) for name in STATISTICS if name in columns}
    for place, row in enumerate(sheet.rows, 2):
        key, organisation, role = (row[columns[name]] for name in SCORES[:3])
        source = f"{sheet.source}, row {place}"
        for name, usual in decimals.items():
            if (value := number(row[columns[name]])) is not None:
                many = value[1] if sheet.as_printed else max(value[1], usual)
                facts.append(Fact(key, organisation, role, name, value[0], many, source, release=release))
        if not row[columns["mean"]]:
            hidden.append(Hidden(key, organisation, role, source, release))


def _themes(sheet: Sheet, columns: Mapping[str, int]) -> set[str]:
    if "level" not in columns:
        return set()
    return {row[columns["key"]] for row in sheet.rows if row[columns["level"]] == "theme"}


def _decimals(sheet: Sheet, column: int) -> int:
    found = [value[1] for row in sheet.rows if (value := number(row[column])) is not None]
    return max([USUAL_DECIMALS, *found])


def _gaps(sheet: Sheet, columns: Mapping[str, int], release: int) -> Iterator[Fact]:
    usual = _decimals(sheet, columns["gap"])
    for place, row in enumerate(sheet.rows, 2):
        if (value := number(row[columns["gap"]])) is not None:
            key, role, other = (row[columns[name]] for name in GAPS[:3])
            decimals = value[1] if sheet.as_printed else max(value[1], usual)
            source = f"{sheet.source}, row {place}"
            yield Fact(key, EVERYBODY, role, "gap", value[0], decimals, source, other, release)


def _read_page(sheet: Sheet, labels: Labels, release: int, facts: list[Fact], hidden: list[Hidden]) -> None:
    """Each cell is about what its row, its column and the words above the table name; a region's headline is equal."""
    about_table = labels.within(sheet.title)
    named = [labels.of_words(words) for words in sheet.header]
    for place, row in enumerate(sheet.rows, 1):
        label = labels.of_words(row[0]) if row else None
        if label is None and row and row[0].casefold() in _WHOLE_THEME and about_table.get(KEY) in labels.themes:
            label = (KEY, about_table[KEY])
        if label is None:
            continue
        for column, words in enumerate(row[1 : len(named)], 1):
            is_people = sheet.header[column].casefold() in _PEOPLE_HEADERS
            of_column = named[column]
            if of_column is None and not is_people:
                continue
            about = {ROLE: EVERYBODY, ORGANISATION: EVERYBODY, **about_table}
            if is_people and about_table.get(ORGANISATION) is None and label[0] == KEY:
                about[ORGANISATION] = EVERYBODY
            about |= dict([pair for pair in (of_column, label) if pair is not None])
            source = f"{sheet.source}, {sheet.title[:40]}, row {place}, {sheet.header[column]}"
            _add(words, about, source, release, facts, hidden, is_people=is_people)


_WHOLE_THEME: Final = ("the whole theme", "het hele thema", "hele thema")


def _add(
    words: str,
    about: Mapping[str, str],
    source: str,
    release: int,
    facts: list[Fact],
    hidden: list[Hidden],
    *,
    is_people: bool,
) -> None:
    if KEY not in about:
        return
    place = (about[KEY], about[ORGANISATION], about[ROLE])
    value = number(words)
    if value is None:
        if words and not is_people:
            hidden.append(Hidden(*place, source, release))
        return
    statistic = "n" if is_people else "equal" if about[ORGANISATION] == EVERYBODY else "mean"
    facts.append(Fact(*place, statistic, value[0], value[1], source, release=release))
