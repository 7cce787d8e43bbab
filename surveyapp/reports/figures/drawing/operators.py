"""From a specification to the operators of a PDF (ISO 32000-1, 8.5), to be put on a page as they are.

An SVG on its way into a PDF is read back letter by letter, which takes longer than all the rest of a report.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.path import Path as Outline
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform, Transform

from surveyapp.reports.figures.drawing.drawn import draw
from surveyapp.reports.figures.specification import AnyFigure

_DECIMALS: Final = 2
"""Of a pixel, which is less than a fifth of a millimetre on paper."""
TILE: Final = 72.0
"""Pixels that a hatch takes before it begins again, as in the SVG."""
_CAPS: Final = {"butt": 0, "round": 1, "projecting": 2}
_STRANGE: Final = re.compile(r"[^A-Za-z0-9-]")


@dataclass(frozen=True)
class Operators:
    """What draws a figure, in pixels from the bottom left; ``forms`` are the letters and hatches that it calls,
    each drawn once, by their names."""

    content: bytes
    forms: Mapping[str, bytes]
    width: float
    height: float


def operators(figure: AnyFigure, fonts: Path | None = None) -> Operators:
    """The figure with its text as outlines; the same figure gives the same bytes."""
    sheet = draw(figure, fonts)
    width, height = (float(inches) * 72 for inches in sheet.get_size_inches())
    renderer = _Renderer(width, height)
    sheet.draw(renderer)
    return Operators(b"\n".join(renderer.written), renderer.forms, width, height)


class _Renderer(RendererBase):
    """Writes each path that it is asked to draw, and calls each letter of each word, whose outline is kept once."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.forms: dict[str, bytes] = {}
        self._size = (width, height)

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def flipy(self) -> bool:
        """Places count from the bottom, as in a PDF."""
        return False

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,  # noqa: ANN401
        mtext: Any = None,  # noqa: ANN401
    ) -> None:
        """One line of words, level."""
        del angle, ismath, mtext
        font = get_font(str(prop.get_file()))
        font.set_size(text_to_path.FONT_SCALE, text_to_path.DPI)
        letters, outlines, _lines = text_to_path.get_glyphs_with_font(font, s)
        scale = prop.get_size_in_points() / text_to_path.FONT_SCALE
        self.written += [b"q", _colour(gc.get_rgb(), b"rg"), _placed(scale, x, y)]
        for name, across, up, _size in letters:
            known = _STRANGE.sub("-", name)
            if known not in self.forms:
                self.forms[known] = _steps(Outline(*outlines[name]), IdentityTransform()) + b"\nf"
            self.written.append(b"q %s /%s Do Q" % (_placed(1, across, up), known.encode()))
        self.written.append(b"Q")

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Outline,
        transform: Transform,
        rgbFace: Any = None,  # noqa: ANN401, N803
    ) -> None:
        """As matplotlib asks for it: filled with ``rgbFace`` where there is one, hatched, and with a line around it."""
        outline = _steps(path, transform)
        if not outline:
            return
        hatch = gc.get_hatch_path()
        has_line = gc.get_linewidth() > 0 and hatch is None
        paint = {(True, True): b"B", (True, False): b"f", (False, True): b"S"}.get((rgbFace is not None, has_line))
        self.written.append(b"q")
        if has_line:
            self.written.append(_line(gc))
        if rgbFace is not None:
            self.written.append(_colour(rgbFace, b"rg"))
        if paint is not None:
            self.written += [outline, paint]
        if hatch is not None:
            name = f"hatch-{len(np.asarray(hatch.vertices))}-{str(gc.get_hatch()).encode().hex()}"
            self.forms.setdefault(name, _steps(hatch, Affine2D().scale(TILE)) + b"\nB")
            self.written += [outline, b"W n", *_hatched(gc, name, transform.transform_path(path).get_extents())]
        self.written.append(b"Q")


def _placed(scale: float, x: float, y: float) -> bytes:
    factor = b"%.6g" % scale
    return b" ".join((factor, b"0 0", factor, _number(x), _number(y), b"cm"))


def _line(gc: GraphicsContextBase) -> bytes:
    start, dashes = gc.get_dashes()
    on_off = b" ".join(_number(float(each)) for each in np.ravel(dashes)) if dashes is not None else b""
    dashed = b"[%s] %s d" % (on_off, _number(start or 0))
    cap = b"%d J" % _CAPS[gc.get_capstyle()]
    return b" ".join((_number(gc.get_linewidth()), b"w", cap, dashed, _colour(gc.get_rgb(), b"RG")))


def _colour(colour: Any, operator: bytes) -> bytes:  # noqa: ANN401 - a tuple or an array
    return b" ".join([*(b"%.4g" % float(part) for part in colour[:3]), operator])


def _hatched(gc: GraphicsContextBase, name: str, extent: Bbox) -> Iterator[bytes]:
    """The tile of a hatch, over and over within what it is cut off by."""
    width, colour = _number(gc.get_hatch_linewidth()), gc.get_hatch_color()
    yield b" ".join((width, b"w", _colour(colour, b"RG"), _colour(colour, b"rg")))
    columns, rows = (
        range(int(low // TILE), int(high // TILE) + 1) for low, high in ((extent.x0, extent.x1), (extent.y0, extent.y1))
    )
    for column in columns:
        for row in rows:
            yield b"q %s /%s Do Q" % (_placed(1, column * TILE, row * TILE), name.encode())


def _steps(path: Outline, transform: Transform) -> bytes:
    """Moves, lines and curves; a curve with one handle as the same one with two."""
    found: list[bytes] = []
    last = np.zeros(2)
    for points, kind in transform.transform_path(path).iter_segments(simplify=False, curves=True):
        if kind == Outline.CLOSEPOLY:
            found.append(b"h")
            continue
        corners = points.reshape(-1, 2)
        if kind == Outline.CURVE3:
            handle, end = corners
            corners = np.array([last + (handle - last) * 2 / 3, end + (handle - end) * 2 / 3, end])
        operator = {Outline.MOVETO: b"m", Outline.LINETO: b"l"}.get(kind, b"c")
        found.append(b" ".join([*map(_number, corners.ravel().tolist()), operator]))
        last = corners[-1]
    return b"\n".join(found)


def _number(value: float) -> bytes:
    """``12.5``, ``3``."""
    return (b"%.*f" % (_DECIMALS, value)).rstrip(b"0").rstrip(b".")
