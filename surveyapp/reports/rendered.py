"""What comes out of drawing or printing."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Rendered:
    """Bytes to keep or to send; ``name`` is a file name with its extension."""

    content: bytes
    media_type: str
    name: str


def file_name(title: str, extension: str) -> str:
    """A title as a file name that every system accepts: ``Súdwest-Fryslân`` -> ``sudwest-fryslan.pdf``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].rstrip("-")
    return f"{stem or 'document'}.{extension}"
