"""From an empty database and a mail server to a running study: 420 people invited, reminded, and partly answered.

Once through the browser alone, and once at the prompt.
"""

import csv
import io
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, FilePayload, ViewportSize

from surveyapp import clock
from surveyapp.actions import evaluations, organisations, waves
from surveyapp.models import schema
from surveyapp.models.database import Database
from surveyapp.questionnaires import library
from tests import mail_server
from tests.cast import SECRET_KEY
from tests.journeys.browsing import Browser as Telephone
from tests.journeys.conftest import Visitor
from tests.journeys.servers import SURVEYAPP, free_port, running
from tests.mail_server import MailServer

pytestmark = pytest.mark.browser
OWNER: Final = "anna@bureau.example"
SLUG: Final = "samen"
PASSWORD: Final = "een regenachtige maandag in Almelo"
PLACES: Final = (
    *("GM0141", "GM0147", "GM0153", "GM0158", "GM0163", "GM0164", "GM0168", "GM0173"),
    *("GM0183", "GM0189", "GM1700", "GM1735", "GM1742", "GM1774", "OZJT"),
)
"""The fourteen municipalities of Twente, and their regional body."""
PEOPLE: Final = 420
ANSWERED: Final = 25
PATIENCE: Final = 240


def people() -> list[dict[str, str]]:
    """Twenty-eight for each organisation: eight governors, sixteen officials and four of the project team."""
    roles = ["governor"] * 8 + ["official"] * 16 + ["project"] * 4
    return [
        {
            "naam": f"Bram {number}",
            "e-mail": f"bram{number}@{place.lower()}.example",
            "organisatie": place,
            "rol": role,
            "taal": "nl",
        }
        for place in PLACES
        for number, role in enumerate(roles, start=1)
    ]


def as_file() -> bytes:
    """The list as a Dutch office makes it: semicolons, and a mark in front."""
    written = io.StringIO()
    table = csv.DictWriter(written, ("naam", "e-mail", "organisatie", "rol", "taal"), delimiter=";")
    table.writeheader()
    table.writerows(people())
    return written.getvalue().encode("utf-8-sig")


@dataclass
class Installation:
    """An empty one that is served, with a worker and a mail server."""

    port: int
    environment: dict[str, str]
    server: MailServer

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *command: str, status: int = 0) -> str:
        """A command at the prompt; what it printed."""
        outcome = subprocess.run(
            [SURVEYAPP, *command], env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert outcome.returncode == status, outcome.stdout + outcome.stderr
        return outcome.stdout

    def until_mailed(self, number: int) -> None:
        """Wait until so many mails have come in."""
        until = time.monotonic() + PATIENCE
        while len(self.server.received) < number:
            assert time.monotonic() < until, f"{len(self.server.received)} of {number} mails"
            time.sleep(0.2)

    def links(self) -> dict[str, str]:
        """Who got mail -> the path of the link in it."""
        found = {}
        for mail in self.server.received:
            link = re.search(rf"{self.address}(/r/[\w-]+)\b", mail.text)
            assert link is not None, mail.text
            found[mail.to] = link[1]
        return found

    def answer(self, link: str) -> None:
        """Begin and send, as short as can be: one answer on the first page."""
        device = Telephone(self.port)
        page = device.post(link, [("begin", "yes")])
        form = page.questions
        device.post(form.address, form.posted({"g1_1": ["4"]}, ("save-and", "continue")))
        assert "Bedankt" in device.post(f"{link}/check-answers", [("send", "yes")]).html


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    database, port = f"sqlite:///{tmp_path / 'survey.db'}", free_port()
    schema.upgrade(database)
    with mail_server.running(tmp_path) as server:
        environment = {
            "SURVEYAPP_DATABASE_URL": database,
            "SURVEYAPP_SECRET_KEY": SECRET_KEY,
            "SURVEYAPP_BASE_URL": f"http://127.0.0.1:{port}",
            "SURVEYAPP_MAILS_PER_MINUTE": "60000",
            **server.environment,
        }
        with running([SURVEYAPP, "serve", "--port", str(port)], environment, port=port, log=tmp_path / "log"):
            yield Installation(port, environment, server)


@pytest.fixture
def anna(browser: Browser) -> Iterator[Visitor]:
    """Anna, at a telephone: what fits there fits everywhere."""
    telephone = ViewportSize(width=360, height=740)
    context = browser.new_context(viewport=telephone, locale="nl-NL")
    somebody = Visitor(context)
    yield somebody
    context.close()
    assert somebody.faults == []
    assert somebody.elsewhere == []


def submit(anna: Visitor, form: str = "main form[method=post]") -> None:
    """Press the first button of a form, and look at the page that comes."""
    with anna.page.expect_navigation():
        anna.page.locator(f"{form} button[type=submit]").first.click()
    anna.look()


def test_a_study_is_set_up_and_fielded_in_the_browser(installation: Installation, anna: Visitor) -> None:
    sign_in(installation, anna)
    study = set_up(installation, anna)
    let_in(anna, study)
    open_it(anna, study)
    invite(installation, anna, study)
    answered = set(list(installation.links())[:ANSWERED])
    for who, link in list(installation.links().items())[:ANSWERED]:
        assert who in answered
        installation.answer(link)
    anna.open(f"{study}/monitor")
    anna.reads(str(PEOPLE), str(ANSWERED))
    remind(installation, anna, study)
    reminded = Counter(installation.server.recipients())
    assert {who for who, number in reminded.items() if number == 1} == answered
    assert set(reminded.values()) == {1, 2}


def sign_in(installation: Installation, anna: Visitor) -> None:
    """With the link that the command line prints for the first owner."""
    link = re.search(r"http\S+", installation.run("owner", OWNER))
    assert link is not None
    anna.open(link[0])
    anna.page.locator("[name=password]").fill(PASSWORD)
    anna.page.locator("[name=again]").fill(PASSWORD)
    submit(anna)


def set_up(installation: Installation, anna: Visitor) -> str:
    """Every step of a new study, up to the people."""
    anna.open(f"{installation.address}/evaluations")
    anna.open(f"{installation.address}/evaluations/new")
    anna.page.locator("#title_nl").fill("Samen kopen in Twente")
    anna.page.locator("#client").fill("OZJT/Samen14")
    anna.page.locator("#purpose_nl").fill("Wij leren van de vorige inkoop voor de volgende.")
    submit(anna)
    study = anna.page.url.partition("/set-up")[0]
    anna.open(f"{study}/set-up/questionnaire")
    anna.page.locator('[name=edition][value="seven-habits/1"]').check()
    submit(anna)
    anna.open(f"{study}/set-up/organisations")
    twente = anna.page.locator("#region option").filter(has_text="Twente").first.get_attribute("value")
    anna.page.locator("#region").select_option(twente)
    submit(anna, "form:has(#region)")
    anna.page.locator("#name").fill("OZJT/Samen14")
    anna.page.locator("#code").fill("OZJT")
    anna.page.locator("#kind").select_option(index=1)
    submit(anna, "form:has(#name)")
    anna.open(f"{study}/set-up/confidentiality")
    anna.page.locator('[name=regime][value="confidential"]').check()
    submit(anna)
    anna.open(f"{study}/set-up/period")
    anna.page.locator("#opens_on").fill("2026-01-05")
    anna.page.locator("#contact_name").fill("Anna Assink")
    anna.page.locator("#contact_email").fill(OWNER)
    submit(anna)
    return study


def let_in(anna: Visitor, study: str) -> None:
    """A file with everybody, looked at first."""
    anna.open(f"{study}/people/import")
    anna.page.locator("#file").set_input_files(
        FilePayload(name="genodigden.csv", mimeType="text/csv", buffer=as_file())
    )
    submit(anna)
    anna.reads(str(PEOPLE))
    submit(anna, "form.buttons")
    until = time.monotonic() + PATIENCE
    while f"{PEOPLE}" not in anna.page.inner_text("main") or anna.page.locator("progress").count():
        assert time.monotonic() < until, anna.page.inner_text("main")
        anna.page.wait_for_timeout(500)
        anna.page.reload()
    anna.open(f"{study}/people")
    anna.reads(str(PEOPLE))


def open_it(anna: Visitor, study: str) -> None:
    anna.open(f"{study}/set-up/check")
    submit(anna, 'form[action$="/open"]')


def invite(installation: Installation, anna: Visitor, study: str) -> None:
    """To everybody at once; the page tells how far it is."""
    send(anna, study, "invitation")
    installation.until_mailed(PEOPLE)
    assert set(installation.server.recipients()) == {person["e-mail"] for person in people()}
    until = time.monotonic() + PATIENCE
    while anna.page.locator("progress").count():
        assert time.monotonic() < until
        anna.page.wait_for_timeout(500)
        anna.page.reload()
    anna.reads(str(PEOPLE))


def remind(installation: Installation, anna: Visitor, study: str) -> None:
    """Only who did not answer."""
    send(anna, study, "reminder")
    installation.until_mailed(2 * PEOPLE - ANSWERED)


def send(anna: Visitor, study: str, purpose: str) -> None:
    """Look at the text, see who gets it, and send it now."""
    anna.open(f"{study}/mail")
    anna.open(f"{study}/mail/{purpose}")
    with anna.page.expect_navigation():
        anna.page.locator("main form[method=get] button[type=submit]").click()
    anna.look()
    submit(anna)


def test_a_study_is_fielded_at_the_prompt(installation: Installation, tmp_path: Path) -> None:
    """Setting up is for people who look; everything after it can be done by a script."""
    opened(installation)
    file = tmp_path / "genodigden.csv"
    file.write_bytes(as_file())
    installation.run("invite", SLUG, str(file), "--as", OWNER)
    installation.run("mail", SLUG, "invitation", "--as", OWNER)
    installation.until_mailed(PEOPLE)
    for link in list(installation.links().values())[:3]:
        installation.answer(link)
    installation.run("mail", SLUG, "reminder", "--as", OWNER)
    installation.until_mailed(2 * PEOPLE - 3)
    assert Counter(Counter(installation.server.recipients()).values()) == {1: 3, 2: PEOPLE - 3}


def opened(installation: Installation) -> None:
    """An open wave with everybody's organisation and nobody in it."""
    installation.run("owner", OWNER)
    database = Database(installation.environment["SURVEYAPP_DATABASE_URL"])
    with database.session() as session:
        evaluation = evaluations.create(session, slug=SLUG, title={"nl": "Samen"}, client="OZJT", by=None)
        for code in PLACES:
            kind = "municipality" if code.startswith("GM") else "region_body"
            place = organisations.add(session, code=code, name=code, kind=kind, by=None)
            evaluations.add_organisation(session, evaluation=evaluation, organisation=place, by=None)
        waves.plan(
            session,
            evaluation=evaluation,
            edition=library.load("seven-habits/1"),
            regime="confidential",
            opens_at=clock.now() - timedelta(days=1),
            closes_at=clock.now() + timedelta(days=20),
            sender="Bureau",
            contact_name="Anna",
            contact_email=OWNER,
            by=None,
        )
        session.commit()
    database.dispose()
