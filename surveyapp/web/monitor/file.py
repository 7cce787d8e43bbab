"""The response as a table for a spreadsheet."""

from collections.abc import Iterator, Sequence
from typing import Final

from surveyapp.analysis.counts import EVERYONE
from surveyapp.queries.open_links import OpenCell
from surveyapp.reports import spreadsheet
from surveyapp.web.monitor.table import Count, OfRole, Table, Target

COLUMNS: Final = (
    "organisation",
    "name",
    "role",
    "invited",
    "opened",
    "started",
    "submitted",
    "rate",
    "target",
    "missing",
    "remindable",
    "open_link",
)
"""``rate`` and ``target`` are percentages of those invited, ``missing`` is how many answers the target still takes;
``open_link`` is ``yes`` where people came through an open link, so that nobody was invited and there is no rate."""


def text(table: Table, open_cells: Sequence[OpenCell]) -> str:
    """A row per organisation and role, totals under ``all``, and then who came through an open link."""
    return spreadsheet.table(COLUMNS, [*_rows(table), *(_through_link(cell) for cell in open_cells)])


def _rows(table: Table) -> Iterator[tuple[str | int, ...]]:
    for row in table.rows:
        yield from (_of_role(row.code, row.name, each) for each in row.roles)
        yield _row(row.code, row.name, EVERYONE, row.count, None)
    yield from (_of_role(EVERYONE, "", each) for each in table.roles)
    yield _row(EVERYONE, "", EVERYONE, table.count, None)


def _of_role(code: str, name: str, each: OfRole) -> tuple[str | int, ...]:
    return _row(code, name, each.role.key, each.count, each.target)


def _row(code: str, name: str, role: str, count: Count, target: Target | None) -> tuple[str | int, ...]:
    people = (count.invited, count.opened, count.started, count.submitted)
    rate = round(100 * count.rate) if count.rate is not None else ""
    wanted = (target.percentage, target.missing) if target is not None else ("", "")
    return (code, name, role, *people, rate, *wanted, count.remindable, "")


def _through_link(cell: OpenCell) -> tuple[str | int, ...]:
    return ("", cell.name, cell.role, "", cell.started, "", cell.sent, "", "", "", "", "yes")
