"""PNG: nobody reads numbers from dots, but a picture can carry words."""

import io

from PIL import ExifTags, Image

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.sheet import Content, figure, leftovers


def read(content: bytes, source: str) -> Content:
    """The texts stored beside the picture, and what a camera would note; a description repeats what is drawn."""
    with Image.open(io.BytesIO(content)) as picture:
        words = {str(name): str(value) for name, value in picture.info.items() if isinstance(value, str)}
        noted = _noted(picture)
    unseen: list[Leftover] = []
    for name, text in {**words, **noted}.items():
        unseen += leftovers(text, f"{source}, {name}", figure(words["Title"]) if "Title" in words else "")
    return Content((), tuple(unseen))


def _noted(picture: Image.Image) -> dict[str, str]:
    return {ExifTags.TAGS.get(tag, str(tag)): str(value) for tag, value in picture.getexif().items()}
