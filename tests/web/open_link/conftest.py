"""The neighbourhood study: residents and providers of two neighbourhoods come through open links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from surveyapp import clock
from surveyapp.actions import evaluations, invitations, open_links, organisations, waves
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Evaluation, Invitation, Membership, OpenLink, Response, Wave
from surveyapp.models.database import Database
from surveyapp.questionnaires import library
from tests.actions.conftest import Time

SECRET = "a secret of at least thirty-two characters"
PLACES = (
    ("WK01", "De Wijert", "neighbourhood"),
    ("WK02", "Selwerd", "neighbourhood"),
    ("GM0014", "Groningen", "municipality"),
)


@dataclass
class Neighbourhoods:
    """The study as its visitors meet it; time stands still unless it passes."""

    app: Flask
    database: Database
    time: Time

    def open(self, role: str | None = "resident", place: str | None = "WK01", most: int | None = None) -> str:
        """Make a link; returns its address."""
        with self.database.session() as session:
            wave = session.scalars(select(Wave)).one()
            members = session.scalars(select(Membership).order_by(Membership.position)).all()
            member = next((each for each in members if each.organisation.code == place), None)
            _link, token = open_links.add(
                session, wave=wave, membership=member, role=role, most=most, secret_key=SECRET, by=None
            )
            session.commit()
        return f"/o/{token}"

    def place(self, code: str) -> Membership:
        """The neighbourhood with this code, as it takes part."""
        with self.database.session(readonly=True) as session:
            members = session.scalars(select(Membership).options(joinedload(Membership.organisation)))
            return next(member for member in members if member.organisation.code == code)

    def person(self) -> FlaskClient:
        """Somebody with a browser of their own."""
        return self.app.test_client()

    def start(self, client: FlaskClient, path: str, **said: str) -> "Started":
        """Open the page, read it, and press Start; ``said`` are fields of the form."""
        return self._start(client, path, 3, said)

    def start_at_once(self, client: FlaskClient, path: str) -> "Started":
        """Open the page and press Start without reading it."""
        return self._start(client, path, 0, {})

    def _start(self, client: FlaskClient, path: str, seconds: int, said: dict[str, str]) -> "Started":
        query = {"someone-else": "yes"} if "someone-else" in said else {}
        page = client.get(path, query_string=query).get_data(as_text=True)
        self.time.passes(seconds=seconds)
        answer = client.post(path, data={**hidden(page), **said})
        return Started(answer.status_code, answer.location or "", answer.get_data(as_text=True), answer.headers)

    def invitations(self) -> list[Invitation]:
        with self.database.session(readonly=True) as session:
            return list(session.scalars(select(Invitation).order_by(Invitation.id)))

    def responses(self) -> list[Response]:
        with self.database.session(readonly=True) as session:
            return list(session.scalars(select(Response)))

    def links(self) -> list[OpenLink]:
        with self.database.session(readonly=True) as session:
            return list(session.scalars(select(OpenLink).order_by(OpenLink.id)))

    def invite(self, role: str) -> str:
        """Invite somebody of De Wijert by name; returns the address of the invitation."""
        with self.database.session() as session:
            wave = session.scalars(select(Wave)).one()
            _invitation, token = invitations.invite(
                session,
                wave=wave,
                membership=session.get_one(Membership, self.place("WK01").id),
                role=role,
                name="Carla",
                email="carla@wijert.example",
                language="nl",
                secret_key=SECRET,
                by=None,
            )
            session.commit()
        return f"/r/{token}"


@dataclass(frozen=True)
class Started:
    """What the server answered to Start."""

    status: int
    location: str
    page: str
    headers: object


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a form."""
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))


@pytest.fixture
def regime() -> str:
    """Overridden by a test that is about another regime."""
    return "confidential"


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """A clock that stands still; ``time.passes(minutes=5)`` moves it."""
    stopped = Time()
    monkeypatch.setattr(clock, "now", stopped.now)
    return stopped


@pytest.fixture
def neighbourhoods(database_url: str, database: Database, time: Time, regime: str) -> Iterator[Neighbourhoods]:
    app = create_app(Settings(database_url=database_url, secret_key=SECRET))
    prepare(database, regime)
    yield Neighbourhoods(app, database, time)
    app.extensions["surveyapp.database"].dispose()


def prepare(database: Database, regime: str) -> Evaluation:
    """The study, open since yesterday."""
    with database.session() as session:
        evaluation = evaluations.create(
            session,
            slug="wijken",
            title={"nl": "Samen kiezen in Groningen", "en": "Choosing together in Groningen"},
            client="Gemeente Groningen",
            by=None,
        )
        for code, name, kind in PLACES:
            organisation = organisations.add(session, code=code, name=name, kind=kind, by=None)
            evaluations.add_organisation(session, evaluation=evaluation, organisation=organisation, by=None)
        waves.plan(
            session,
            evaluation=evaluation,
            edition=library.load("maatschappelijk-aanbesteden/1"),
            regime=regime,
            opens_at=clock.now() - timedelta(days=1),
            closes_at=clock.now() + timedelta(days=20),
            sender="Bureau Meerwaarde",
            contact_name="Anna de Onderzoeker",
            contact_email="anna@meerwaarde.example",
            by=None,
        )
        session.commit()
    return evaluation
