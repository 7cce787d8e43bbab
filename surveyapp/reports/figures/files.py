"""A figure as files: what does not need a drawing library. The pictures are made by ``drawing``."""

import csv
import hashlib
import io
import re
from typing import Final

from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.rendered import Rendered, file_name
from surveyapp.reports.spreadsheet import harmless

FORMATS: Final = {"svg": "figure", "png": "figure-png", "csv": ""}
"""Extension -> the kind of rendering that a worker makes; a table needs no worker."""
_NUMBER: Final = re.compile(r"[+\u2212]?\d+(?:[.,]\d+)?%?")


def digest_of(figure_digest: str, form: str) -> str:
    """Under which digest a figure is kept in this format: SVG under its own, any other under one made from it."""
    return figure_digest if form == "svg" else hashlib.sha256(f"{form}\n{figure_digest}".encode()).hexdigest()


def name_of(figure: Figure, form: str) -> str:
    """The file name of a figure in this format."""
    return file_name(figure.title, form)


def table_file(figure: Figure) -> Rendered:
    """The figure's data table as CSV: semicolons, CRLF, UTF-8 with a mark, and no cell that could be a formula.

    Numbers are written as people of its language write them, a minus as the one on the keyboard, and never a plus.
    """
    table, text = figure.table(), io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in (table.header, *table.rows):
        writer.writerow([_cell(words) for words in row])
    return Rendered(("\ufeff" + text.getvalue()).encode(), "text/csv", name_of(figure, "csv"))


def _cell(words: str) -> str:
    if _NUMBER.fullmatch(words):
        return words.replace("\u2212", "-").removeprefix("+")
    return harmless(words)
