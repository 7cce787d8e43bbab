"""Files to download."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from werkzeug.wrappers import Response

from surveyapp.reports.datasets import packing
from surveyapp.reports.datasets.table import Download
from surveyapp.web import language

FORMATS: Final = {
    "csv": "CSV",
    "xlsx": "Excel (XLSX)",
    "ods": "OpenDocument (ODS)",
    "sav": "SPSS (SAV)",
    "json": "JSON",
}
"""In which data can be had, as pages name them."""
KIND: Final = f"<any({', '.join(FORMATS)}):kind>"
"""The part of an address that names a format."""
_PIECE: Final = 1 << 16


def csv(text: str, name: str) -> Response:
    """A CSV file that the browser keeps under this name."""
    return Response(
        text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def packed(download: Download, kind: str, stem: str) -> IO[bytes]:
    """Everything of a download in a zip, as a file that is gone once it is closed; raises as ``packing.files`` does."""
    with tempfile.TemporaryDirectory(prefix="surveyapp-") as room:
        made = Path(room) / "packed.zip"
        packing.zipped(download, kind, made, stem=stem, language=language.current())
        return made.open("rb")


def sent(file: IO[bytes], stem: str, kind: str) -> Response:
    """The zip, read from disk while it is sent; no browser or proxy keeps it."""
    size = file.seek(0, 2)
    file.seek(0)
    headers = {
        "Content-Disposition": f'attachment; filename="{stem}-{kind}.zip"',
        "Content-Length": str(size),
        "Cache-Control": "no-store",
    }
    response = Response(_pieces(file), mimetype="application/zip", headers=headers)
    response.call_on_close(file.close)
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
