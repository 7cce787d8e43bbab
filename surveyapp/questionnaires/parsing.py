"""YAML 1.2 into a tree that remembers its lines, with every fault of the writing itself.

In YAML 1.2 an unquoted ``no`` is a word, as an author means it. The tree keeps what could be read of a faulty file, so
that one fault does not hide another.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from surveyapp.questionnaires.problem import Problem

Scalar = str | int | float | bool | None
_TAG: Final = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Node:
    """A piece of a file. ``line`` is where its key stands, or where the item of a list begins; lines count from 1."""

    line: int
    value: "Scalar | tuple[Node, ...] | Mapping[str, Node]" = None

    def at(self, *steps: str | int) -> "Node":
        """The piece at the end of these steps; an empty one on the last line that exists where there is none."""
        node = self
        for step in steps:
            node = node.child(step) or Node(node.line)
        return node

    def child(self, step: str | int) -> "Node | None":
        if isinstance(self.value, Mapping) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, tuple) and isinstance(step, int) and 0 <= step < len(self.value):
            return self.value[step]
        return None

    @property
    def items(self) -> "tuple[Node, ...]":
        """The items of a list; nothing when this is not a list."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def entries(self) -> "Mapping[str, Node]":
        """Key -> piece; nothing when this is not a mapping."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def text(self) -> str | None:
        """The word that stands here; None when something else does."""
        return self.value if isinstance(self.value, str) else None

    def plain(self) -> Any:  # noqa: ANN401 - whatever an author wrote; pydantic judges it
        """The same as dictionaries, lists and scalars."""
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        if isinstance(self.value, Mapping):
            return {key: entry.plain() for key, entry in self.value.items()}
        return self.value

    def walk(self) -> "Iterator[Node]":
        """This piece and every piece inside it, in the order of the file."""
        yield self
        for inner in (*self.items, *self.entries.values()):
            yield from inner.walk()


@dataclass(frozen=True)
class Document:
    """One file as a tree."""

    path: Path
    root: Node

    def problem(self, node: Node, message: str) -> Problem:
        return Problem(self.path, node.line, message)


def parse(path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """The tree of a file and the faults of its writing; no tree where nothing can be read."""
    try:
        content = path.read_bytes()
    except OSError as failure:
        return None, (Problem(path, 1, f"cannot be read ({failure.strerror}): check the file and its rights"),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = content.count(b"\n", 0, failure.start) + 1
        return None, (Problem(path, line, "has a character that is not UTF-8: save the file as UTF-8"),)
    try:
        composed = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError, RecursionError) as failure:
        return None, _writing_faults(path, text, failure)
    if composed is None:
        return None, (Problem(path, 1, "is empty: write its content or remove the file"),)
    reading = _Reading(path)
    root = reading.node(composed, line=composed.start_mark.line + 1)
    return Document(path, root), tuple(reading.problems)


class _Reading:
    """From ruamel's nodes to ours, collecting what cannot be kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def node(self, raw: Any, line: int) -> Node:  # noqa: ANN401 - ruamel's nodes are not typed
        if id(raw) in self._seen:
            self._note(line, "repeats another part through an alias (*): write it out, or put the text between quotes")
            return Node(line)
        self._seen.add(id(raw))
        if not str(raw.tag).startswith(_TAG) or "/" in str(raw.tag):
            self._note(line, f"has the tag {raw.tag}, which is not read: remove it, or put the text between quotes")
        if isinstance(raw, MappingNode):
            return Node(line, self._mapping(raw))
        if isinstance(raw, SequenceNode):
            return Node(line, tuple(self.node(item, item.start_mark.line + 1) for item in raw.value))
        return Node(line, _scalar(raw))

    def _mapping(self, raw: MappingNode) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for key, value in raw.value:
            line = key.start_mark.line + 1
            name = key.value if isinstance(key, ScalarNode) else None
            if name is None:
                self._note(line, "has a list or mapping where a key should stand: write one word before the colon")
            elif name in entries:
                first = entries[name].line
                self._note(line, f"the key '{name}' stands here again after line {first}: keep one of the two")
                self.node(value, line)
            else:
                entries[name] = self.node(value, line)
        return entries

    def _note(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.path, line, message))


def _scalar(raw: ScalarNode) -> Scalar:
    """The value by YAML 1.2; a date stays the text that was written."""
    written = str(raw.value)
    match str(raw.tag).removeprefix(_TAG):
        case "null":
            return None
        case "bool":
            return written.lower() in {"true", "yes", "on"}
        case "int":
            return _number(written, int)
        case "float":
            return _number(written, float)
    return written


def _number(written: str, kind: type[int] | type[float]) -> Scalar:
    try:
        return kind(written)
    except ValueError:
        return written


def _writing_faults(path: Path, text: str, failure: Exception) -> tuple[Problem, ...]:
    """Why the file cannot be read as YAML; a tab in an indent is named on every line that has one."""
    tabs = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r" *\t[\t ]*\S", line)]
    if tabs:
        return tuple(Problem(path, line, "is indented with a tab: use spaces") for line in tabs)
    if isinstance(failure, RecursionError):
        return (Problem(path, 1, "is nested too deeply to be read: use fewer levels"),)
    if isinstance(failure, MarkedYAMLError):
        if _unclosed(failure):
            return (
                Problem(path, failure.context_mark.line + 1, "opens a bracket or quote and never closes it: close it"),
            )
        mark = failure.problem_mark or failure.context_mark
        return (Problem(path, (mark.line if mark else 0) + 1, _broken(failure)),)
    position = getattr(failure, "position", None)
    line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
    return (Problem(path, line, "has a control character that does not belong in text: remove it"),)


def _unclosed(failure: MarkedYAMLError) -> bool:
    """Whether the file ended inside something; that began at the context mark."""
    ended = "end of stream" in str(failure.problem) or "stream end" in str(failure.problem)
    return ended and failure.context_mark is not None


def _broken(failure: MarkedYAMLError) -> str:
    """ruamel's finding with advice for what authors meet most."""
    found = str(failure.problem)
    if "mapping values are not allowed" in found:
        return "has a second colon or a wrong indent: put the text between quotes, or line it up with its neighbours"
    if "cannot start any token" in found:
        character = found.split("'")[1] if "'" in found else "this character"
        return f"has a text that starts with {character}: put the text between quotes"
    if "another document" in found:
        return "has a second document after '---': keep one document in a file"
    if "undefined alias" in found:
        return "has a text that starts with *: put the text between quotes"
    return f"is not valid YAML ({found}): check the indents, colons and quotes here and just above"
