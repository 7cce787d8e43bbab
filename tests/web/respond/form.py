"""Reading a page as a browser does: its title, its links, its form."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Page(HTMLParser):
    """What stands on a page. ``checked`` holds chosen radio buttons, ``options`` every button's values by name."""

    html: str
    forms: int = 0
    options: dict[str, list[str]] = field(default_factory=dict)
    checked: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    selects: dict[str, str] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    _in: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        match tag:
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
            case "input" if found["type"] == "radio":
                self.options.setdefault(name, []).append(found["value"])
                if "checked" in found:
                    self.checked[name] = found["value"]

    def handle_data(self, data: str) -> None:
        if self._in in self.texts:
            self.texts[self._in] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"}:
            self._in = ""


def follow(client: FlaskClient, response: TestResponse) -> TestResponse:
    """Go where the answer sends us; there must be a redirect."""
    assert response.status_code == 303, response.text
    return client.get(response.headers["Location"])


def begin(client: FlaskClient, link: str) -> TestResponse:
    """Open the invitation and press the button."""
    assert client.get(link).status_code == 200
    return follow(client, client.post(link))
