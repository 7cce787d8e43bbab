"""Tables as pages have them: each cell is about what its row, its column and the words above the table name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp.analysis.attacking import Fact, Hidden
from surveyapp.analysis.attacking.facts import EVERYBODY
from surveyapp.reports.reading_back.labels import KEY, ORGANISATION, ROLE, Labels
from surveyapp.reports.reading_back.sheet import Sheet, number

_PEOPLE: Final = ("n", "respondents", "respondenten")
_GAP: Final = ("difference", "verschil")
_WHOLE_THEME: Final = ("the whole theme", "het hele thema", "hele thema")
_AT_LEAST: Final = 2
About = dict[str, str]


@dataclass(frozen=True)
class _Column:
    """What a column shows: ``mean``, ``n`` or ``gap``, of what is named; of a gap the roles that it lies between."""

    statistic: str
    about: Mapping[str, str]
    other: str = ""


def facts_of_page(sheet: Sheet, labels: Labels, release: int) -> tuple[list[Fact], list[Hidden], list[str]]:
    """The facts, the cells that are hidden, and the words of all cells that were understood as neither.

    Of the region a mean is the one in which each organisation counts once.
    """
    facts: list[Fact] = []
    hidden: list[Hidden] = []
    others: list[str] = []
    above, columns = labels.within(sheet.title), _columns(sheet, labels)
    for place, row in enumerate(sheet.rows, 1):
        label = _row_label(row, above, labels)
        for at, words in enumerate(row):
            column = columns[at]
            about = {**_ANYWHERE, **above, **(column.about if column else {}), **(label or {})}
            if column is None or label is None or KEY not in about:
                others.append(words)
                continue
            source = f"{sheet.source}, {sheet.title[:40]}, row {place}, {sheet.header[at]}"
            cell, value = (about[KEY], about[ORGANISATION], about[ROLE]), number(words)
            if value is not None:
                name = "equal" if (column.statistic, cell[1]) == ("mean", EVERYBODY) else column.statistic
                facts.append(Fact(*cell, name, value[0], value[1], source, column.other, release))
            elif words and column.statistic == "mean":
                hidden.append(Hidden(*cell, source, release))
            else:
                others.append(words)
    return facts, hidden, others


_ANYWHERE: Final = {ROLE: EVERYBODY, ORGANISATION: EVERYBODY}


def _row_label(row: tuple[str, ...], above: Mapping[str, str], labels: Labels) -> About | None:
    if row and row[0].casefold() in _WHOLE_THEME and above.get(KEY) in labels.themes:
        return {KEY: above[KEY]}
    named = labels.of_words(row[0]) if row else None
    return dict([named]) if named is not None else None


def _columns(sheet: Sheet, labels: Labels) -> list[_Column | None]:
    named = [labels.of_words(words) for words in sheet.header]
    roles = [about[1] for about in named if about is not None and about[0] == ROLE and about[1] != EVERYBODY]
    found: list[_Column | None] = [None]
    for words, about in list(zip(sheet.header, named, strict=True))[1:]:
        plain = words.casefold()
        of_people = labels.of_words(plain.removeprefix("n ")) if plain.startswith("n ") else None
        if plain in _PEOPLE:
            found.append(_Column("n", {}))
        elif of_people is not None:
            found.append(_Column("n", dict([of_people])))
        elif plain in _GAP and len(roles) == _AT_LEAST:
            found.append(_Column("gap", {ROLE: roles[0]}, roles[1]))
        else:
            found.append(_Column("mean", dict([about])) if about is not None else None)
    return found[: len(sheet.header)]
