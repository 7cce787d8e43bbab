"""Tables with the counts of answers to each question, and with what sums them up."""

from collections.abc import Iterator, Mapping
from typing import Final

from surveyapp.analysis.answered import DISTRIBUTION_COLUMNS, MEASURE_COLUMNS
from surveyapp.analysis.attacking import Fact
from surveyapp.analysis.attacking.facts import ANSWER
from surveyapp.reports.reading_back.sheet import Sheet, number

ABOUT: Final = ("question", "option", "organisation", "role")
COUNTED: Final = frozenset(DISTRIBUTION_COLUMNS)
MEASURED: Final = frozenset(MEASURE_COLUMNS)
_NUMBERS: Final = tuple(name for name in MEASURE_COLUMNS if name not in ABOUT)


def facts_of_answers(sheet: Sheet, columns: Mapping[str, int], release: int) -> Iterator[Fact] | None:
    """The facts of such a table; None if it is none."""
    if set(columns) >= COUNTED:
        return _counted(sheet, columns, release)
    return _measured(sheet, columns, release) if set(columns) >= MEASURED else None


def _counted(sheet: Sheet, columns: Mapping[str, int], release: int) -> Iterator[Fact]:
    for place, row in enumerate(sheet.rows, 2):
        answer = row[columns["answer"]]
        for name, statistic in (("count", f"{ANSWER}{answer}"), ("share", f"share of {answer}")):
            yield from _fact(sheet, row, columns, place, name, statistic, release)


def _measured(sheet: Sheet, columns: Mapping[str, int], release: int) -> Iterator[Fact]:
    for place, row in enumerate(sheet.rows, 2):
        for name in _NUMBERS:
            yield from _fact(sheet, row, columns, place, name, f"measure {name}", release)


def _fact(
    sheet: Sheet, row: tuple[str, ...], columns: Mapping[str, int], place: int, name: str, statistic: str, release: int
) -> Iterator[Fact]:
    question, option, organisation, role = (row[columns[each]] for each in ABOUT)
    value = number(row[columns[name]])
    if value is not None:
        key = f"{question}:{option}" if option else question
        source = f"{sheet.source}, row {place}"
        yield Fact(key, organisation, role, statistic, value[0], value[1], source, release=release)
