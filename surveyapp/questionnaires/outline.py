"""What stands where in the tree of an author's file, and the faults of keys and of references to them."""

from collections.abc import Iterable, Iterator

from surveyapp.questionnaires.parsing import Document, Node
from surveyapp.questionnaires.problem import Problem


def keys(parts: Iterable[Node]) -> list[Node]:
    """The ``key`` of each part that has one."""
    return [part.at("key") for part in parts if part.at("key").text is not None]


def questions(root: Node) -> tuple[Node, ...]:
    return tuple(question for section in root.at("sections").items for question in section.at("questions").items)


def scored(section: Node) -> tuple[Node, ...]:
    """The questions of a section that count towards its theme."""
    return tuple(
        question
        for question in section.at("questions").items
        if question.at("kind").text == "scale" and question.at("purpose").value in {None, "score"}
    )


def scored_with_theme(root: Node) -> Iterator[tuple[str, Node]]:
    """Theme and question of everything that counts towards a theme."""
    for section in root.at("sections").items:
        theme = section.at("theme").text
        if theme is not None:
            for question in scored(section):
                yield theme, question


def repeated(document: Document, found: Iterable[Node], what: str) -> Iterator[Problem]:
    """A key that a neighbour already has."""
    first: dict[str | None, int] = {}
    for node in found:
        if node.text in first:
            line = first[node.text]
            yield document.problem(node, f"{what} '{node.text}' already stands on line {line}: keep one, or rename it")
        else:
            first[node.text] = node.line


def unknown(document: Document, node: Node, known: Iterable[str | None], what: str, where: str) -> Iterator[Problem]:
    """A reference to something that is not there."""
    if node.text is not None and node.text not in set(known):
        yield document.problem(node, f"{what} '{node.text}' does not exist: add it to {where}, or correct the key")


def named(what: str, part: Node) -> str:
    key = part.at("key").text
    return f"{what} '{key}'" if key else f"this {what}"
