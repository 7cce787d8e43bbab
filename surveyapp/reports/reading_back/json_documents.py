"""JSON: lists of records, and tables stored column by column; any other number is a leftover."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.sheet import Content, Sheet, leftovers, sheet, written


def read(content: bytes, source: str) -> Content:
    """Everything in the document, however deep."""
    sheets: list[Sheet] = []
    unseen: list[Leftover] = []
    for path, value in _walk(json.loads(content.decode("utf-8")), ""):
        rows = _rows(value)
        if rows is None:
            unseen += leftovers(written(value), f"{source}, {path or 'top'}") if _is_decimal(value) else []
        elif (found := sheet(source, path, rows, as_printed=False)) is not None:
            sheets.append(found)
    return Content(tuple(sheets), tuple(unseen))


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - as json has it
    """Tables and single values, with where they stand."""
    if _rows(value) is not None or not isinstance(value, dict | list):
        yield path, value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from _walk(below, f"{path}/{name}")
    else:
        for place, below in enumerate(value):
            yield from _walk(below, f"{path}/{place}")


def _rows(value: Any) -> list[list[str]] | None:  # noqa: ANN401 - as json has it
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        names = list(dict.fromkeys(name for record in value for name in record))
        return [names, *([_cell(record.get(name)) for name in names] for record in value)]
    if isinstance(value, Mapping) and value and all(isinstance(each, list) for each in value.values()):
        if len({len(each) for each in value.values()}) > 1 or len(value) == 1:
            return None
        columns = [[_cell(each) for each in column] for column in value.values()]
        return [list(value), *([column[place] for column in columns] for place in range(len(columns[0])))]
    return None


def _cell(value: object) -> str:
    return json.dumps(value) if isinstance(value, dict | list) else written(value)


def _is_decimal(value: object) -> bool:
    """A whole number is a threshold or a version, written in digits too; a decimal one may be a score."""
    if isinstance(value, str):
        return not value.isdigit()
    return isinstance(value, float) and not value.is_integer()
