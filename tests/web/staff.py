"""Anna's study as staff see it, with somebody of every right, to walk through with a browser's requests.

Almelo and Borne are large enough to be shown, of Enschede no governor answered and only three officials did.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import AUDITOR, INTERVIEWER, MUNICIPALITY_READER, OWNER, PROJECT_LEAD, RESEARCHER
from surveyapp.actions import evaluations, publications, sign_ins, users, waves
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Evaluation, Event, User, Wave
from surveyapp.models.database import Database
from surveyapp.questionnaires import library
from surveyapp.questionnaires.edition import Edition
from tests import cast, working

SECRET = "a secret of at least thirty-two characters"
PEOPLE = ("anna", "bram", "carla", "dirk", "lead", "owner", "ina", "otto")
"""Anna researches, Bram reads Almelo and Carla Borne, Dirk researches elsewhere, then the project lead and an owner;
Ina interviews in Borne, and Otto reads the log."""


@dataclass
class Stage:
    """The application with the study in it, and the cookie of everybody who can sign in."""

    app: Flask
    database: Database
    cookies: dict[str, str] = field(default_factory=dict)

    def client(self, who: str | None = None) -> FlaskClient:
        """A browser, of somebody who has signed in or of nobody."""
        client = self.app.test_client()
        if who is not None:
            client.set_cookie("sign-in", self.cookies[who])
        return client

    def page(self, who: str, path: str) -> str:
        """A page of the study that must be there; ``path`` goes on from the study's address."""
        answer = self.client(who).get(f"/evaluations/samen{path}")
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def work(self) -> None:
        """Let a worker do everything that waits."""
        working.work(self.database)

    def verbs(self) -> list[str]:
        """What has been logged of the study."""
        with self.database.session(readonly=True) as session:
            study = select(Evaluation.id).where(Evaluation.slug == "samen")
            return list(session.scalars(select(Event.verb).where(Event.evaluation_id.in_(study)).order_by(Event.id)))


def raise_curtain(url: str) -> Stage:
    """The application on this database, with nobody and nothing in it yet."""
    return Stage(create_app(Settings(database_url=url, secret_key=SECRET)), Database(url))


def drop_curtain(stage: Stage) -> None:
    """Let go of the database."""
    stage.database.dispose()
    stage.app.extensions["surveyapp.database"].dispose()


def set_up(stage: Stage, *, answers: str = "usual", published: bool = False, regime: str = "confidential") -> None:
    """The study with these answers (see ``ANSWERS``), closed and published or not."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition(), regime=regime)
        ANSWERS[answers](session, study)
        if published:
            waves.close(session, wave=study.wave, by=study.anna)
            publications.publish(session, wave=study.wave, by=study.anna)
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()


def set_up_without_wave(stage: Stage) -> None:
    """A study of which nothing has been planned, and in which nobody takes part."""
    with stage.database.session() as session:
        anna = users.create(session, email="anna@bureau.example", name="Anna", by=None)
        evaluation = evaluations.create(session, slug="samen", title={"nl": "Samen"}, client="Regio", by=anna)
        evaluations.create(session, slug="elders", title={"nl": "Elders"}, client="Regio", by=anna)
        users.grant(session, user=anna, role=RESEARCHER.name, evaluation=evaluation, by=None)
        admit_everybody(stage, session, evaluation, anna)
        session.commit()


def edition() -> Edition:
    """The edition that a region would use: the seven habits."""
    return library.load("seven-habits/1")


def admit_everybody(stage: Stage, session: Session, evaluation: Evaluation, anna: User) -> None:
    """Make the accounts and sign them in."""
    elsewhere = session.scalars(select(Evaluation).where(Evaluation.slug == "elders")).one()
    members = {member.organisation.name: member for member in evaluation.memberships}
    people = {name: users.create(session, email=f"{name}@samen.example", name=name, by=anna) for name in PEOPLE[1:]}
    users.grant(session, user=people["lead"], role=PROJECT_LEAD.name, evaluation=evaluation, by=anna)
    users.grant(session, user=people["dirk"], role=RESEARCHER.name, evaluation=elsewhere, by=anna)
    users.grant(session, user=people["owner"], role=OWNER.name, by=anna)
    users.grant(session, user=people["otto"], role=AUDITOR.name, evaluation=evaluation, by=anna)
    for name, right, place in (
        ("bram", MUNICIPALITY_READER, "Almelo"),
        ("carla", MUNICIPALITY_READER, "Borne"),
        ("ina", INTERVIEWER, "Borne"),
    ):
        if place in members:
            users.grant(session, user=people[name], role=right.name, membership=members[place], by=anna)
    for name, user in {"anna": anna, **people}.items():
        stage.cookies[name] = sign_ins.begin(session, user=user)


def _usual(session: Session, study: cast.Study) -> None:
    """Almelo: 2 governors and 5 officials; Borne: 1 and 5; Enschede: nobody and 3, a governor stays silent."""
    for member, governors, officials in ((0, (2, 2), (3, 4, 4, 5, 3)), (1, (5,), (2, 1, 2, 3, 2)), (2, (), (4, 4, 3))):
        for mark in governors:
            _respond(session, study, "governor", member, mark)
        for mark in officials:
            _respond(session, study, "official", member, mark)
    study.invite(session, "governor", member=2)
    study.begin(session, "official", member=0, g1_good="Dit is nog niet verstuurd.")


def _respond(session: Session, study: cast.Study, role: str, member: int, mark: int) -> None:
    questionnaire = edition().questionnaire
    asked = [key for key in questionnaire.theme_of if questionnaire.questions[key].asked_of(role)]
    answers = {key: str(min(5, max(1, mark + (place % 3) - 1))) for place, key in enumerate(asked)}
    words = f"Wij {role} <b>{member}</b> deden ons huiswerk met een {mark}."
    study.respond(session, role, member=member, **answers, g1_good=words)


def _nobody(session: Session, study: cast.Study) -> None:
    """Nobody has been invited."""


def _silence(session: Session, study: cast.Study) -> None:
    """Invited, and no answer; one has begun."""
    study.invite(session, "governor")
    study.begin(session, "official", g1_1="2")


def _one(session: Session, study: cast.Study) -> None:
    """One official of Almelo gave one mark."""
    study.invite(session, "governor")
    study.respond(session, "official", g1_1="2")


def _no_governor(session: Session, study: cast.Study) -> None:
    """Six officials of Almelo answered; its governor and all of Borne stay silent."""
    study.invite(session, "governor")
    study.invite(session, "official", member=1)
    for mark in (1, 2, 2, 3, 2, 1):
        _respond(session, study, "official", 0, mark)


def _words_only(session: Session, study: cast.Study) -> None:
    """Five people wrote something and marked nothing."""
    for number in range(5):
        study.respond(session, "official", g1_good=f"Wij hebben geen mening, zei nummer {number}.", g1_1="dk")


ANSWERS = {
    "usual": _usual,
    "nobody": _nobody,
    "silence": _silence,
    "one": _one,
    "no governor": _no_governor,
    "words only": _words_only,
}


def shift(stage: Stage, **days: int) -> None:
    """Move a time of Anna's wave to so many days from now."""
    with stage.database.session() as session:
        wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()
        for name, number in days.items():
            setattr(wave, name, clock.now() + timedelta(days=number))
        session.commit()


def texts(pages: Iterable[str]) -> str:
    """Pages in one, to look for what must be on none of them."""
    return "\n".join(pages)
