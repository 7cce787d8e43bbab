"""Places in texts that are filled in per respondent: ``{organisation}`` and ``{role}``."""

import re
from collections.abc import Iterator
from typing import Final

from surveyapp.questionnaires.outline import questions
from surveyapp.questionnaires.parsing import Document, Node
from surveyapp.questionnaires.problem import Problem

PLACES: Final = ("organisation", "role")
"""What can be filled in: the name of the respondent's organisation, and that of the role."""
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_STRAY: Final = re.compile(r"[{}]")
_KNOWN: Final = " or ".join(f"{{{place}}}" for place in PLACES)


def place_problems(document: Document) -> Iterator[Problem]:
    """Places that nothing fills in, and places in texts in which none is filled in."""
    sections = document.root.at("sections").items
    filled = [section.at(name) for section in sections for name in ("title", "introduction")]
    filled += [question.at(name) for question in questions(document.root) for name in ("text", "help")]
    for text in filled:
        for words in text.entries.values():
            yield from _unknown_places(document, words)
    for words in _elsewhere(document.root, {id(text) for text in filled}):
        if words.text is not None and any(f"{{{place}}}" in words.text for place in PLACES):
            yield document.problem(
                words,
                "nothing is filled in here, only in title and introduction of a section and in text and help of a "
                "question: write it without {}",
            )


def _unknown_places(document: Document, words: Node) -> Iterator[Problem]:
    if words.text is None:
        return
    for place in _PLACE.findall(words.text):
        if place not in PLACES:
            yield document.problem(words, f"{{{place}}} is not filled in: write {_KNOWN}, or leave out the braces")
    if _STRAY.search(_PLACE.sub("", words.text)):
        yield document.problem(words, f"this text has a single brace: write {_KNOWN}, or leave out the brace")


def _elsewhere(node: Node, filled: set[int]) -> Iterator[Node]:
    """The pieces of the file outside these texts."""
    if id(node) in filled:
        return
    yield node
    for inner in (*node.items, *node.entries.values()):
        yield from _elsewhere(inner, filled)
