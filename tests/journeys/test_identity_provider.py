"""Anna comes in with the account of her municipality, in a real browser; Dirk is told whom to ask."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models.database import Database
from tests.identity_provider import Served, served
from tests.web.staff import SECRET, Stage, set_up

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Installation:
    """Where the pages are, and the provider that they know."""

    address: str
    provider: Served


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Installation]:
    """Anna's study, served beside a provider."""
    folder = tmp_path_factory.mktemp("identity")
    file = folder / "survey.db"
    shutil.copyfile(migrated_file, file)
    with served(folder / "log") as provider:
        url = f"sqlite:///{file}"
        app = create_app(Settings(database_url=url, secret_key=SECRET, identity_provider=provider.settings))
        set_up(Stage(app, Database(url)))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        address = f"http://127.0.0.1:{server.server_port}"
        app.config["BASE_URL"] = address
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield Installation(address, provider)
        server.shutdown()
        serving.join()
        server.server_close()


@pytest.fixture(params=[360, 1280])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A telephone, and a desk."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, locale="nl-NL")
    yield context.new_page()
    context.close()


def sign_in(page: Page, installation: Installation, subject: str, *, answer: str = "Authorize") -> None:
    """Press the button, say who one is at the provider, and come back."""
    page.goto(f"{installation.address}/evaluations/samen")
    page.get_by_role("link", name="Inloggen met Gemeentelogin").click()
    page.wait_for_url(f"{installation.provider.address}/**")
    if answer == "Authorize":
        page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name=answer, exact=True).click()
    page.wait_for_url(f"{installation.address}/**")


def test_who_was_invited_comes_in_where_they_were_going_and_goes_out_here(
    page: Page, installation: Installation
) -> None:
    installation.provider.knows("anna", email="anna@bureau.example", email_verified=True, name="Anna")
    sign_in(page, installation, "anna")
    assert urlsplit(page.url).path == "/evaluations/samen"
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/sign-in*")
    page.goto(f"{installation.address}/evaluations/samen")
    assert urlsplit(page.url).path == "/sign-in"


def test_who_was_not_invited_is_told_whom_to_ask(page: Page, installation: Installation) -> None:
    installation.provider.knows("dirk", email="dirk@elders.example", email_verified=True, name="Dirk")
    sign_in(page, installation, "dirk")
    assert page.title() == "U bent niet ingelogd"
    assert "Vraag uw onderzoeker om u uit te nodigen" in page.inner_text("main")
    page.get_by_role("link", name="Terug naar de inlogpagina").click()
    assert page.title() == "Inloggen"


def test_a_group_brings_somebody_in_with_its_right(page: Page, installation: Installation) -> None:
    installation.provider.knows(
        "bea", email="bea@almelo.example", email_verified=True, name="Bea", groups=["onderzoek"]
    )
    sign_in(page, installation, "bea")
    if page.locator(".group > a").first.is_visible():  # on a telephone an entry of the menu is behind its group
        page.get_by_role("link", name="Analyse", exact=True).click()
    page.get_by_role("link", name="Scores", exact=True).first.click()
    assert urlsplit(page.url).path == "/evaluations/samen/scores"


def test_who_says_no_at_the_provider_reads_so(page: Page, installation: Installation) -> None:
    sign_in(page, installation, "", answer="Deny")
    assert "heeft u niet ingelogd" in page.inner_text("main")
