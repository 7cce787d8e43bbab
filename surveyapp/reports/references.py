"""Numbers inside what people write: ``{{score g3}}`` stands for the score of a theme, and stays current.

A text keeps which numbers stood there when it was last read over, so that a change of numbers is noticed.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

from surveyapp.reports.numbers import percentage, signed
from surveyapp.reports.report import Report
from surveyapp.reports.wording import cell_text

_REFERENCE: Final = re.compile(r"\{\{\s*([a-z][a-z0-9_.]*(?: [a-z0-9_.]+){0,2})\s*\}\}")
_BRACES: Final = re.compile(r"\{\{[^{}\n]*\}{0,2}|\}\}")
UNKNOWN: Final = "–"
"""Stands where a text refers to a number that there is not."""


def numbers_of(report: Report) -> dict[str, str]:
    """Every number that a text of this report can refer to, as it is printed, by its reference.

    ``score g3`` and ``score 3.2`` of the region, ``own g3`` of the organisation that it is about, ``n g3``, ``gap g3``,
    ``responded``, ``invited`` and ``response``, and ``threshold``.
    """
    language = report.language
    numbers = {"threshold": str(report.threshold)}
    for chapter in report.chapters:
        numbers[f"score {chapter.key}"] = cell_text(chapter.region, language)
        if chapter.own is not None:
            numbers[f"own {chapter.key}"] = cell_text(chapter.own, language)
        if chapter.n is not None:
            numbers[f"n {chapter.key}"] = str(chapter.n)
        if chapter.gap is not None:
            numbers[f"gap {chapter.key}"] = signed(chapter.gap.gap, language)
        for row in chapter.statements:
            numbers[f"score {row.code}"] = cell_text(row.region, language)
            if row.own is not None:
                numbers[f"own {row.code}"] = cell_text(row.own, language)
    whole = report.response.summary
    if whole is not None and whole.responded is not None:
        numbers["responded"] = str(whole.responded)
        if whole.invited:
            numbers["invited"] = str(whole.invited)
            numbers["response"] = percentage(whole.responded / whole.invited, language)
    return numbers


def references(text: str) -> tuple[str, ...]:
    """What a text refers to, in its order, each once."""
    return tuple(dict.fromkeys(match.group(1) for match in _REFERENCE.finditer(text)))


def offered(numbers: Mapping[str, str]) -> dict[str, str]:
    """Those that stand for a number, and not for the sign of why it is not told."""
    return {each: number for each, number in numbers.items() if any(letter.isdigit() for letter in number)}


def unknown(text: str, known: Collection[str]) -> tuple[str, ...]:
    """What is written as a reference and is none of the ``known`` ones, as it was written, each once."""
    strange = [f"{{{{{each}}}}}" for each in references(text) if each not in known]
    return tuple(dict.fromkeys([*strange, *_BRACES.findall(_REFERENCE.sub("", text))]))


def filled(text: str, numbers: Mapping[str, str]) -> str:
    """The text with its numbers; a dash where there is none."""
    return _REFERENCE.sub(lambda match: numbers.get(match.group(1), UNKNOWN), text)


def changed(text: str, known: Mapping[str, str], numbers: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Reference -> what stood there when the text was last read over, and what stands there now, where these differ."""
    return {
        each: (known.get(each, UNKNOWN), numbers.get(each, UNKNOWN))
        for each in references(text)
        if known.get(each, UNKNOWN) != numbers.get(each, UNKNOWN)
    }
