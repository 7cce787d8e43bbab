"""Respondents as a server sees them: each opens the first page, reads the form, answers it, posts it, and follows.

A closed loop: so many at once, each beginning when another has finished, without time to think. Every respondent has a
connection of their own, kept open as long as the server wants. What was posted is remembered, to be compared with what
was stored.
"""

import asyncio
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import Final
from urllib.parse import urlencode, urljoin

MOST_PAGES: Final = 40
NOT_BEGUN: Final = "not begun"
WORDS: Final = "Vi mangler tid; overleg & afspraken – «kort» is <niet> altijd beter, zei Zoë.\nÉén regel erbij: 字. "
_CONTROL: Final = re.compile(r"<(input|textarea|select|option|button)\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(r'([a-z-]+)="([^"]*)"')


@dataclass
class Respondent:
    """Somebody with a link; ``posted`` is what they answered, line ends as one character."""

    start: str
    seed: int
    posted: dict[str, str] = field(default_factory=dict)
    problem: str = NOT_BEGUN

    @property
    def begun(self) -> bool:
        return self.problem != NOT_BEGUN

    @property
    def complete(self) -> bool:
        return not self.problem


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Form:
    """What can be filled in on a page: name -> the values to choose from, none for words."""

    choices: dict[str, list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    fixed: dict[str, str] = field(default_factory=dict)
    """What goes along with the answers: hidden fields and the first button."""


class Connection:
    """One respondent's connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: str = "") -> Answer:
        """Send one request. A kept connection that the server had closed meanwhile is opened again, as browsers do."""
        kept = self._streams is not None
        try:
            return await self._exchange(method, path, body)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.close()
            if not kept:
                raise
            return await self._exchange(method, path, body)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, method: str, path: str, body: str) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", "Accept: text/html"]
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        writer.write(("\r\n".join(lines) + f"\r\n\r\n{body}").encode())
        status, *named = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in named)}
        content = await reader.readexactly(int(headers["content-length"]))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(status.split()[1]), headers, content.decode())


def read_form(text: str) -> Form | None:
    """The form of a page; None where there is none."""
    if '<form method="post"' not in text:
        return None
    form, menu, pressed = Form(), "", False
    for tag, written in _CONTROL.findall(text):
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)}
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if tag == "textarea":
            form.words.append(name)
        elif tag == "select":
            menu = name
            form.choices[menu] = []
        elif tag == "option":
            form.choices[menu].append(value)
        elif tag == "button" and name and not pressed:
            form.fixed[name], pressed = value, True
        elif attributes.get("type") == "radio":
            form.choices.setdefault(name, []).append(value)
        elif attributes.get("type") == "hidden":
            form.fixed[name] = value
    return form


def fill(form: Form, person: Random) -> dict[str, str]:
    """An answer to every question. Menus of one ranking get different choices, as far as there are."""
    answers = {name: (WORDS * 3)[: person.randrange(20, 260)].strip() for name in form.words}
    taken: set[str] = set()
    for name, values in form.choices.items():
        ranked = "" in values
        free = [value for value in values if value and not (ranked and value in taken)]
        answers[name] = person.choice(free)
        if ranked:
            taken.add(answers[name])
    return answers


async def answer_everything(person: Respondent, port: int, times: list[float]) -> None:
    """From the first page until one without a form. ``times`` gets the seconds of every page, redirect included."""
    connection, dice = Connection(port), Random(person.seed)  # noqa: S311
    try:
        path = person.start
        page = await _timed(connection, times, "GET", path)
        for _ in range(MOST_PAGES):
            form = read_form(page[1].text)
            if page[1].status != 200 or form is None:
                break
            given = fill(form, dice)
            person.posted |= given
            written = {name: value.replace("\n", "\r\n") for name, value in (form.fixed | given).items()}
            page = await _timed(connection, times, "POST", page[0], urlencode(written))
        person.problem = "" if page[1].status == 200 and form is None else f"status {page[1].status} at {page[0]}"
    except (OSError, asyncio.IncompleteReadError, KeyError) as problem:
        person.problem = f"{type(problem).__name__}: {problem}"
    finally:
        connection.close()


async def _timed(
    connection: Connection, times: list[float], method: str, path: str, body: str = ""
) -> tuple[str, Answer]:
    """The page that this request leads to, and its address."""
    began = time.perf_counter()
    answer = await connection.ask(method, path, body)
    while answer.status in {302, 303}:
        path = urljoin(path, answer.headers["location"])
        answer = await connection.ask("GET", path)
    times.append(time.perf_counter() - began)
    return path, answer


async def _drive(people: Iterable[Respondent], port: int, at_once: int, times: list[float], until: float) -> None:
    waiting: Iterator[Respondent] = iter(people)

    async def one_after_another() -> None:
        for person in waiting:
            await answer_everything(person, port, times)
            if time.perf_counter() > until:
                break

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))


def drive(people: Iterable[Respondent], port: int, at_once: int, seconds: float) -> tuple[float, list[float]]:
    """Let these people answer, so many at once; the seconds it took, and those of each page.

    After so many seconds nobody begins any more; who is under way finishes, within ten times as long.
    """
    times: list[float] = []
    began = time.perf_counter()
    asyncio.run(asyncio.wait_for(_drive(people, port, at_once, times, began + seconds), 10 * seconds))
    return time.perf_counter() - began, times
