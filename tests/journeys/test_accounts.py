"""An account from the first link to signing in without a password, in a real browser with a real second factor."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, ViewportSize
from werkzeug.serving import make_server

from surveyapp import clock
from surveyapp.actions import sign_ins, users
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import schema
from surveyapp.models.database import Database
from tests import cast
from tests.journeys.conftest import Visitor

PASSWORD = "kanarie trapleuning mosterd"
OTHER = "vijver onder blauwe ladder"


@dataclass
class Site:
    """An installation that asks a second factor of whoever sees answers, reached by a name."""

    address: str
    link: str
    database: Database


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path / 'survey.db'}"
    schema.upgrade(url)
    app = create_app(Settings(database_url=url, secret_key=cast.SECRET_KEY, second_factor=True))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    app.config["BASE_URL"] = f"http://localhost:{server.server_port}"
    database = Database(url)
    with database.session() as session:
        study = cast.study(session)
        study.anna.name = "Anna de Onderzoeker"
        users.make_owner(session, email=study.anna.email)
        expires = clock.now() + timedelta(days=1)
        token = sign_ins.one_time_link(session, user=study.anna, purpose="password", expires_at=expires, by=None)
        session.commit()
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield Site(app.config["BASE_URL"], f"{app.config['BASE_URL']}/password/{token}", database)
    server.shutdown()
    serving.join()
    server.server_close()
    for opened in (database, app.extensions["surveyapp.database"]):
        opened.dispose()


class Somebody(Visitor):
    """A person at a browser, with a device that has a lock for passkeys."""

    def __init__(self, browser: Browser, site: Site) -> None:
        size = ViewportSize(width=360, height=740)
        self.site = site
        self.context = browser.new_context(viewport=size, locale="nl-NL")
        super().__init__(self.context)
        self.device = self.context.new_cdp_session(self.page)
        self.device.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made: Any = self.device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.authenticator: str = made["authenticatorId"]

    def _note(self, address: str) -> None:
        if not address.startswith((self.site.address, "data:")):
            self.elsewhere.append(address)

    def go(self, path: str) -> None:
        self.open(path if path.startswith("http") else f"{self.site.address}{path}")

    def fills(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name={name}]:visible").first.fill(value)

    def is_at(self, path: str) -> None:
        assert self.page.url.removeprefix(self.site.address).partition("?")[0].partition("#")[0] == path

    def signs_in(self, password: str) -> None:
        self.go("/sign-in")
        self.fills(email="anna@bureau.example", password=password)
        self.press("Inloggen")

    def leave(self) -> None:
        self.context.close()
        assert self.faults == []
        assert self.elsewhere == []


@pytest.fixture
def somebody(browser: Browser, site: Site) -> Iterator[Somebody]:
    person = Somebody(browser, site)
    yield person
    person.leave()


def turns_on(person: Somebody) -> list[str]:
    """Turns the second step on with the key in text, as who cannot scan; keeps the recovery codes."""
    person.press("Tweede stap aanzetten")
    assert person.page.locator("main img").evaluate("image => image.naturalWidth") > 100
    app = pyotp.TOTP(person.page.locator(".key").inner_text().replace(" ", ""))
    person.fills(code=app.now())
    person.press("Aanzetten")
    person.is_at("/account/recovery-codes")
    codes = person.page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    return codes


def test_from_the_first_link_to_a_second_step_and_recovery(somebody: Somebody) -> None:
    somebody.go(somebody.site.link)
    somebody.fills(password="annadeonderzoeker", again="annadeonderzoeker")
    somebody.press("Opslaan en inloggen")
    somebody.reads("Dit wachtwoord bestaat uit uw naam")
    somebody.fills(password=PASSWORD, again=PASSWORD)
    somebody.press("Opslaan en inloggen")
    somebody.is_at("/account")
    somebody.reads("Bescherm eerst uw account")
    somebody.go("/evaluations/samen/scores")
    somebody.is_at("/account")

    codes = turns_on(somebody)
    somebody.go("/account/recovery-codes")
    assert codes[0] not in somebody.page.content()
    somebody.go("/evaluations/samen/scores")
    somebody.is_at("/evaluations/samen/scores")
    somebody.press("Uitloggen")

    somebody.signs_in(PASSWORD)
    somebody.is_at("/sign-in/second-step")
    somebody.fills(code="000000")
    somebody.press("Inloggen")
    somebody.reads("Deze code is niet juist")
    somebody.fills(code=codes[3])
    somebody.press("Inloggen")
    somebody.is_at("/evaluations")
    somebody.go("/account")
    somebody.reads("9 van 10 over")


def test_a_passkey_signs_in_without_a_password(somebody: Somebody) -> None:
    somebody.go(somebody.site.link)
    somebody.fills(password=PASSWORD, again=PASSWORD)
    somebody.press("Opslaan en inloggen")
    somebody.page.locator("form[data-passkey] [name=name]").fill("Laptop van werk")
    somebody.press("Passkey toevoegen")
    somebody.is_at("/account/recovery-codes")
    somebody.go("/account")
    somebody.reads("Laptop van werk")
    somebody.go("/evaluations")
    somebody.is_at("/evaluations")
    somebody.press("Uitloggen")

    somebody.press("Inloggen met een passkey")
    somebody.is_at("/evaluations")
    somebody.press("Uitloggen")

    somebody.signs_in(PASSWORD)
    somebody.is_at("/sign-in/second-step")
    somebody.press("Passkey gebruiken")
    somebody.is_at("/evaluations")
    somebody.press("Uitloggen")

    somebody.device.send(
        "WebAuthn.setUserVerified", {"authenticatorId": somebody.authenticator, "isUserVerified": False}
    )
    somebody.page.get_by_role("button", name="Inloggen met een passkey").click()
    somebody.page.get_by_text("De passkey is niet gebruikt").wait_for()
    somebody.is_at("/sign-in")


def test_the_same_device_is_not_added_twice_and_a_passkey_can_be_renamed_and_removed(somebody: Somebody) -> None:
    somebody.go(somebody.site.link)
    somebody.fills(password=PASSWORD, again=PASSWORD)
    somebody.press("Opslaan en inloggen")
    somebody.page.locator("form[data-passkey] [name=name]").fill("Laptop")
    somebody.press("Passkey toevoegen")
    somebody.go("/account")
    somebody.page.locator("form[data-passkey] [name=name]").fill("Nog een keer")
    somebody.page.get_by_role("button", name="Passkey toevoegen").click()
    somebody.page.get_by_text("Dit apparaat heeft al een passkey").wait_for()
    somebody.page.get_by_text("Naam wijzigen of verwijderen").first.click()
    somebody.page.locator("input[id^=name-]").fill("Oude laptop")
    with somebody.page.expect_navigation():
        somebody.page.locator("form[action$='/rename'] button").click()
    somebody.reads("Oude laptop")
    somebody.page.get_by_text("Naam wijzigen of verwijderen").first.click()
    with somebody.page.expect_navigation():
        somebody.page.locator("form[action$='/remove'] button").click()
    assert somebody.page.get_by_role("heading", name="Oude laptop").count() == 0


def test_who_changes_the_password_stays_and_everybody_else_is_out(somebody: Somebody, browser: Browser) -> None:
    somebody.go(somebody.site.link)
    somebody.fills(password=PASSWORD, again=PASSWORD)
    somebody.press("Opslaan en inloggen")
    codes = turns_on(somebody)
    thief = Somebody(browser, somebody.site)
    thief.signs_in(PASSWORD)
    thief.fills(code=codes[0])
    thief.press("Inloggen")
    thief.is_at("/evaluations")

    somebody.go("/account")
    assert somebody.page.get_by_role("heading", name="Chrome").count() == 2
    somebody.go("/account/password")
    somebody.fills(current="niet dit wachtwoord", password=OTHER, again=OTHER)
    somebody.press("Wachtwoord wijzigen")
    somebody.reads("Dit is niet uw huidige wachtwoord")
    somebody.fills(current=PASSWORD, password=OTHER, again=OTHER)
    somebody.press("Wachtwoord wijzigen")
    somebody.is_at("/account")
    somebody.reads("Uw wachtwoord is gewijzigd")
    assert somebody.page.get_by_role("heading", name="Chrome").count() == 1
    somebody.go("/evaluations")
    somebody.is_at("/evaluations")

    thief.go("/evaluations")
    thief.is_at("/sign-in")
    thief.leave()
