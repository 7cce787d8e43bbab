"""The big list of naughty strings, harmless words to compare with, and what a browser would make of a page."""

import json
import os
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Final

import pytest

from tests.journeys.servers import ROOT

LIST: Final = ROOT / "tests/tools/node_modules/big-list-of-naughty-strings/blns.json"


@cache
def strings() -> tuple[str, ...]:
    """The whole list; without it a reason to skip, in CI to fail."""
    if not LIST.exists():
        reason = "no list of naughty strings: `make tests/tools/node_modules/.complete` fetches it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason, allow_module_level=True)
    found: list[str] = json.loads(LIST.read_text(encoding="utf-8"))
    return tuple(found)


def refused(words: str) -> bool:
    """Whether these cannot be stored: characters that steer a terminal and stand for nothing."""
    return any(unicodedata.category(character) == "Cc" and character not in "\t\n\r" for character in words)


def kept(words: str) -> str:
    """What is stored of words that can be: line ends as one character, and nothing where there are only blanks."""
    ended = words.replace("\r\n", "\n").replace("\r", "\n")
    return ended if ended.strip() else ""


def harmless(words: str) -> str:
    """Letters instead, as long, blank or refused as the words are."""
    if refused(words):
        return "w\x07" + "w" * (len(words) - 2)
    return "w" * len(words) if words.strip() else ""


def plain(words: str) -> str:
    """With every run of blanks as one space, as a browser shows text."""
    return " ".join(words.split())


@dataclass
class Outline(HTMLParser):
    """A page taken apart: its tags with the names of their attributes, and everything else by itself."""

    html: str
    tags: list[tuple[str, ...]] = field(default_factory=list)
    """Of an end tag the name begins with ``/``; what is no tag, text or attribute stands here too, as it is."""
    runs: list[str] = field(default_factory=list)
    """Text between two tags, as it is read."""
    values: list[str] = field(default_factory=list)
    """Of attributes, as they are read."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)
        self.close()

    @property
    def text(self) -> str:
        """All that is read, with one space for every run of blanks."""
        return plain("\n".join(self.runs))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _value in attrs)))
        self.values.extend(value for _name, value in attrs if value is not None)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        self.runs.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.tags.append(("instruction", data))

    def unknown_decl(self, data: str) -> None:
        self.tags.append(("unknown", data))
