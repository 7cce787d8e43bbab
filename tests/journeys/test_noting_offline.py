"""Notes go on while the network is away: nothing is lost, nothing is readable on the device, and once is once."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select
from werkzeug.serving import make_server

from surveyapp import clock
from surveyapp.actions import interviews, sign_ins
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Note, Quote
from surveyapp.models.database import Database
from tests import cast

WORDS = "De wethouder van Almelo vond het te snel gaan."
STORED = """() => new Promise((done) => {
  const asked = indexedDB.open("interview-notes", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("writes", { keyPath: "at" });
  asked.onsuccess = () => {
    const all = asked.result.transaction("writes").objectStore("writes").getAll();
    all.onsuccess = () => {
      asked.result.close();
      done(all.result.map(({ at, iv, sealed }) => [at, [...iv], [...new Uint8Array(sealed)]]));
    };
  };
})"""
pytestmark = pytest.mark.browser


@dataclass
class Talk:
    """A conversation that is being served, and a browser of Anna."""

    database: Database
    address: str
    context: BrowserContext

    def open(self) -> Page:
        page = self.context.new_page()
        page.goto(self.address)
        page.wait_for_selector("html[data-notes=ready]")
        return page

    def notes(self) -> list[str]:
        with self.database.session(readonly=True) as session:
            return sorted(session.scalars(select(Note.text)))


@pytest.fixture
def talk(browser: Browser, migrated_file: Path, tmp_path: Path) -> Iterator[Talk]:
    """Anna is signed in, and talks with Almelo in an hour."""
    url = f"sqlite:///{shutil.copyfile(migrated_file, tmp_path / 'survey.db')}"
    database = Database(url)
    with database.session() as session:
        study = cast.study(session)
        starts = clock.now() + timedelta(hours=1)
        held = interviews.plan(session, wave=study.wave, membership=study.members[0], starts_at=starts, by=study.anna)
        interviews.add_participant(session, interview=held, name="Bram", by=study.anna)
        token, number = sign_ins.begin(session, user=study.anna), held.id
        session.commit()
    app = create_app(Settings(database_url=url, secret_key=cast.SECRET_KEY), database)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    base = f"http://127.0.0.1:{server.server_port}"
    context = browser.new_context(locale="nl-NL", viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": "sign-in", "value": token, "url": base}])
    yield Talk(database, f"{base}/evaluations/samen/interviews/conversations/{number}", context)
    context.close()
    server.shutdown()
    serving.join()
    server.server_close()
    database.dispose()


def first(kind: str = "note", topic: str = "opening") -> str:
    return f'[data-topic="{topic}"] [data-kind="{kind}"] >> nth=0 >> textarea'


def status(page: Page, state: str) -> str:
    page.wait_for_selector(f'#keeping[data-state="{state}"]')
    return page.inner_text("#keeping")


def test_notes_are_kept_while_they_are_written(talk: Talk) -> None:
    page = talk.open()
    page.fill(first(), WORDS)
    page.wait_for_selector('[data-topic="opening"] [data-kind="note"][data-version="1"]')
    assert talk.notes() == [WORDS]
    page.fill(first(), f"{WORDS} En meer.")
    page.wait_for_selector('[data-topic="opening"] [data-kind="note"][data-version="2"]')
    assert talk.notes() == [f"{WORDS} En meer."]
    page.wait_for_selector('#keeping[data-state="saved"]:has-text("Alles bewaard")')
    assert page.evaluate(STORED) == []


def test_without_a_network_notes_wait_sealed_on_the_device_and_are_then_kept_once(talk: Talk) -> None:
    page = talk.open()
    talk.context.set_offline(True)
    page.fill(first(), WORDS)
    page.fill(first(topic="closing"), "Tot slot.")
    assert "2 aantekeningen staan alleen op dit apparaat" in status(page, "offline")
    device = page.evaluate(STORED)
    assert len(device) == 2
    for at, iv, sealed in device:
        readable = bytes(sealed).decode("latin-1") + at
        assert len(iv) == 12
        for word in ("wethouder", "Almelo", "slot", "opening"):
            assert word not in readable
    assert talk.notes() == []
    talk.context.set_offline(False)
    assert "Alles bewaard" in status(page, "saved")
    assert talk.notes() == sorted([WORDS, "Tot slot."])
    assert page.evaluate(STORED) == []


def test_a_page_that_was_closed_without_a_network_goes_on_where_it_was(talk: Talk) -> None:
    page = talk.open()
    talk.context.set_offline(True)
    page.fill(first(), WORDS)
    status(page, "offline")
    page.wait_for_timeout(300)
    page.close(run_before_unload=False)
    talk.context.set_offline(False)
    again = talk.open()
    assert "Alles bewaard" in status(again, "saved")
    assert talk.notes() == [WORDS]
    assert again.evaluate(STORED) == []


def test_another_note_and_a_quote_are_made_on_the_device(talk: Talk) -> None:
    page = talk.open()
    talk.context.set_offline(True)
    page.fill(first(), "Een")
    page.click('[data-topic="opening"] [data-add][data-kind="note"]')
    page.keyboard.type("Twee")
    page.click('[data-topic="opening"] summary:has-text("Citaten")')
    page.fill(first("quote"), "Zo zei hij het.")
    page.select_option('[data-topic="opening"] [data-kind="quote"] >> nth=0 >> [data-part="consent"]', "role")
    status(page, "offline")
    talk.context.set_offline(False)
    status(page, "saved")
    assert talk.notes() == ["Een", "Twee"]
    with talk.database.session(readonly=True) as session:
        assert [(one.text, one.consent) for one in session.scalars(select(Quote))] == [("Zo zei hij het.", "role")]


def test_signing_out_wipes_the_device(talk: Talk) -> None:
    page = talk.open()
    talk.context.set_offline(True)
    page.fill(first(), WORDS)
    status(page, "offline")
    page.wait_for_timeout(300)
    page.close(run_before_unload=False)
    talk.context.set_offline(False)
    other = talk.context.new_page()
    other.goto(talk.address.partition("/interviews")[0])
    assert len(other.evaluate(STORED)) == 1
    other.click("text=Uitloggen")
    other.wait_for_url("**/sign-in")
    assert other.evaluate(STORED) == []
