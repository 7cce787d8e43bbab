"""Everything in a folder, a zip or a file, whatever the formats."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from surveyapp.analysis.attacking import Reading
from surveyapp.reports.reading_back import (
    csv_tables,
    html_pages,
    json_documents,
    open_documents,
    pdf_pages,
    pictures,
    plain_words,
    spss_files,
    text_documents,
    workbooks,
)
from surveyapp.reports.reading_back.facts import reading
from surveyapp.reports.reading_back.labels import Labels
from surveyapp.reports.reading_back.sheet import Content

READERS: Final[Mapping[str, Callable[[bytes, str], Content]]] = {
    ".csv": csv_tables.read,
    ".docx": text_documents.read_docx,
    ".html": html_pages.read,
    ".htm": html_pages.read,
    ".svg": html_pages.read_drawing,
    ".json": json_documents.read,
    ".ods": open_documents.read,
    ".odt": text_documents.read_odt,
    ".pdf": pdf_pages.read,
    ".png": pictures.read,
    ".sav": spss_files.read,
    ".txt": plain_words.read,
    ".xlsx": workbooks.read,
}
"""By the end of a file's name."""


class Unreadable(ValueError):
    """A file that is not what its name says."""


def files_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files in a folder, however deep, in a zip, or of the one file that it is."""
    if path.is_dir():
        for below in sorted(path.rglob("*")):
            if below.is_file():
                yield from opened(str(below.relative_to(path)), below.read_bytes())
    else:
        yield from opened(path.name, path.read_bytes())


def opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The file, or what is in it where it is a zip."""
    if not name.lower().endswith(".zip"):
        yield name, content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for each in sorted(archive.namelist()):
            if not each.endswith("/"):
                yield from opened(f"{name}/{each}", archive.read(each))
        yield from _remarks(name, archive)


def _remarks(name: str, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """What is written beside the files in a zip."""
    for remark in (archive.comment, *(part.comment for part in archive.infolist())):
        if remark:
            yield f"{name}/remark.txt", remark


def read_all(files: Iterable[tuple[str, bytes]], labels: Labels | None = None, release: int = 0) -> Reading:
    """What is read in files that one person can put side by side; ``labels`` are needed for pages with names.

    Files of other kinds are passed over. Raises ``Unreadable`` with the name of a file that is broken.
    """
    contents = []
    for name, content in files:
        reader = READERS.get(Path(name).suffix.lower())
        if reader is None:
            continue
        try:
            contents.append(reader(content, name))
        except Exception as broken:
            raise Unreadable(name) from broken
    return reading(contents, labels or Labels(), release)
