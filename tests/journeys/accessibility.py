"""What axe finds on a page, in a copy of it in which axe itself may run scripts."""

from functools import cache
from typing import Final

from playwright.sync_api import Browser, Page

from tests.journeys.servers import ROOT

AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_RUN: Final = """document.fonts.ready.then(() => axe.run(document, {resultTypes: ['violations']})).then(found =>
    found.violations.map(fault => [fault.id, fault.nodes.map(node => node.target).slice(0, 3)])
)"""


class Inspection:
    """One page in which every copy is looked at. Opening a page and reading axe take longer than its work, so both are
    done once; of what was inspected before, nothing is left. No file is left half read: the server of the tests would
    not close it.
    """

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context()
        self._context.add_init_script(path=AXE)
        self._copy = self._context.new_page()

    def violations(self, page: Page) -> list[str]:
        """What is wrong with a page as it stands, on the screen on which it stands."""
        address, content = page.url.partition("#")[0], page.content()
        assert page.viewport_size is not None
        self._context.clear_cookies()
        self._context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        self._copy.set_viewport_size(page.viewport_size)
        self._copy.route(address, lambda route: route.fulfill(body=content, content_type="text/html; charset=utf-8"))
        self._copy.goto(address)
        found = self._copy.evaluate(_RUN)
        self._copy.goto("about:blank")  # what the page does by itself ends here
        self._copy.unroute(address)
        return [f"{rule} {targets}" for rule, targets in found]


@cache
def inspection(browser: Browser) -> Inspection:
    """The inspection of this browser, for as long as it runs."""
    return Inspection(browser)
