"""A study that lists of people refer to, and lists in every kind of file."""

import io
from collections.abc import Iterable
from typing import Any

import openpyxl

from surveyapp.analysis.reading.people import Expected, People, read
from surveyapp.questionnaires import library
from surveyapp.reports.people_faults import sentence

ROLES = library.load("seven-habits/1").questionnaire.roles
ORGANISATIONS = {"GM0141": "Almelo", "GM0147": "Borne", "GM0153": "Enschede", "OZJT": "Samen14"}
EXPECTED = Expected(ORGANISATIONS, ROLES, ("nl", "en"))
TITLES = ("naam", "e-mail", "organisatie", "rol", "taal")


def listed(*rows: str, titles: str = "name,email,organisation,role,language", end: str = "\n") -> bytes:
    """A CSV file in UTF-8."""
    return "".join(row + end for row in (titles, *rows)).encode()


def workbook(*rows: Iterable[Any], titles: Iterable[Any] = TITLES) -> bytes:
    """An XLSX file."""
    made = openpyxl.Workbook()
    sheet: Any = made.active
    for row in (titles, *rows):
        sheet.append(list(row))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def told(content: bytes, expected: Expected = EXPECTED) -> list[tuple[int, str, str, str]]:
    """Row, column, code and advice of every fault, each of which has words in both languages."""
    problems = read(content, expected).problems
    assert all(sentence(fault, language) for fault in problems for language in ("nl", "en"))
    return [(fault.row, fault.column, fault.code, fault.advice) for fault in problems]


def everybody(found: People) -> list[tuple[str, ...]]:
    """Who was read, without rows; nobody where anything was wrong."""
    assert found.problems == ()
    return [(each.name, each.email, each.organisation, each.role, each.language) for each in found.rows]
