"""Every form that a researcher finds, sent with what belongs to another study in its fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask import Flask

from tests.web.rights.rows import Rows
from tests.web.rights.studies import MINE, NOT_IN_MINE, OTHER, OWN, THEIRS, TwoStudies
from tests.web.rights.walk import disturbed, visits

_CODES = {OWN, OTHER}


@dataclass
class Form:
    """What stands in a form: for every field the values that it offers or holds."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def sent(self) -> dict[str, str]:
        """As it stands, with something in what is empty."""
        return {name: next(filter(None, values), "1") for name, values in self.fields.items()}


class Forms(HTMLParser):
    """The forms of a page that change something."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._address, self._form, self._select = address, Form(""), ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action") or self._address)
            if given.get("method", "").lower() == "post":
                self.found.append(self._form)
        elif tag in {"input", "textarea", "button"} and "name" in given:
            self._form.fields.setdefault(given["name"], []).append(given.get("value", ""))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select:
            self._form.fields.setdefault(self._select, []).append(given.get("value", ""))


def strange_values(two: TwoStudies, app: Flask, only: str = "") -> list[str]:
    """Send every form of my study with, in each field in turn, the number or code of something of the other study."""
    browser = app.test_client()
    browser.set_cookie("sign-in", two.cookies["researcher"])
    faults, done = [], set()
    for visit in visits(two, app, only):
        if visit.method != "GET" or visit.study != MINE:
            continue
        answer = browser.get(visit.address)
        page = answer.text if answer.mimetype == "text/html" else ""
        for form in Forms(page, visit.address).found:
            for name, value in _strange(two.beginning, two, form):
                if (form.action, name, value) in done:
                    continue
                done.add((form.action, name, value))
                what = f"POST {form.action} with {name}={value} of another study"
                two.restore()
                status = browser.post(form.action, data=form.sent() | {name: value}).status_code
                faults += [f"{what} answers {status}"] if status >= 500 and status != 503 else []
                faults += disturbed(two, MINE, what)
    two.restore()
    return faults


def _strange(rows: Rows, two: TwoStudies, form: Form) -> Iterator[tuple[str, str]]:
    """Field and value: where a field holds the number of something of mine, that of the same kind of theirs."""
    for name, values in form.fields.items():
        numbers = {int(value) for value in values if value.isdecimal()}
        tables = {key[0] for key in rows.of(two.studies[MINE]) if key[1][0] in numbers}
        theirs = {key[1][0] for key in rows.of(two.studies[THEIRS]) if key[0] in tables}
        yield from ((name, str(number)) for number in sorted(theirs, key=str) if isinstance(number, int))
        if _CODES & set(values):
            yield name, NOT_IN_MINE
