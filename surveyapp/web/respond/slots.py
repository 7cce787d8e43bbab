"""Places on a rendered page that are filled in for each respondent."""

from typing import Final

from markupsafe import Markup

EDGE: Final = "\x00"
"""Stands in no page otherwise."""


def slot(name: str) -> Markup:
    """A place for what goes by this name."""
    return Markup(f"{EDGE}{name}{EDGE}")  # noqa: S704 - keys of a checked questionnaire


def text(name: str) -> Markup:
    """A place for the words in a field."""
    return slot(f"text:{name}")


def checked(name: str, code: str) -> Markup:
    """A place to check a radio button or box."""
    return slot(f"checked:{name}={code}")


def selected(name: str, code: str) -> Markup:
    """A place to choose one of a list."""
    return slot(f"selected:{name}={code}")
