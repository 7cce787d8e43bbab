"""A running application on a database of its own, with one study in it and people who answer."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from surveyapp import clock
from surveyapp.actions import evaluations, invitations, organisations, waves
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Answer, Base, Membership, Wave
from surveyapp.models.database import Database
from surveyapp.questionnaires import library
from tests.effort import EFFORT
from tests.web.staff import Stage, drop_curtain, raise_curtain, set_up

SECRET = "a secret of at least thirty-two characters"
ON_BOTH: Final = {"test_database", "test_faults", "test_hostile_words", "test_keeping", "test_sending"}
"""Modules in which it matters under a page which database there is: faults, words that one of them cannot keep, and
answers on their way."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What both databases keep and find is tested with the verbs and the queries, so pages are tested on SQLite;
    on PostgreSQL the first test of every module is done too, and all pages are read. The long proofs do all on both.
    """
    if EFFORT > 1:
        return
    first: dict[Path, tuple[int, str]] = {}
    for item in filter(_takes_postgresql, items):
        first[item.path] = min(first.get(item.path, _place(item)), _place(item))
    left_out = {item for item in items if item.path in first and _takes_postgresql(item) and not _stays(item, first)}
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))


def _takes_postgresql(item: pytest.Item) -> bool:
    """Whether this is a test of a page, on PostgreSQL."""
    called = getattr(item, "callspec", None)
    inside = item.path.is_relative_to(Path(__file__).parent)
    return inside and called is not None and called.params.get("database_url") == "postgresql"


def _place(item: pytest.Item) -> tuple[int, str]:
    return item.reportinfo()[1] or 0, item.nodeid


def _stays(item: pytest.Item, first: dict[Path, tuple[int, str]]) -> bool:
    return item.path.stem in ON_BOTH or first[item.path] == _place(item)


@dataclass(frozen=True)
class Study:
    """An evaluation by Bureau Meerwaarde for the region, with Almelo and Borne; its wave is open unless moved."""

    app: Flask
    database: Database

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def invite(self, role: str = "governor", name: str = "Bram de Bestuurder", language: str = "nl") -> str:
        """Invite somebody of Almelo; returns the address of the invitation."""
        with self.database.session() as session:
            wave = session.scalars(select(Wave)).one()
            membership = session.scalars(select(Membership).order_by(Membership.id)).first()
            assert membership is not None
            _, token = invitations.invite(
                session,
                wave=wave,
                membership=membership,
                role=role,
                name=name,
                email="bram@almelo.example",
                language=language,
                secret_key=SECRET,
                by=None,
            )
            session.commit()
        return f"/r/{token}"

    def move(self, *, opens_at: datetime | None = None, closes_at: datetime | None = None) -> None:
        """Shift the period in which can be answered."""
        with self.database.session() as session:
            wave = session.scalars(select(Wave)).one()
            wave.opens_at = opens_at or wave.opens_at
            wave.closes_at = closes_at or wave.closes_at
            session.commit()

    def stored(self) -> dict[str, str]:
        """Question -> answer, of the only response."""
        with self.database.session(readonly=True) as session:
            return {answer.question: answer.value for answer in session.scalars(select(Answer))}

    def rows(self) -> dict[str, int]:
        """How many rows every table has: the same before and after what changes nothing."""
        with self.database.session(readonly=True) as session:
            return {
                name: session.scalar(select(func.count()).select_from(table)) or 0
                for name, table in Base.metadata.tables.items()
            }


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, secret_key=SECRET)


@pytest.fixture
def study(settings: Settings, database: Database, regime: str) -> Iterator[Study]:
    app = create_app(settings)
    prepare(database, regime)
    yield Study(app, database)
    app.extensions["surveyapp.database"].dispose()


@pytest.fixture
def regime() -> str:
    """Overridden by a test that is about another regime."""
    return "confidential"


def prepare(database: Database, regime: str) -> None:
    with database.session() as session:
        evaluation = evaluations.create(
            session,
            slug="inkoop-twente",
            title={"nl": "Evaluatie inkoop Twente", "en": "Evaluation of procurement in Twente"},
            client="Samenwerkende gemeenten",
            by=None,
        )
        for code, name in (("GM0141", "Almelo"), ("GM0147", "Borne")):
            organisation = organisations.add(session, code=code, name=name, kind="municipality", by=None)
            evaluations.add_organisation(session, evaluation=evaluation, organisation=organisation, by=None)
        waves.plan(
            session,
            evaluation=evaluation,
            edition=library.load("seven-habits/1"),
            regime=regime,
            opens_at=clock.now() - timedelta(days=1),
            closes_at=clock.end_of((clock.now() + timedelta(days=20)).date()),
            sender="Bureau Meerwaarde",
            contact_name="Anna de Onderzoeker",
            contact_email="anna@meerwaarde.example",
            by=None,
        )
        session.commit()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Stage]:
    """Anna's study, closed and published, for tests that only look."""
    path = tmp_path_factory.mktemp("published") / "survey.db"
    shutil.copyfile(migrated_file, path)
    raised = raise_curtain(f"sqlite:///{path}")
    set_up(raised, published=True)
    yield raised
    drop_curtain(raised)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """An application of its own, with nothing in it yet."""
    raised = raise_curtain(database_url)
    yield raised
    drop_curtain(raised)


@pytest.fixture
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still: on a slow machine the first wait, of a second, is over before the next attempt."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
