"""The codebook of a download: a row per variable, and a row per value that a variable may have."""

import re
from collections.abc import Container, Iterable, Iterator
from typing import Final

from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE
from surveyapp.reports.datasets.table import Column, Download, Row, Table
from surveyapp.reports.datasets.wording import named

LANGUAGES: Final = (DEFAULT_LANGUAGE, SECOND_LANGUAGE)
FACTS: Final = ("question", "question_kind", "theme", "roles", "conditional", "reverse")
_LONGEST_NAME: Final = 64
"""Bytes of a variable's name in SPSS; ours are ASCII."""
_RESERVED: Final = frozenset(["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"])
_NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9_.]")


def codebook(download: Download) -> tuple[Table, Table]:
    """The tables ``codebook`` and ``values`` of every table of this download."""
    tables = (*download.tables, *download.listings)
    return _variables(tables), _values(tables)


def names_in_spss(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """A name that SPSS takes for each column: its key, but for the few that are too long or mean something there."""
    found: dict[str, None] = {}
    for column in columns:
        name = wanted = _NOT_IN_A_NAME.sub("_", column.key)[:_LONGEST_NAME].rstrip(".")
        if not wanted[:1].isalpha() or wanted.lower() in _RESERVED:
            name = wanted = f"v_{wanted}"[:_LONGEST_NAME]
        number = 1
        while name.lower() in found:
            number += 1
            name = f"{wanted[: _LONGEST_NAME - 5]}_{number}"
        found[name.lower()] = None
    return tuple(found)


def _variables(tables: tuple[Table, ...]) -> Table:
    heads = ("table", "variable", "sav_variable", *(f"label_{each}" for each in LANGUAGES), "type", "measure")
    more = ("decimals", *(f"codes_{each}" for each in LANGUAGES), "missing", *FACTS)

    def rows() -> Iterator[Row]:
        for table in tables:
            for column, name in zip(table.columns, names_in_spss(table.columns), strict=True):
                yield (
                    *(table.name, column.key, name),
                    *(column.label.get(language, "") for language in LANGUAGES),
                    *(column.kind, column.measure, column.decimals),
                    *(_codes(column, language) for language in LANGUAGES),
                    ";".join(f"{value.number}={value.code}" for value in column.values if value.missing),
                    *(column.facts.get(fact, "") for fact in FACTS),
                )

    return Table("codebook", named("table_codebook"), _columns(heads + more, {"decimals"}), rows)


def _values(tables: tuple[Table, ...]) -> Table:
    heads = ("table", "variable", "code", "sav_code", *(f"label_{each}" for each in LANGUAGES), "missing")

    def rows() -> Iterator[Row]:
        for table in tables:
            for column in table.columns:
                for value in column.values:
                    number = value.number if column.kind != "text" else None
                    labels = (value.label.get(language, "") for language in LANGUAGES)
                    yield (table.name, column.key, value.code, number, *labels, int(value.missing))

    return Table("values", named("table_values"), _columns(heads, {"sav_code", "missing"}), rows)


def _columns(keys: Iterable[str], whole: Container[str]) -> tuple[Column, ...]:
    return tuple(
        Column(key, named(f"codebook_{key}"), "integer" if key in whole else "text", "nominal") for key in keys
    )


def _codes(column: Column, language: str) -> str:
    """``code=label; ...``; of names of places and the like, of which there may be hundreds, only in ``values``."""
    if column.kind == "text":
        return ""
    return "; ".join(f"{value.code}={value.label.get(language, '')}" for value in column.values)
