"""What tables, columns and values of a download are called: ``reports/download/words.yaml``."""

from functools import cache
from typing import Final

from ruamel.yaml import YAML

from surveyapp.questionnaires.text import Text
from surveyapp.reports.recipe import place

KIND: Final = "download"


def named(key: str) -> Text:
    """The words for this table, column or value in every language of the file."""
    return _words()[key]


@cache
def _words() -> dict[str, Text]:
    """Read once."""
    found: dict[str, Text] = YAML(typ="safe").load((place(KIND) / "words.yaml").read_text(encoding="utf-8"))
    return {key: dict(text) for key, text in found.items()}
