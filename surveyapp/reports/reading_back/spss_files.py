"""SPSS .sav: the data, values marked missing included, and everything said about them."""

import tempfile
from pathlib import Path

import pyreadstat

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.sheet import Content, leftovers, sheet, written

WITH_MISSING = True
"""Whether values are read that SPSS was told to pass over."""


def read(content: bytes, source: str) -> Content:
    """The one table, with values that SPSS would treat as missing; labels and notes are words that few people read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        path.write_bytes(content)
        frame, about = pyreadstat.read_sav(path, user_missing=WITH_MISSING)
    rows = [
        list(map(str, frame.columns)),
        *([written(value) for value in row] for row in frame.itertuples(index=False)),
    ]
    found = sheet(source, source, rows, as_printed=False)
    words = [about.file_label, *(about.notes or []), *(label or "" for label in about.column_labels)]
    words += [label for labels in about.variable_value_labels.values() for label in map(str, labels.values())]
    unseen: list[Leftover] = [each for text in words if text for each in leftovers(text, f"{source}, labels and notes")]
    return Content((found,) if found else (), tuple(unseen))
