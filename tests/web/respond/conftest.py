"""Somebody who answers a sample questionnaire."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from surveyapp import clock
from surveyapp.actions import evaluations, invitations, organisations, waves
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Answer, Membership
from surveyapp.models.database import Database
from surveyapp.questionnaires.edition import Edition
from tests.questionnaires.sampled import sample
from tests.web.conftest import SECRET
from tests.web.respond.form import Page


@dataclass(frozen=True)
class Respondent:
    """Bram, who has begun to answer; ``link`` is his own."""

    app: Flask
    link: str
    edition: Edition

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def page(self, section: str, language: str = "nl") -> Page:
        """The page of a section, in a window of its own."""
        return Page(self.client.get(f"{self.link}/{section}?language={language}").text)

    def post(
        self, section: str, page: Page, /, button: str = "continue", changes: dict[str, str | list[str]] | None = None
    ) -> TestResponse:
        """Press a button of this page, after changing some of its fields."""
        changed = changes or {}
        kept = [(name, value) for name, value in page.fields if name not in changed]
        new = [(name, one) for name, value in changed.items() for one in ([value] if isinstance(value, str) else value)]
        data: dict[str, list[str]] = {"save-and": [button]}
        for name, value in (*kept, *new):
            data.setdefault(name, []).append(value)
        return self.client.post(f"{self.link}/{section}", data=data)

    def stored(self) -> dict[str, str]:
        """What is kept and not empty."""
        opened: Database = self.app.extensions["surveyapp.database"]
        with opened.session(readonly=True) as session:
            return {answer.question: answer.value for answer in session.scalars(select(Answer)) if answer.value}


class Sampled:
    """Sets up a study on a sample questionnaire, or on any edition, with Bram invited in its first role."""

    def __init__(self, folder: Path, schema: Path) -> None:
        self._folder = folder
        self._schema = schema
        self.databases: list[Database] = []

    def __call__(self, edition: str | Edition, *, organisation: str = "Almelo", role: str | None = None) -> Respondent:
        path = self._folder / f"{len(self.databases)}.db"
        shutil.copyfile(self._schema, path)
        asked = sample(edition) if isinstance(edition, str) else edition
        app = create_app(Settings(database_url=f"sqlite:///{path}", secret_key=SECRET))
        database: Database = app.extensions["surveyapp.database"]
        self.databases.append(database)
        token = _invite(database, asked, organisation, role or asked.questionnaire.roles[0].key)
        begun = Respondent(app, f"/r/{token}", asked)
        assert begun.client.post(begun.link).status_code == 303
        return begun


@pytest.fixture
def sampled(tmp_path: Path, migrated_file: Path) -> Iterator[Sampled]:
    made = Sampled(tmp_path, migrated_file)
    yield made
    for database in made.databases:
        database.dispose()


def _invite(database: Database, edition: Edition, organisation: str, role: str) -> str:
    with database.session() as session:
        evaluation = evaluations.create(
            session, slug="sample", title={"nl": "Voorbeeld", "en": "Sample"}, client="Anna", by=None
        )
        added = organisations.add(session, code="GM0141", name=organisation, kind="municipality", by=None)
        evaluations.add_organisation(session, evaluation=evaluation, organisation=added, by=None)
        wave = waves.plan(
            session,
            evaluation=evaluation,
            edition=edition,
            regime="confidential",
            opens_at=clock.now() - timedelta(days=1),
            closes_at=clock.end_of((clock.now() + timedelta(days=20)).date()),
            sender="Bureau Meerwaarde",
            contact_name="Anna de Onderzoeker",
            contact_email="anna@meerwaarde.example",
            by=None,
        )
        _, token = invitations.invite(
            session,
            wave=wave,
            membership=session.scalars(select(Membership)).one(),
            role=role,
            name="Bram de Bestuurder",
            email="bram@almelo.example",
            language="nl",
            secret_key=SECRET,
            by=None,
        )
        session.commit()
    return token
