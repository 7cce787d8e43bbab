"""The people, links and answers that the scenes begin with, in a database of their own, and the pages served on it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from surveyapp import clock
from surveyapp.access import RESEARCHER
from surveyapp.actions import (
    approvals,
    count_links,
    delegations,
    entries,
    evaluations,
    invitations,
    open_links,
    organisations,
    responses,
    sign_ins,
    trials,
    users,
    waves,
)
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Delegation, Invitation, Membership, OpenLink, Organisation, Response, User, Wave
from surveyapp.models.approval import DELETE
from surveyapp.models.database import Database
from surveyapp.queries import editions
from surveyapp.web.respond import copies
from tests import cast
from tests.journeys.filling import answer, beside
from tests.journeys.scenes import Scene
from tests.questionnaires.sampled import sample

LATE_IN_A_MINUTE = 45
"""From this second on the next minute may begin before a button is pressed."""


@dataclass
class Stage:
    """Where the scenes are served, and what their addresses hold."""

    database: Database
    address: str = ""
    names: dict[str, str] = field(default_factory=dict)
    """Person or link -> token; ``number_of_`` a person -> the number of the invitation."""
    cookies: dict[str, str] = field(default_factory=dict)
    owner: str = ""
    """What the cookie of an owner of the installation holds."""
    sent: int = 0
    """The number of the response of which a copy is asked."""
    _flooded: int = 0

    def at(self, scene: Scene) -> str:
        """The whole address of a scene."""
        return self.address + scene.path.format_map(self.names)

    def flood(self) -> None:
        """Let as many people have started through the link in this minute as may; not at its end, when the next one is
        near."""
        while clock.now().second >= LATE_IN_A_MINUTE:
            time.sleep(0.5)
        with self.database.session() as session:
            link = session.get_one(OpenLink, self._flooded)
            link.minute = clock.now().replace(second=0, microsecond=0)
            link.started_in_minute = open_links.MOST_IN_A_MINUTE
            session.commit()

    def prepare(self) -> None:
        """Everybody and everything as the scenes begin."""
        with self.database.session() as session:
            anna = users.create(session, email="anna@bureau.example", name="Anna", by=None)
            users.set_password(session, user=anna, password="drie woorden en een zin", by=None)
            owner = users.make_owner(session, email="olga@bureau.example", name="Olga", by=None)
            places = [
                organisations.add(session, code=code, name=name, kind="municipality", by=None)
                for code, name in cast.PLACES[:2]
            ]
            self._confidential(_Study(session, "confidential", "required", places, anna=anna))
            self._anonymous(_Study(session, "anonymous", "roles", places[:1]))
            self._others(session, places, anna)
            self._open(_Study(session, "open", "required", places, anna=anna))
            self._being_set_up(session, places, anna)
            evaluations.create(session, slug="elsewhere", title={"nl": "Elders"}, client="Regio", by=None)
            self.cookies["sign-in"] = sign_ins.begin(session, user=anna)
            self.owner = sign_ins.begin(session, user=owner)
            session.commit()

    def _being_set_up(self, session: Session, places: list[Organisation], anna: User) -> None:
        """A study of which the wave is a draft, and somebody who tries it."""
        title = {"nl": "Samen verder", "en": "Onward together"}
        purpose = {"nl": "Om van te leren.", "en": "To learn from."}
        study = evaluations.create(
            session, slug="scene-draft", title=title, client="Regio Twente", purpose=purpose, by=None
        )
        users.grant(session, user=anna, role=RESEARCHER.name, evaluation=study, by=None)
        members = [
            evaluations.add_organisation(session, evaluation=study, organisation=place, by=None) for place in places
        ]
        wave = waves.draft(
            session, evaluation=study, edition=sample("roles"), by=anna, expected={"governor": 2, "official": 6}
        )
        self.names["tried"] = trials.join(
            session,
            wave=wave,
            membership=members[0],
            role="governor",
            language="nl",
            secret_key=cast.SECRET_KEY,
            by=anna,
        )

    def _confidential(self, study: "_Study") -> None:
        for name in ("fresh", "revoked"):
            self._invited(study, name)
        study.invitations["revoked"].revoked_at = clock.now()
        for name in ("empty", "begun", "passed", "former", "sent"):
            self._invited(study, name)
            study.begin(name)
        study.answer("begun", "people", "visited", "remark")
        for name in ("entered", "on_paper"):
            self._invited(study, name)
            study.enter(name)
        for name in ("sent", "on_paper"):
            study.send(name)
        self.names["colleague"] = study.pass_on("passed")
        self.names["former"] = study.pass_on("former")
        study.take_back("former")
        self.sent = study.begun["sent"].id
        self.names["counted"] = study.count()
        self.names["request"] = study.ask_to_delete()

    def _anonymous(self, study: "_Study") -> None:
        """Too few officials to be told apart: they are kept together with the governors."""
        for number in range(5):
            self._invited(study, f"somebody_{number}", "official" if number < 2 else "governor")
        for name in ("nameless", "nobody"):
            self._invited(study, name, "official")
        study.begin("nobody")
        study.answer("nobody", "welcome_1")
        study.send("nobody", complete=False)

    def _others(self, session: Session, places: list[Organisation], anna: User) -> None:
        self._invited(_Study(session, "attributable", "roles", places), "attributable")
        day = timedelta(days=1)
        closed = _Study(session, "late", "required", places, anna=anna, opens=-3 * day)
        self._invited(closed, "late")
        closed.wave.closes_at = clock.now() - day
        self._invited(_Study(session, "early", "required", places, opens=day), "early")

    def _open(self, study: "_Study") -> None:
        self.names["poster"] = study.link(None, None)[1]
        flooded, self.names["flooded"] = study.link(0, "governor")
        self._flooded = flooded.id
        limited, self.names["full"] = study.link(1, "governor")
        borrowed, self.names["borrowed"] = study.link(1, None)
        for link, name in ((limited, "neighbour"), (borrowed, "resident")):
            study.follow(link, name)
            self.names[name] = study.tokens[name]
        study.send("neighbour")
        limited.most = 1
        self.cookies[f"open-link-{borrowed.id}"] = self.names["resident"]

    def _invited(self, study: "_Study", name: str, role: str = "governor") -> None:
        study.invite(name, role)
        self.names |= {name: study.tokens[name], f"number_of_{name}": str(study.invitations[name].id)}


class _Study:
    """A study of a sample, open unless it is said when, and what people did in it."""

    def __init__(
        self,
        session: Session,
        name: str,
        asked: str,
        places: list[Organisation],
        *,
        anna: User | None = None,
        opens: timedelta = timedelta(days=-1),
    ) -> None:
        self._session, self._anna = session, anna
        self.invitations: dict[str, Invitation] = {}
        self.tokens: dict[str, str] = {}
        self.begun: dict[str, Response] = {}
        title = {"nl": "Samen verder", "en": "Onward together"}
        evaluation = evaluations.create(session, slug=f"scene-{name}", title=title, client="Regio Twente", by=None)
        self._members: list[Membership] = [
            evaluations.add_organisation(session, evaluation=evaluation, organisation=place, by=None)
            for place in places
        ]
        if anna is not None:
            users.grant(session, user=anna, role=RESEARCHER.name, evaluation=evaluation, by=None)
        self.wave: Wave = waves.plan(
            session,
            evaluation=evaluation,
            edition=sample(asked),
            regime=name if name in {"attributable", "anonymous"} else "confidential",
            opens_at=clock.now() + opens,
            closes_at=clock.now() + timedelta(days=20),
            sender="Bureau Meerwaarde",
            contact_name="Anna de Vries",
            contact_email="anna@bureau.example",
            by=None,
        )

    def invite(self, name: str, role: str) -> None:
        self.invitations[name], self.tokens[name] = invitations.invite(
            self._session,
            wave=self.wave,
            membership=self._members[0],
            role=role,
            name=f"{name.title()} Bos",
            email=f"{name}@almelo.example",
            language="nl",
            secret_key=cast.SECRET_KEY,
            by=None,
        )

    def begin(self, name: str) -> None:
        self.begun[name] = responses.start(self._session, invitation=self.invitations[name])

    def enter(self, name: str) -> None:
        """The research team begins to enter what came on paper."""
        assert self._anna is not None
        self.begun[name] = entries.start(
            self._session, invitation=self.invitations[name], channel="paper", promise=None, by=self._anna
        )

    def count(self) -> str:
        """Let everybody's contact person see how many answered; the token of the first organisation's link."""
        self.wave.targets = {"governor": 60, "official": 40}
        made = count_links.make(
            self._session, wave=self.wave, memberships=self._members, secret_key=cast.SECRET_KEY, by=None
        )
        return count_links.token_of(made[0], cast.SECRET_KEY)

    def ask_to_delete(self) -> str:
        """A colleague asks for it, who has no right to anything any more; the number of the request."""
        colleague = users.create(self._session, email="piet@bureau.example", name="Piet Jansen", by=None)
        asked = approvals.ask(
            self._session,
            evaluation=self.wave.evaluation,
            act=DELETE,
            reason="Dit onderzoek is dubbel gemaakt.",
            by=colleague,
            four_eyes=True,
        )
        return str(asked.id)

    def link(self, place: int | None, role: str | None) -> tuple[OpenLink, str]:
        return open_links.add(
            self._session,
            wave=self.wave,
            membership=None if place is None else self._members[place],
            role=role,
            most=None,
            secret_key=cast.SECRET_KEY,
            by=None,
        )

    def follow(self, link: OpenLink, name: str) -> None:
        """Somebody takes part through an open link."""
        self.invitations[name], self.tokens[name] = open_links.start(
            self._session,
            link=link,
            membership=self._members[1],
            role="governor",
            repeated=False,
            secret_key=cast.SECRET_KEY,
        )
        self.begin(name)

    def answer(self, name: str, *keys: str) -> None:
        questionnaire = editions.of(self._session, self.wave).questionnaire
        dice = Random(name)  # noqa: S311
        given: dict[str, str] = {}
        for key in keys:
            question = questionnaire.questions[key]
            value = answer(question, questionnaire, dice)
            given |= {key: value} | {f"{key}.{part}": words for part, words in beside(question, value).items()}
        responses.save(self._session, response=self.begun[name], questionnaire=questionnaire, answers=given)

    def send(self, name: str, *, complete: bool = True) -> None:
        """Send; first everything is answered that has not been, unless it need not be ``complete``."""
        questionnaire = editions.of(self._session, self.wave).questionnaire
        if complete:
            self.answer(name, *(key for key, asked in questionnaire.questions.items() if asked.answerable))
        responses.submit(self._session, response=self.begun[name], questionnaire=questionnaire)

    def pass_on(self, name: str) -> str:
        """A colleague is asked; returns the token of their link."""
        _delegation, token = delegations.pass_on(
            self._session,
            response=self.begun[name],
            section="visit",
            name="Carla Jansen",
            email="carla@almelo.example",
            language="nl",
            secret_key=cast.SECRET_KEY,
        )
        return token

    def take_back(self, name: str) -> None:
        taken = self._session.scalars(select(Delegation).where(Delegation.response_id == self.begun[name].id)).one()
        delegations.take_back(self._session, response=self.begun[name], delegation_id=taken.id)


def _sign_copies(app: Flask, stage: Stage) -> None:
    """A copy as it is made now, and one of three days ago."""
    with app.app_context(), pytest.MonkeyPatch.context() as past:
        stage.names["copy"] = copies.signed(stage.sent)
        long_ago = clock.now() - timedelta(days=3)
        past.setattr(clock, "now", lambda: long_ago)
        stage.names["old_copy"] = copies.signed(stage.sent)


@contextmanager
def staged(file: Path) -> Iterator[Stage]:
    """The scenes on this migrated file, while the block lasts; nobody makes what a worker should."""
    app = create_app(Settings(database_url=f"sqlite:///{file}", secret_key=cast.SECRET_KEY))
    database: Database = app.extensions["surveyapp.database"]
    stage = Stage(database)
    stage.prepare()
    _sign_copies(app, stage)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    stage.address = f"http://127.0.0.1:{server.server_port}"
    app.config["BASE_URL"] = stage.address
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    with pytest.MonkeyPatch.context() as impatient:
        impatient.setattr("surveyapp.web.renderings.PATIENCE", 0.0)
        yield stage
    server.shutdown()
    serving.join()
    server.server_close()
    database.dispose()
