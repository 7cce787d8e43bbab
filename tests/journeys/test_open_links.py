"""A resident sees a poster, takes part on a telephone, goes on later, and lends the telephone to a neighbour."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from surveyapp.actions import open_links, sign_ins, users
from surveyapp.models import Invitation, Response, Wave
from surveyapp.models.database import Database
from tests.cast import SECRET_KEY
from tests.journeys.conftest import Visitor
from tests.journeys.killable import Killable
from tests.journeys.servers import free_port
from tests.web.open_link.conftest import prepare

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Poster:
    """A link that leaves role and neighbourhood to who follows it, on a server of its own."""

    base: str
    path: str
    database: Database
    log: Path
    anna: str
    """The cookie of the researcher."""


@pytest.fixture
def poster(tmp_path: Path, migrated_file: Path) -> Iterator[Poster]:
    file, log, port = tmp_path / "survey.db", tmp_path / "log", free_port()
    shutil.copyfile(migrated_file, file)
    database = Database(f"sqlite:///{file}")
    prepare(database, "confidential")
    with database.session() as session:
        wave = session.scalars(select(Wave)).one()
        anna = users.create(session, email="anna@bureau.example", name="Anna", by=None)
        users.grant(session, user=anna, role="researcher", evaluation=wave.evaluation, by=None)
        _link, token = open_links.add(
            session, wave=wave, membership=None, role=None, most=None, secret_key=SECRET_KEY, by=anna
        )
        cookie = sign_ins.begin(session, user=anna)
        session.commit()
    server = Killable(f"sqlite:///{file}", log, port)
    server.start()
    yield Poster(f"http://127.0.0.1:{port}", f"/o/{token}", database, log, cookie)
    server.stop()
    database.dispose()


def test_a_resident_takes_part_and_lends_the_telephone_to_a_neighbour(visitor: Visitor, poster: Poster) -> None:
    page = visitor.page
    link = f"{poster.base}{poster.path}"

    # A resident follows the poster, reads who asks, and forgets to say who they are
    visitor.open(link)
    visitor.reads("Bureau Meerwaarde", "Gemeente Groningen", "één cookie", "eigen adres", "5 minuten")
    page.wait_for_timeout(2_100)
    visitor.press("Start")
    visitor.reads("Er zijn 2 problemen", "Kies wie u bent.", "Kies uw wijk.")

    # says it, and answers the first page
    page.get_by_label("Bewoner: U woont in de wijk.").check()
    page.get_by_label("Over welke wijk gaat het?").select_option(label="Selwerd")
    page.wait_for_timeout(2_100)
    visitor.press("Start")
    visitor.reads("Stap 1 van", "Bewoners doen mee")
    page.locator('input[name="voice_scale"][value="3"]').check()
    visitor.press("Opslaan en later verder")
    address = page.locator("p.address a").inner_text()
    assert address.startswith(f"{poster.base}/r/")

    # comes back with the poster: the same telephone goes on with the same answers
    visitor.open(link)
    visitor.reads("Op dit apparaat is iemand met deze vragenlijst begonnen")
    visitor.follow("Verder met deze antwoorden")
    visitor.press("Ga verder")
    visitor.open(f"{address}/page_voice")
    assert page.locator('input[name="voice_scale"][value="3"]').is_checked()
    visitor.open(f"{address}/check-answers")
    visitor.press("Versturen")
    visitor.reads("Bedankt")

    # a neighbour takes the same telephone
    visitor.open(link)
    visitor.reads("Op dit apparaat is deze vragenlijst ingevuld")
    visitor.press("Iemand anders op dit apparaat")
    page.get_by_label("Organisatie: U werkt bij").check()
    page.get_by_label("Over welke wijk gaat het?").select_option(label="De Wijert")
    page.wait_for_timeout(2_100)
    visitor.press("Start")
    assert not page.locator('input[name="voice_scale"][value="3"]').is_checked()

    # Anna sees two started, one sent, one on the same telephone; nothing else is known of them
    visitor.page.context.add_cookies([{"name": "sign-in", "value": poster.anna, "url": poster.base}])
    visitor.open(f"{poster.base}/evaluations/wijken/open-links")
    facts = [re.sub(r"\s+", " ", text) for text in page.locator("dl.facts dd").all_inner_texts()]
    assert facts == ["2", "1", "1"]
    visitor.open(f"{poster.base}/evaluations/wijken")
    visitor.reads("Via open links heeft één persoon")
    visitor.open(f"{poster.base}/evaluations/wijken/monitor")
    visitor.reads("Bewoners (open link)", "Organisaties (open link)")
    with poster.database.session(readonly=True) as session:
        assert len(session.scalars(select(Response)).all()) == 2
        assert [one.repeated for one in session.scalars(select(Invitation).order_by(Invitation.id))] == [False, True]
    log = poster.log.read_text()
    assert poster.path not in log
    assert address.removeprefix(poster.base) not in log
