"""Walking through all pages that somebody can reach, and filling in their forms with what nobody should."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from random import Random
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

MARK: Final = "x-mark"
"""The name of a tag and attribute that none of our pages has: where it stands as one, words became markup."""
HOSTILE: Final = (
    f"<{MARK}>",
    f'"><{MARK} onload=1>',
    f"x' {MARK}='1",
    f'x" {MARK}="1',
    f"</textarea></title><{MARK}>",
    "{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    "%(name)s %s %n {name} {0}",
    "' OR '1'='1' --",
    "1); DROP TABLE event; --",
    "\x00",
    "a\x00b",
    "\x07\x1b[31m",
    "\r\nSet-Cookie: stolen=1",
    "../../../../etc/passwd",
    "//evil.example/",
    "https://evil.example/",
    "javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    "-1",
    "0",
    "99999999999999999999999",
    "1e309",
    "NaN",
    "²",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "25:61",
    "\u202edrawkcab\u2066",
    "\ufeff\u200b",
    "🧨" * 300,
    "a" * 70_000,
    "a@b",
    "a@b.example\nBcc: evil@evil.example",
    "Éé" * 120,
    " ",
    "",
)
FILES: Final = (
    b"",
    b"\x00\x01\x02",
    b"\xff\xfe\x00",
    b"naam;adres\n<x-mark>;=1+1\n",
    b"PK\x03\x04" + b"\x00" * 100,
    b"a," * 50_000,
)

_CHOSEN: Final = frozenset({"button", "option", "radio", "checkbox"})


@dataclass
class Form:
    """A form as a page has it."""

    page: str
    action: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, type and value; of a choice once for each of its values."""

    @property
    def key(self) -> tuple[str, ...]:
        """Forms with the same fields that lead to the same kind of address are one form."""
        parts = ["#" if part.isdigit() else part for part in urlsplit(self.action).path.split("/")]
        return (self.method, "/".join(parts), *sorted({name for name, _kind, _value in self.fields}))


@dataclass
class Reader(HTMLParser):
    """The links and forms of a page."""

    page: str
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    """What stands on the page and can only have come from what was filled in."""
    _form: Form | None = None
    _choice: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == MARK or MARK in given or any(name.startswith("on") for name in given):
            self.strange.append(f"<{tag} {' '.join(given)}>")
        leading = [given.get(name, "") for name in ("href", "src", "action", "formaction")]
        if any(value.strip().lower().startswith("javascript:") for value in leading):
            self.strange.append(f"<{tag}> with a script as its address")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            action = urljoin(self.page, given.get("action") or self.page)
            self._form = Form(self.page, action, given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        if tag == "select":
            self._choice = given.get("name", "")
        name = self._choice if tag == "option" else given.get("name", "")
        if name and tag in {"input", "textarea", "button", "option"}:
            kind = given.get("type", tag) if tag == "input" else tag
            self._form.fields.append((name, kind, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._choice = ""


def read(page: str, answer: TestResponse) -> Reader:
    """What is on this page; nothing on what is no page."""
    reader = Reader(page)
    if answer.mimetype == "text/html":
        reader.feed(answer.get_data(as_text=True))
    return reader


def crawl(client: FlaskClient, start: str, most: int, leave: tuple[str, ...]) -> Iterator[tuple[str, TestResponse]]:
    """Every page that links lead to from here, each address once; one of a kind of address comes before its likes."""
    waiting, seen, kinds = deque([start]), {start}, set[str]()
    later: deque[str] = deque()
    while (waiting or later) and most > 0:
        page = waiting.popleft() if waiting else later.popleft()
        kind = "/".join("#" if part.isdigit() or len(part) > 20 else part for part in urlsplit(page).path.split("/"))
        if kind in kinds and waiting:
            later.append(page)
            continue
        kinds.add(kind)
        most -= 1
        answer = client.get(page)
        yield page, answer
        found = read(page, answer)
        onward = [answer.headers["Location"]] if "Location" in answer.headers else []
        for link in (*found.links, *onward):
            whole = urlsplit(urljoin(page, link))
            address = whole.path + (f"?{whole.query}" if whole.query else "")
            if whole.netloc or whole.scheme or address in seen or any(part in address for part in leave):
                continue
            seen.add(address)
            waiting.append(address)


def filled(form: Form, dice: Random) -> MultiDict[str, Any]:
    """The form with one or more fields filled in with what nobody should: the proof that it is ours stays."""
    values: MultiDict[str, Any] = MultiDict()
    names = sorted({name for name, _kind, _value in form.fields if name != "csrf_token"})
    attacked = {name for name in names if dice.random() < 0.5} or set(names[:1])
    for name, kind, value in form.fields:
        if name == "csrf_token":
            values.add(name, value)
        elif kind == "file":
            values.add(name, (BytesIO(dice.choice(FILES)), dice.choice(("a.csv", "../a.xlsx", "<x-mark>.csv", ""))))
        elif name not in attacked and (kind not in _CHOSEN or name not in values or dice.random() < 0.3):
            values.add(name, value)
    for name in attacked:
        if any(kind == "file" for field_name, kind, _ in form.fields if field_name == name):
            continue
        for _ in range(dice.choice((0, 1, 1, 1, 1, 2))):
            values.add(name, dice.choice(HOSTILE))
    if dice.random() < 0.2:
        values.add(dice.choice(("nonsense", "id", "__proto__", "evaluation_id", "by")), dice.choice(HOSTILE))
    return values
