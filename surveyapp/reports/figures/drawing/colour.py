"""Colours for scores and answers, and letters that stay legible on them."""

import matplotlib as mpl
from matplotlib.colors import to_hex, to_rgb

_DARKEST, _LIGHTEST = 0.06, 0.94
"""The ends of a palette are nearly black; these still show which end it is."""


def score_colour(value: float, lowest: int, highest: int, palette: str) -> str:
    """The palette's colour of a score on a fixed scale, its middle at the palette's middle."""
    share = min(max((value - lowest) / (highest - lowest), 0.0), 1.0)
    return to_hex(mpl.colormaps[palette](_DARKEST + share * (_LIGHTEST - _DARKEST)))


def point_colours(points: int, palette: str, neutral: str) -> list[str]:
    """A colour per point of a scale; the middle of an odd scale is neutral."""
    colours = [score_colour(point, 0, max(points - 1, 1), palette) for point in range(points)]
    if points % 2:
        colours[points // 2] = neutral
    return colours


def sequence_colours(places: int, palette: str) -> list[str]:
    """A colour per place in an order, from dark to light."""
    shares = [_DARKEST + place / max(places - 1, 1) * (_LIGHTEST - _DARKEST) for place in range(places)]
    return [to_hex(mpl.colormaps[palette](share)) for share in shares]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def letters_on(background: str) -> str:
    """Black or white, whichever stands out more."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, background))


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
