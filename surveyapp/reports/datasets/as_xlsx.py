"""An Excel workbook: a sheet per table, then the codebook and what to know first.

XlsxWriter's ``constant_memory`` writes rows as they come, so that memory does not grow with them; what it has written
waits in a temporary file. No cell can become a formula or a link: text is written as text.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from surveyapp.errors import InvalidContent
from surveyapp.reports.datasets.table import Cell, Table

MOST_ROWS: Final = 1_048_575
"""Below the header of a sheet."""
LONGEST_CELL: Final = 32_767
"""Characters, counted as UTF-16 does."""
CUT: Final = " […]"
_OPTIONS: Final[dict[str, Any]] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def write(tables: Sequence[Table], readme: str, out: Path) -> None:
    """Write the tables as sheets of one workbook.

    Raises ``InvalidContent`` (``too-many-rows``, with ``most``) for a table that no sheet can hold.
    """
    with Workbook(str(out), _OPTIONS) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, [column.key for column in table.columns], bold)
            fixed = [_format(book, column.decimals) for column in table.columns]
            for number, row in enumerate(table.rows(), 1):
                if number > MOST_ROWS:
                    raise InvalidContent("too-many-rows", most=MOST_ROWS)
                for place, cell in enumerate(row):
                    _write(sheet, number, place, cell, day if isinstance(cell, date) else fixed[place])
        sheet = book.add_worksheet("README")
        for number, line in enumerate(readme.splitlines()):
            sheet.write_string(number, 0, line)


def _format(book: Workbook, decimals: int | None) -> Any:  # noqa: ANN401 - XlsxWriter has no types
    return book.add_format({"num_format": f"0.{'0' * decimals}"}) if decimals else None


def _write(sheet: Worksheet, row: int, place: int, cell: Cell, form: Any) -> None:  # noqa: ANN401
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, fitting(cell))
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, form)
    else:
        sheet.write_number(row, place, cell, form)


def fitting(text: str) -> str:
    """As much of the text as a cell holds, with a mark where it was cut."""
    if len(text) * 2 <= LONGEST_CELL or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    room = (LONGEST_CELL - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT
