"""PNG: nobody reads numbers from dots, but a picture can carry words."""

import io

from PIL import Image

from surveyapp.reports.reading_back.sheet import Content, leftovers


def read(content: bytes, source: str) -> Content:
    """The texts stored beside the picture."""
    with Image.open(io.BytesIO(content)) as picture:
        words = {str(name): str(value) for name, value in picture.info.items() if isinstance(value, str)}
    unseen = [each for name, text in words.items() for each in leftovers(text, f"{source}, {name}")]
    return Content((), tuple(unseen))
