"""What stands before the caption of a table or figure: its kind and number."""

from typing import Final

from surveyapp.questionnaires.text import Text, say

KINDS: Final[dict[str, Text]] = {
    "table": {"nl": "Tabel", "en": "Table"},
    "figure": {"nl": "Figuur", "en": "Figure"},
}


def caption_of(kind: str, number: int, language: str) -> str:
    """``Tabel 3.``"""
    return f"{say(KINDS[kind], language)} {number}."
