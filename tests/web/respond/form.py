"""Reading a page as a browser does: its title, its links, its form."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Page(HTMLParser):
    """What stands on a page. ``checked`` holds chosen radio buttons, ``options`` every button's values by name.

    ``fields`` is what a browser would post, without the button; ``shown`` the questions that are not hidden.
    """

    html: str
    forms: int = 0
    options: dict[str, list[str]] = field(default_factory=dict)
    checked: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    selects: dict[str, str] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    title: str = ""
    _in: str = ""
    _posted: list[tuple[str, str]] = field(default_factory=list)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a browser would post, without a button."""
        return [*self._posted, *self.checked.items(), *self.texts.items(), *self.selects.items()]

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if "id" in found:
            self.ids.append(found["id"])
        if "data-question" in found and "hidden" not in found:
            self.shown.append(found["data-question"])
        match tag:
            case "title":
                self._in = "title"
            case "form":
                self.forms += 1
            case "a":
                self.links.append(found["href"])
            case "button":
                self.buttons.append(found.get("value", ""))
            case "textarea" | "select":
                self._in = name
                (self.texts if tag == "textarea" else self.selects)[name] = ""
            case "option" if "selected" in found:
                self.selects[self._in] = found["value"]
            case "input":
                self._see(name, found)

    def _see(self, name: str, found: dict[str, str]) -> None:
        if found["type"] in {"hidden", "text"} or (found["type"] == "checkbox" and "checked" in found):
            self._posted.append((name, found.get("value", "")))
        elif found["type"] == "radio":
            self.options.setdefault(name, []).append(found["value"])
            if "checked" in found:
                self.checked[name] = found["value"]

    def handle_data(self, data: str) -> None:
        if self._in == "title":
            self.title += data
        if self._in in self.texts:
            self.texts[self._in] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select", "title"}:
            self._in = ""


def follow(client: FlaskClient, response: TestResponse) -> TestResponse:
    """Go where the answer sends us; there must be a redirect."""
    assert response.status_code == 303, response.text
    return client.get(response.headers["Location"])


def begin(client: FlaskClient, link: str) -> TestResponse:
    """Open the invitation and press the button."""
    assert client.get(link).status_code == 200
    return follow(client, client.post(link))
