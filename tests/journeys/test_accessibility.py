"""The inspection of pages sees what is wrong with this one, and nothing of the one before."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.accessibility import inspection

pytestmark = pytest.mark.browser
GOOD = '<!doctype html><html lang="nl"><title>Goed</title><main><h1>Goed</h1><p>Welkom.</p></main></html>'
FAULTY = GOOD.replace("<p>Welkom.</p>", '<img src="data:,"><p style="color: #ccc">Bleek.</p>')
WIDE = "<style>@media (min-width: 600px) {p {color: #ccc !important}}</style>"


def opened(browser: Browser, html: str, width: int = 360, *, scripts: bool = True) -> Page:
    """A page of somebody who came to this document."""
    viewport = {"width": width, "height": 740}
    page = browser.new_context(viewport=viewport, java_script_enabled=scripts).new_page()  # type: ignore[arg-type]
    page.route("http://127.0.0.1:9/page?a=b", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("http://127.0.0.1:9/page?a=b#here")
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_a_fault_is_found_on_its_own_page_only(browser: Browser, scripts: bool) -> None:
    good, faulty = (opened(browser, html, scripts=scripts) for html in (GOOD, FAULTY))
    looked_at = [inspection(browser).violations(page) for page in (good, faulty, good, faulty)]
    for page in (good, faulty):
        page.context.close()
    assert looked_at == [[], ["color-contrast [['p']]", "image-alt [['img']]"]] * 2


def test_a_page_is_inspected_on_the_screen_of_who_came_to_it(browser: Browser) -> None:
    narrow, wide = (opened(browser, GOOD.replace("<main>", f"{WIDE}<main>"), width) for width in (360, 1280))
    looked_at = [inspection(browser).violations(page) for page in (narrow, wide, narrow)]
    for page in (narrow, wide):
        page.context.close()
    assert looked_at == [[], ["color-contrast [['p']]"], []]
