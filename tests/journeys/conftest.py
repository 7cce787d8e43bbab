"""A demonstration that is being served, and a real browser to walk through it."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.journeys.accessibility import inspection
from tests.journeys.markup import Checker, checking
from tests.journeys.servers import SURVEYAPP, free_port, running


@dataclass(frozen=True)
class Demonstration:
    """Where the demonstration is served, and the links that lead into it."""

    links: dict[str, Any]
    log: Path

    @property
    def study(self) -> str:
        return f"{self.links['base_url']}/evaluations/{self.links['evaluation']}"

    def invitation(self, number: int) -> str:
        return str(self.links["invitations"][number])


@pytest.fixture(autouse=True)
def _quick_publications() -> None:
    """Here everything is protected each time, as it is in use; and some journeys weaken the protection."""


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """What ``make demo`` serves, in a folder and on a port of its own."""
    folder = tmp_path_factory.mktemp("served")
    port = free_port()
    log = folder / "log"
    command = ["sh", "-c", f'cd "{folder}" && exec "{SURVEYAPP}" demo --port {port}']
    with running(command, {}, port=port, log=log):
        links = json.loads((folder / "var/demo/links.json").read_text(encoding="utf-8"))
        yield Demonstration(links, log)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window and without a word to anybody else."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "no Chromium on this machine: apt install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """The Nu HTML checker, ready to be asked."""
    with checking(tmp_path_factory.mktemp("checker")) as running_checker:
        yield running_checker


class Visitor:
    """Somebody at a browser; every page they come to is checked for accessibility and for words left in English."""

    def __init__(self, context: BrowserContext) -> None:
        assert context.browser is not None
        self._inspection = inspection(context.browser)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.faults: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda message: self._complain(message.type, message.text))

    def _note(self, address: str) -> None:
        if not address.startswith(("http://127.0.0.1:", "data:")):
            self.elsewhere.append(address)

    def _complain(self, kind: str, text: str) -> None:
        if kind == "error" and "Content Security Policy" in text:
            self.faults.append(text)

    def open(self, address: str, status: int = 200) -> None:
        """Go to an address, and look at the page that comes."""
        response = self.page.goto(address)
        assert response is not None
        assert response.status == status, f"{address}: {response.status}"
        self.look()

    def press(self, name: str) -> None:
        """Press a button, and look at the page that comes."""
        with self.page.expect_navigation():  # with scripts a page first saves, and only then lets go
            self.page.get_by_role("button", name=name, exact=True).click()
        self.look()

    def follow(self, name: str) -> None:
        """Follow a link, and look at the page that comes. On a telephone an entry of the menu is behind its group."""
        group = self.page.locator(".group", has=self.page.locator("ul a", has_text=name))
        if not self.page.get_by_role("link", name=name, exact=True).count() and group.count():
            group.locator("> a").first.click()
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()
        self.look()

    def reads(self, *words: str) -> None:
        """The page shows these words."""
        text = self.page.inner_text("body")
        missing = [expected for expected in words if expected not in text]
        assert not missing, f"{self.page.url} does not show {missing}"

    def look(self) -> None:
        """No accessibility violation, no sideways scrolling on a telephone, every picture there."""
        self.page.wait_for_load_state("load")
        broken = self.page.evaluate("[...document.images].filter(i => !i.naturalWidth).map(i => i.src)")
        self.faults += [f"{self.page.url}: no picture {source}" for source in broken]
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.faults.append(f"{self.page.url}: scrolls sideways")
        self.faults += [f"{self.page.url}: {fault}" for fault in self._inspection.violations(self.page)]


@pytest.fixture(params=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts; every journey is made both ways."""
    return bool(request.param == "with scripts")


@pytest.fixture
def visitor(browser: Browser, scripts: bool) -> Iterator[Visitor]:
    """Somebody on a telephone; at the end of the journey nothing on the way may have been wrong."""
    telephone = ViewportSize(width=360, height=740)
    context = browser.new_context(viewport=telephone, java_script_enabled=scripts, locale="nl-NL")
    somebody = Visitor(context)
    yield somebody
    context.close()
    assert somebody.faults == []
    assert somebody.elsewhere == [], "a page asked a third party for something"
