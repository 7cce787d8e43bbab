"""Every page of the respondent's side that no walk comes to, inspected: enlarged to 400 % with scripts in Dutch, on a
desk without scripts in English; and with the visitor's own colours, spacing and size of letters.
"""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import inspection
from tests.journeys.markup import Checker
from tests.journeys.scenes import SCENES, Scene
from tests.journeys.staging import Stage, staged
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Stage]:
    """Everybody and everything as the scenes begin."""
    file = tmp_path_factory.mktemp("stage") / "survey.db"
    shutil.copyfile(migrated_file, file)
    with staged(file) as prepared:
        yield prepared


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_page_is_in_order_enlarged_and_however_one_looks_at_it(
    browser: Browser, checker: Checker, stage: Stage, scene: Scene
) -> None:
    walker = Walker(browser, checker, screen="enlarged")
    _go(walker, stage, scene, "nl")
    _inspect(walker, scene, "nl")
    page = walker.page
    for style in (inspection.SPACING, inspection.LARGE):
        walker.faults += inspection.layout_faults(page, style)
    walker.faults += inspection.colour_faults(page)
    walker.faults += inspection.motion_faults(page)
    walker.faults += inspection.print_faults(page)
    walker.faults += inspection.keyboard_faults(page)
    walker.faults += inspection.skip_faults(page)
    walker.leave()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_page_is_in_order_in_english_on_a_desk_without_scripts(
    browser: Browser, checker: Checker, stage: Stage, scene: Scene
) -> None:
    walker = Walker(browser, checker, screen="desk", scripts=False)
    _go(walker, stage, scene, "en")
    _inspect(walker, scene, "en")
    walker.leave()


def _inspect(walker: Walker, scene: Scene, language: str) -> None:
    """What must be so however somebody looks; with a mistake, its summary has the focus and leads to the fields."""
    walker.look()
    page = walker.page
    assert page.title() == scene.titled(language)
    if scene.mistake:
        assert page.evaluate("document.activeElement.id") == "errors"
        assert page.locator("#errors a").count()
    walker.faults += inspection.link_faults(page)
    walker.faults += inspection.language_faults(page, language)
    walker.faults += inspection.order_faults(page)
    walker.faults += inspection.layout_faults(page)


def _go(walker: Walker, stage: Stage, scene: Scene, language: str) -> None:
    """To the page of a scene, pressing the button that leads there."""
    page = walker.page
    worn = {name: value for name, value in stage.cookies.items() if scene.staff or name != "sign-in"}
    if scene.owner:
        worn["sign-in"] = stage.owner
    for name, value in worn.items():
        walker.context.add_cookies([{"name": name, "value": value, "url": stage.address}])
    came = page.goto(f"{stage.at(scene)}{'&' if '?' in scene.path else '?'}language={language}")
    assert came is not None
    assert came.status == scene.status
    if scene.press:
        time.sleep(2.1 if scene.patience else 0)
        if "flooded" in scene.path:
            stage.flood()
        with page.expect_navigation() as going:
            page.locator(scene.press).first.click()
        assert going.value is not None
        assert going.value.status == scene.pressed
