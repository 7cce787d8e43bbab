"""A browser without a window or scripts: it reads pages and forms, fills them in, and keeps what it loaded.

A page that was loaded can be posted later, as a Back button or a forgotten tab does.
"""

import http.client
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

_NO_TEXT_FIELDS = {"radio", "checkbox", "hidden", "submit", "button"}


@dataclass
class Field:
    """One name in a form: what it holds, and what could be chosen (nothing for words)."""

    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    several: bool = False


@dataclass
class Form:
    """A form as it was loaded: its fields in order, its buttons as (name, value), its address."""

    address: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    """Those that are shown."""
    _select: str = ""

    def posted(self, changes: dict[str, list[str]], button: tuple[str, str] | None = None) -> list[tuple[str, str]]:
        """What a browser would send after these changes."""
        values = {name: list(found.values) for name, found in self.fields.items()} | changes
        pairs = [(name, value) for name, several in values.items() for value in several]
        return [*pairs, button] if button is not None else pairs


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self._inside: Form | None = None
        self._elsewhere: list[tuple[str, str, str]] = []
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._inside = Form(urljoin(self.address, found.get("action", "") or self.address))
                self.forms.append(self._inside)
            case "a" if "href" in found:
                self.links.append((urljoin(self.address, found["href"]), found.get("class", "")))
            case _ if self._inside is not None:
                self._control(self._inside, tag, found)

    def _control(self, form: Form, tag: str, found: dict[str, str]) -> None:
        name = found.get("name", "")
        if "data-question" in found and "hidden" not in found:
            form.questions.append(found["data-question"])
        if tag == "button" and name:
            form.buttons.append((name, found.get("value", "")))
        elif tag == "textarea":
            self._words = name
            form.fields[name] = Field([""])
        elif tag == "select":
            form._select = name
            form.fields[name] = Field([])
        elif tag == "option":
            menu = form.fields[form._select]
            menu.choices.append(found.get("value", ""))
            if "selected" in found or not menu.values:
                menu.values = [found.get("value", "")]
        elif tag == "input" and name:
            self._input(form, name, found)

    def _input(self, form: Form, name: str, found: dict[str, str]) -> None:
        kind, value = found.get("type", "text"), found.get("value", "")
        known = form.fields.setdefault(name, Field())
        if kind in {"radio", "checkbox"}:
            known.choices.append(value)
            known.several |= kind == "checkbox"
            if "checked" in found:
                known.values.append(value)
        elif kind == "hidden" or kind not in _NO_TEXT_FIELDS:
            known.values.append(value)

    def handle_data(self, data: str) -> None:
        if self._words and self._inside is not None:
            known = self._inside.fields[self._words]
            first = not known.values[0]
            known.values[0] += data.removeprefix("\n") if first else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._words = ""
        elif tag == "form":
            self._inside = None


@dataclass(frozen=True)
class Loaded:
    """A page as it came: status, address after redirects, its words and forms."""

    status: int
    address: str
    html: str
    forms: tuple[Form, ...]
    links: tuple[str, ...]

    @property
    def questions(self) -> Form:
        """The form with questions; there must be one."""
        return next(form for form in self.forms if "was" in form.fields)


class Gone(Exception):
    """The server did not answer: it was killed, or is not back yet."""


@dataclass
class Browser:
    """Somebody's device; cookies are kept, a new connection is made for every request."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Loaded:
        """Open a page; where the server has just been killed, again, as people do."""
        until = time.monotonic() + 30
        while True:
            try:
                return self._ask("GET", address, "")
            except Gone:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def post(self, address: str, pairs: list[tuple[str, str]]) -> Loaded:
        """Send a form, and follow where the answer leads."""
        written = [(name, value.replace("\n", "\r\n")) for name, value in pairs]
        return self._ask("POST", address, urlencode(written))

    def _ask(self, method: str, address: str, body: str) -> Loaded:
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as problem:
            raise Gone(str(problem)) from problem
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status in {302, 303}:
            return self._ask("GET", urljoin(path, answer.headers["Location"]), "")
        reader = _Reader(path)
        if "html" in answer.headers.get("Content-Type", ""):
            reader.feed(text)
        return Loaded(answer.status, path, text, tuple(reader.forms), tuple(link for link, _ in reader.links))
