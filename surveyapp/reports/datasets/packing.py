"""A download as files in one of five formats, with codebook and README; in a folder, or in a zip."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE
from surveyapp.reports.datasets import as_csv, as_json, as_ods, as_sav, as_xlsx
from surveyapp.reports.datasets.codebook import codebook
from surveyapp.reports.datasets.readme import FILE, readme
from surveyapp.reports.datasets.table import Download

FORMATS: Final = ("csv", "xlsx", "ods", "sav", "json")
"""By the letters that a file's name ends with."""
_SQUEEZE: Final = 3
"""How hard to compress, of 9: beyond this it takes three times the time for a tenth of the size."""
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_PIECE: Final = 1 << 18


def zipped(download: Download, kind: str, out: Path, *, stem: str, language: str = DEFAULT_LANGUAGE) -> None:
    """Write everything into one zip, in a folder named ``stem``. Raises as ``files`` does."""
    with tempfile.TemporaryDirectory(prefix="surveyapp-") as room:
        made = files(download, kind, Path(room), stem=stem, language=language)
        with ZipFile(out, "w") as packed:
            for each in made:
                part = ZipInfo(f"{stem}/{each.name}", _LONG_AGO)
                part.compress_type, part.external_attr = ZIP_DEFLATED, 0o644 << 16
                part._compresslevel = _SQUEEZE  # type: ignore[attr-defined]  # noqa: SLF001 - no other way for one part
                with packed.open(part, "w", force_zip64=True) as into, each.open("rb") as file:
                    while piece := file.read(_PIECE):
                        into.write(piece)


def files(
    download: Download,
    kind: str,
    room: Path,
    *,
    stem: str,
    language: str = DEFAULT_LANGUAGE,
    brief: bool = False,
) -> list[Path]:
    """Write the download into this folder: the data first, then what tells about them; returns the files.

    ``brief`` leaves out of files of text what their listings say as well. Raises ``InvalidContent``:
    ``unknown-format``, and ``too-many-rows`` (``most``) where the format cannot hold them.
    """
    if kind not in _DATA:
        raise InvalidContent("unknown-format", format=kind)
    twice = brief and kind == "csv" and bool(download.listings)
    made = _DATA[kind](replace(download, tables=()) if twice else download, room, stem, language)
    for table in codebook(download):
        made.append(room / f"{table.name}.csv")
        as_csv.write(table, made[-1])
    made.append(room / FILE)
    made[-1].write_text(readme(download, kind, stem), encoding="utf-8", newline="\n")
    return made


def _csv(download: Download, room: Path, stem: str, language: str) -> list[Path]:
    del stem, language
    tables = (*download.listings, *download.tables)
    made = [room / f"{table.name}.csv" for table in tables]
    for table, file in zip(tables, made, strict=True):
        as_csv.write(table, file)
    return made


def _json(download: Download, room: Path, stem: str, language: str) -> list[Path]:
    del language
    as_json.write(download, room / f"{stem}.json")
    return [room / f"{stem}.json"]


def _xlsx(download: Download, room: Path, stem: str, language: str) -> list[Path]:
    del language
    as_xlsx.write((*download.tables, *codebook(download)), readme(download, "xlsx", stem), room / f"{stem}.xlsx")
    return [room / f"{stem}.xlsx"]


def _ods(download: Download, room: Path, stem: str, language: str) -> list[Path]:
    del language
    as_ods.write((*download.tables, *codebook(download)), readme(download, "ods", stem), room / f"{stem}.ods")
    return [room / f"{stem}.ods"]


def _sav(download: Download, room: Path, stem: str, language: str) -> list[Path]:
    del stem
    made = [room / f"{table.name}.sav" for table in download.tables]
    for table, file in zip(download.tables, made, strict=True):
        as_sav.write(table, language, file)
    return made


_DATA: Final[dict[str, Callable[[Download, Path, str, str], list[Path]]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "ods": _ods,
    "sav": _sav,
    "json": _json,
}
