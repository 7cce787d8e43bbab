"""Tables as pages have them: each cell is about what its row, its column and the words around the table name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from surveyapp.analysis.attacking import Fact, Hidden
from surveyapp.analysis.attacking.facts import ANSWER, EVERYBODY
from surveyapp.reports.reading_back.labels import KEY, ORGANISATION, ROLE, Labels
from surveyapp.reports.reading_back.sheet import Sheet, number

_STATISTICS: Final = {
    **dict.fromkeys(("n", "respondents", "respondenten", "answers", "antwoorden"), "n"),
    **{str(mark): f"{ANSWER}{mark}" for mark in range(11)},
    **dict.fromkeys(("agreement", "overeenstemming"), "agreement"),
    **dict.fromkeys(("don’t know", "weet niet"), "dk"),
    **dict.fromkeys(("n/a", "n.v.t."), "na"),
    **dict.fromkeys(("skipped", "leeg"), "skipped"),
    **dict.fromkeys(("bounds", "grenzen"), "bounds"),
    **dict.fromkeys(("difference", "verschil"), "gap"),
    **dict.fromkeys(("cliff’s delta", "cliffs delta"), "cliffs_delta"),
}
"""What the headers of columns call a statistic; one that names an organisation or role is of means."""
_WHOLE_THEME: Final = ("the whole theme", "het hele thema", "hele thema")
_WITHHELD: Final = re.compile("n<|<|•|–|hidden|verborgen")
"""How a cell begins in which a number might have stood; any other words are words."""
_BOUNDS: Final = re.compile(r"(\d[.,]\d+) (?:to|tot) (\d[.,]\d+)")
_BETWEEN: Final = ("gap", "cliffs_delta")
_ANYWHERE: Final = {ROLE: EVERYBODY, ORGANISATION: EVERYBODY}
_PAIR: Final = 2
About = dict[str, str]


@dataclass
class PageFacts:
    """What was read of one table; ``others`` are the words of every cell that was not understood."""

    facts: list[Fact] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Column:
    """What a column shows, and of what; of a difference the role that is subtracted."""

    statistic: str
    about: Mapping[str, str]
    other: str = ""


def facts_of_page(sheet: Sheet, labels: Labels, release: int) -> PageFacts:
    """Of the region a mean is the one in which each organisation counts once; differences are of the region only."""
    found = PageFacts()
    above, columns = labels.within(sheet.title), _columns(sheet, labels)
    for place, row in enumerate(sheet.rows, 1):
        label = _row_label(row, above, labels)
        chosen = _chosen(sheet, labels) if label and KEY in label else {}
        for at, words in enumerate(row):
            column = columns[at]
            about = {**_ANYWHERE, **above, **chosen, **(column.about if column else {}), **(label or {})}
            if column is None or label is None or KEY not in about:
                found.others.append(words)
                continue
            source = f"{sheet.source}, {sheet.title[:40]}, row {place}, {sheet.header[at]}"
            _add(found, words, about, column, source, release)
    return found


def _add(found: PageFacts, words: str, about: About, column: _Column, source: str, release: int) -> None:
    key, organisation, role = about[KEY], about[ORGANISATION], about[ROLE]
    if column.statistic in _BETWEEN:
        organisation = EVERYBODY
    ends = _BOUNDS.fullmatch(words) if column.statistic == "bounds" else None
    name = "equal" if (column.statistic, organisation) == ("mean", EVERYBODY) else column.statistic
    told = zip(("lower", "upper"), ends.groups(), strict=True) if ends else ((name, words),)
    for statistic, text in told:
        value = number(text)
        if value is not None:
            fact = Fact(key, organisation, role, statistic, value[0], value[1], source, column.other, release)
            found.facts.append(fact)
        elif column.statistic == "mean" and _WITHHELD.match(words.casefold()):
            found.hidden.append(Hidden(key, organisation, role, source, release))
        else:
            found.others.append(words)


def _row_label(row: tuple[str, ...], above: Mapping[str, str], labels: Labels) -> About | None:
    if row and row[0].casefold() in _WHOLE_THEME and above.get(KEY) in labels.themes:
        return {KEY: above[KEY]}
    named = labels.of_words(row[0]) if row else None
    return dict([named]) if named is not None else None


def _chosen(sheet: Sheet, labels: Labels) -> About:
    """The role that the page was asked to be about."""
    named = [labels.of_words(words) for words in sheet.around]
    return dict([about for about in named if about is not None and about[0] == ROLE])


def _columns(sheet: Sheet, labels: Labels) -> list[_Column | None]:
    """Per column what it shows; a number of people is about what the column after it is about.

    Beside columns of themes or statements it is of everybody who answered any of them.
    """
    named = [labels.of_words(words) for words in sheet.header]
    of_any = any(about is not None and about[0] == KEY for about in named[1:])
    pair = _pair(sheet, labels)
    found: list[_Column | None] = [None]
    for place, words in list(enumerate(sheet.header))[1:]:
        plain, about = words.casefold(), named[place]
        after = named[place + 1] if place + 1 < len(named) else None
        of_people = labels.of_words(plain.removeprefix("n ")) if plain.startswith("n ") else None
        statistic = _STATISTICS.get(plain, "")
        if of_people is not None:
            found.append(_Column("n", dict([of_people])))
        elif statistic in _BETWEEN:
            found.append(_Column(statistic, {ROLE: pair[0]}, pair[1]) if len(pair) == _PAIR else None)
        elif statistic == "n" and after is not None and after[0] == ORGANISATION:
            found.append(_Column("n", dict([after])))
        elif statistic:
            found.append(_Column("responded" if statistic == "n" and of_any else statistic, {}))
        else:
            found.append(_Column("mean", dict([about])) if about is not None else None)
    return found[: len(sheet.header)]


def _pair(sheet: Sheet, labels: Labels) -> list[str]:
    """The two roles between which a difference lies: those of its columns, or the last two that were named together."""
    for words in (" / ".join(sheet.header), sheet.title, *reversed(sheet.around)):
        roles = labels.roles_in(words)
        if len(roles) == _PAIR:
            return roles
    return []
