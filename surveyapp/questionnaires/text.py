"""Words in more than one language."""

from typing import Annotated, Final

from pydantic import AfterValidator

DEFAULT_LANGUAGE: Final = "nl"
SECOND_LANGUAGE: Final = "en"


def _has_default(text: dict[str, str]) -> dict[str, str]:
    if not text.get(DEFAULT_LANGUAGE, "").strip():
        raise ValueError(f"has no text in {DEFAULT_LANGUAGE!r}")
    return text


Text = Annotated[dict[str, str], AfterValidator(_has_default)]
"""Language -> words. Dutch is always there, so that a third language is content only."""


def locale_of(language: str) -> str:
    """The conventions by which days and numbers are written in a language: English as Europeans write it."""
    return {"en": "en_GB"}.get(language, language)


def say(text: dict[str, str], language: str) -> str:
    """The words in this language, or in Dutch where they were not translated."""
    return text.get(language) or text[DEFAULT_LANGUAGE]
