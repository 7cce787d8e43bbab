"""The response, counted again while somebody looks: with a script, without one, and stopped."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from surveyapp.actions import responses
from surveyapp.models import Invitation, Invitee, SignIn
from surveyapp.web import refreshing
from tests.journeys.scenes import STAFF
from tests.journeys.staging import Stage, staged

pytestmark = pytest.mark.browser
OPENED = "#scroll-by-role tfoot td >> nth=1"
SOON = 15_000
"""Milliseconds in which a page that counts every second has counted."""


@pytest.fixture
def stage(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Everybody and everything as the scenes begin, on pages that count again every second."""
    monkeypatch.setattr(refreshing, "EVERY", 1)
    monkeypatch.setattr(refreshing, "WITHOUT_SCRIPT", 1)
    file = tmp_path / "survey.db"
    shutil.copyfile(migrated_file, file)
    with staged(file) as prepared:
        yield prepared


def visit(browser: Browser, stage: Stage, address: str, *, scripts: bool = True) -> Page:
    """Anna looks, on a telephone."""
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": "sign-in", "value": stage.cookies["sign-in"], "url": stage.address}])
    page = context.new_page()
    page.goto(f"{stage.address}{address}")
    return page


def somebody_opens(stage: Stage) -> None:
    with stage.database.session() as session:
        fresh = select(Invitation).join(Invitation.invitee).where(Invitee.name == "Fresh Bos")
        responses.start(session, invitation=session.scalars(fresh).one())
        session.commit()


def opened(page: Page) -> int:
    return int(page.inner_text(OPENED))


def test_a_script_counts_again_and_leaves_what_somebody_does_alone(browser: Browser, stage: Stage) -> None:
    page = visit(browser, stage, f"{STAFF}/monitor?language=en")
    page.locator("#per-day summary").click()
    page.evaluate("document.getElementById('scroll-by-role').scrollLeft = 40")
    page.locator("#scroll-by-organisation").focus()
    page.evaluate("window.scrollTo(0, 300)")
    before, down = opened(page), page.evaluate("window.scrollY")
    somebody_opens(stage)
    expect(page.locator(OPENED)).to_have_text(str(before + 1), timeout=SOON)
    assert page.locator("#per-day").get_attribute("open") is not None
    assert page.evaluate("document.getElementById('scroll-by-role').scrollLeft") == 40
    assert page.evaluate("document.activeElement.id") == "scroll-by-organisation"
    assert page.evaluate("window.scrollY") == down
    assert page.locator("#fresh").get_attribute("aria-live") == "off"
    page.context.close()


def test_it_stops_when_asked_and_goes_on_when_asked(browser: Browser, stage: Stage) -> None:
    page = visit(browser, stage, f"{STAFF}/monitor?language=en")
    with page.expect_navigation():
        page.get_by_role("link", name="Stop counting again by itself").click()
    before = opened(page)
    somebody_opens(stage)
    page.wait_for_timeout(2_500)
    assert opened(page) == before
    with page.expect_navigation():
        page.get_by_role("link", name="Count again by itself").click()
    assert opened(page) == before + 1
    assert page.evaluate("document.querySelector('meta[http-equiv]')") is None
    page.context.close()


def test_without_a_script_who_asks_for_it_gets_the_page_again(browser: Browser, stage: Stage) -> None:
    page = visit(browser, stage, f"{STAFF}/monitor?language=en", scripts=False)
    before = opened(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Count again by itself").click()
    somebody_opens(stage)
    expect(page.locator(OPENED)).to_have_text(str(before + 1), timeout=SOON)
    page.context.close()


def test_who_was_signed_out_is_told_that_it_stopped(browser: Browser, stage: Stage) -> None:
    page = visit(browser, stage, f"{STAFF}/monitor?language=en")
    with stage.database.session() as session:
        for one in session.scalars(select(SignIn)):
            session.delete(one)
        session.commit()
    expect(page.get_by_text("Counting again has stopped.")).to_be_visible(timeout=SOON)
    page.context.close()
