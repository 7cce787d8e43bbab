"""Somebody at a browser who inspects every page they come to: accessibility, markup, size and names of controls."""

from typing import Final

from playwright.sync_api import Browser, ViewportSize

from tests.journeys.conftest import Visitor
from tests.journeys.markup import Checker

SCREENS: Final = {
    "telephone": (ViewportSize(width=320, height=640), 1),
    "desk": (ViewportSize(width=1280, height=800), 1),
    "enlarged": (ViewportSize(width=320, height=256), 4),
}
"""Name -> size in CSS pixels, and how many real ones each is; ``enlarged`` is a desk at 400 %."""


class Walker(Visitor):
    """Somebody who uses the pages; on every page the markup and the controls are inspected, too."""

    def __init__(self, browser: Browser, checker: Checker, *, screen: str, scripts: bool = True) -> None:
        size, density = SCREENS[screen]
        self.context = browser.new_context(viewport=size, device_scale_factor=density, java_script_enabled=scripts)
        super().__init__(self.context)
        self._checker = checker

    def look(self) -> None:
        super().look()
        where = self.page.url
        self.faults += [f"{where}: {fault}" for fault in self._checker.faults(self.page.content())]
        self.faults += [f"{where}: hard to hit: {target}" for target in self.page.evaluate(_TOO_SMALL)]
        self.faults += [f"{where}: does not say its question: {one}" for one in self.page.evaluate(_WITHOUT_QUESTION)]

    def leave(self) -> None:
        """Nothing on the way may have been wrong."""
        self.context.close()
        assert self.faults == [], self.faults
        assert self.elsewhere == [], "a page asked a third party for something"

    @property
    def here(self) -> str:
        """The last part of the address."""
        return self.page.url.partition("?")[0].partition("#")[0].rpartition("/")[2]

    @property
    def shown(self) -> list[str]:
        """The questions on the page."""
        found: list[str] = self.page.eval_on_selector_all(
            "[data-question]:not([hidden])", "found => found.map(each => each.dataset.question)"
        )
        return found


_TOO_SMALL: Final = """() => [...document.querySelectorAll(
    'main :is(button, input:not([type=hidden]), select, textarea, summary)'
  )].filter(each => each.checkVisibility()).filter(each => {
    const box = (each.closest('label') ?? each).getBoundingClientRect();
    return box.width < 24 || box.height < 24;
  }).map(each => each.outerHTML.slice(0, 120))"""
_WITHOUT_QUESTION: Final = """() => [...document.querySelectorAll(
    '[data-question] :is(input:not([type=hidden]), select, textarea)'
  )].filter(each => {
    const group = each.closest('fieldset');
    const labelled = [...each.labels].some(label => label.textContent.trim());
    return !labelled || (group !== null && !group.querySelector('legend')?.textContent.trim());
  }).map(each => each.outerHTML.slice(0, 120))"""
