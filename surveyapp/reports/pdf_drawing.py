"""A figure on a page of a PDF: its own operators, put there by WeasyPrint as a picture is."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Self

import pydyf  # type: ignore[import-untyped]

from surveyapp.reports.figures.drawing.operators import TILE, Operators, operators
from surveyapp.reports.figures.specification import from_json

KEPT: Final = 100
"""Drawings that are kept for the next document: reports about organisations of one region have most in common."""
_LETTER: Final = (-100, -100, 300, 200)
"""What a letter of a hundred pixels may cover; wider than any letter of the fonts that are used."""


@dataclass(frozen=True)
class Drawing:
    """What WeasyPrint asks of a picture; ``address`` is what the page calls it."""

    address: str
    drawn: Operators

    @classmethod
    def of(cls, specification: str, fonts: Path | None) -> Self:
        """The drawing of a figure, kept for the next document."""
        named = hashlib.sha256(specification.encode()).hexdigest()
        return cls(f"figure:{named}", _drawn(specification, fonts))

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, float]:
        """Width and height in pixels, and the one divided by the other."""
        return self.drawn.width, self.drawn.height, self.drawn.width / self.drawn.height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:  # noqa: ANN401 - untyped there
        """On a page whose lines count downwards, as wide and high as was found room for."""
        forms = stream._resources["XObject"]  # noqa: SLF001 - as its own add_image does
        for name, outline in self.drawn.forms.items():
            if name not in forms:
                forms[name] = _form(name, outline, compress=stream.compress)
        stream.transform(a=width / self.drawn.width, d=-height / self.drawn.height, f=height)
        stream.stream.append(self.drawn.content)


def _form(name: str, outline: bytes, *, compress: bool) -> pydyf.Stream:
    box = (0, 0, TILE, TILE) if name.startswith("hatch-") else _LETTER
    known = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array(box)}
    return pydyf.Stream([outline], extra=pydyf.Dictionary(known), compress=compress)


@lru_cache(maxsize=KEPT)
def _drawn(specification: str, fonts: Path | None) -> Operators:
    return operators(from_json(specification), fonts)
