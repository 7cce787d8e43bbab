"""CSV, with commas or semicolons."""

import csv
import io

from surveyapp.reports.reading_back.sheet import Content, leftovers, sheet


def read(content: bytes, source: str) -> Content:
    """The table; lines that begin with # are notes that a spreadsheet shows but a statistician skips."""
    text = content.decode("utf-8-sig")
    notes = [line for line in text.splitlines() if line.startswith("#")]
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("#")]
    first = lines[0] if lines else ""
    separator = ";" if first.count(";") > first.count(",") else ","
    rows = list(csv.reader(io.StringIO("".join(lines)), delimiter=separator))
    found = sheet(source, source, rows, alone=True)
    unseen = tuple(each for note in notes for each in leftovers(note.lstrip("# "), f"{source}, a note"))
    return Content((found,) if found else (), unseen)
