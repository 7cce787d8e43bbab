"""The house style of figures, read from ``reports/house/figures.yaml``."""

import hashlib
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from ruamel.yaml import YAML

from surveyapp.content import folder
from surveyapp.questionnaires.shape import Content

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Colours(Content):
    """Everything but the scores."""

    text: Colour
    muted: Colour
    line: Colour
    hatch: Colour
    background: Colour
    neutral: Colour
    band: Colour
    bar: Colour


class Marker(Content):
    """A colour and a shape together, so that colour is never the only difference."""

    colour: Colour
    shape: Literal["circle", "square", "diamond"]


class Layout(Content):
    """Sizes in pixels; a narrow figure is drawn at the width of a telephone, so its letters stay their size."""

    width: Annotated[int, Field(ge=280, le=2000)]
    title: Annotated[float, Field(ge=8, le=40)]
    text: Annotated[float, Field(ge=8, le=40)]
    small: Annotated[float, Field(ge=8, le=40)]
    row: Annotated[float, Field(ge=16, le=100)]


class Style(Content):
    """``palette`` is a diverging matplotlib palette, centred on the middle of the scale; ``sequence`` one that goes
    from dark to light, for places in an order."""

    palette: str
    sequence: str
    colours: Colours
    role_a: Marker
    role_b: Marker
    own: Marker
    region: Marker
    other: Marker
    first_wave: Marker
    second_wave: Marker
    wide: Layout
    narrow: Layout
    page: Layout
    """In documents, as wide as the text of a page of A4."""


def _source() -> bytes:
    return (folder("reports") / "house" / "figures.yaml").read_bytes()


@cache
def style() -> Style:
    """The house style; read once."""
    return Style.model_validate(YAML(typ="safe").load(_source()))


@cache
def style_digest() -> str:
    """SHA-256 of the style file: another style, another picture."""
    return hashlib.sha256(_source()).hexdigest()
