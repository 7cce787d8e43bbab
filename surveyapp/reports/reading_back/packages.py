"""The parts of an XLSX or ODS file, which is a zip: words in those that no program shows."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.sheet import decimals_in

_MARKUP: Final = re.compile(r"<AppVersion>[^<]*|<meta:generator>[^<]*|<[^>]*>")
"""Tags, and which version of a program wrote the file."""
_MADE_OF_WORDS: Final = (".xml", ".rels", ".rdf", ".txt", ".json", ".vml")
_SHEETS: Final = re.compile(r"xl/worksheets/[^/]*\.xml|xl/styles\.xml|xl/theme/.*|styles\.xml|\[Content_Types\]\.xml")
"""Read cell by cell elsewhere, or nothing but looks."""


def words_of_parts(content: bytes, source: str) -> Iterator[Leftover]:
    """The decimal numbers between the tags of every part but the sheets."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.infolist():
            if part.filename.endswith(_MADE_OF_WORDS) and not _SHEETS.fullmatch(part.filename):
                text = package.read(part).decode("utf-8", "replace")
                yield from decimals_in(_MARKUP.sub(" \n ", text), f"{source}, part {part.filename}")
