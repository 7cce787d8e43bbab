"""The cast of every story, and a small study for them to play in.

Anna leads the research, Bram governs and Carla is an official of Almelo, Dirk has nothing to do with it. There is
always a second study beside theirs, with the same organisations: a query that forgets to filter finds its rows.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import RESEARCHER
from surveyapp.actions import evaluations, invitations, organisations, responses, users, waves
from surveyapp.models import Evaluation, Invitation, Membership, Organisation, Response, User, Wave
from surveyapp.queries import editions
from surveyapp.questionnaires.edition import Edition

SECRET_KEY = "not a secret, but long enough for one"
PLACES = (("GM0141", "Almelo"), ("GM0147", "Borne"), ("GM0153", "Enschede"))

_EVERY_KIND = {
    "key": "every-kind",
    "version": "1",
    "title": {"nl": "Van elke soort een vraag"},
    "purpose": {"nl": "Om te proberen."},
    "minutes": 2,
    "roles": [
        {"key": key, "title": {"nl": title}, "plural": {"nl": title}, "description": {"nl": title}}
        for key, title in (("governor", "Bestuurder"), ("official", "Ambtenaar"))
    ],
    "scales": [
        {
            "key": "agree",
            "points": [{"code": code, "label": {"nl": str(code)}} for code in range(1, 6)],
            "dont_know": {"nl": "Weet ik niet"},
            "not_applicable": {"nl": "N.v.t."},
        }
    ],
    "sections": [
        {
            "key": "first",
            "title": {"nl": "Eerst"},
            "theme": "t1",
            "questions": [
                {"key": "t1_1", "kind": "scale", "scale": "agree", "text": {"nl": "Goed?"}},
                {"key": "t1_2", "kind": "scale", "scale": "agree", "text": {"nl": "Slecht?"}, "reverse": True},
                {"key": "t1_3", "kind": "scale", "scale": "agree", "text": {"nl": "Dicht?"}, "roles": ["official"]},
                {"key": "t1_weight", "kind": "scale", "scale": "agree", "text": {"nl": "?"}, "purpose": "importance"},
                {"key": "t1_good", "kind": "text", "text": {"nl": "Wat gaat goed?"}, "purpose": "good", "limit": 60},
            ],
        },
        {
            "key": "second",
            "title": {"nl": "Dan"},
            "theme": "t2",
            "questions": [
                {"key": "t2_1", "kind": "scale", "scale": "agree", "text": {"nl": "Snel?"}, "roles": ["official"]},
            ],
        },
        {
            "key": "last",
            "title": {"nl": "Tot slot"},
            "questions": [
                {
                    "key": "scale_of_it",
                    "kind": "choice",
                    "text": {"nl": "Waar?"},
                    "options": [{"key": key, "label": {"nl": key}} for key in ("local", "regional")],
                },
                {
                    "key": "first_things",
                    "kind": "ranking",
                    "text": {"nl": "Wat eerst?"},
                    "top": 2,
                    "options": [{"key": key, "label": {"nl": key}} for key in ("people", "time", "money")],
                },
            ],
        },
    ],
}

_PROBE = {"nl": "Hoe gaat dat?"}
_FRAMEWORK = {
    "key": "every-kind",
    "title": {"nl": "Proef"},
    "origin": {
        "publisher": "Wij",
        "title": "Proef",
        "edition": "1",
        "wording": {"nl": "eigen uitwerking"},
        "explanation": {"nl": "Bedacht om te proberen."},
    },
    "themes": [
        {"key": key, "title": {"nl": key}, "description": {"nl": key}, "norms": [{"key": "n", "text": {"nl": "n"}}]}
        for key in ("t1", "t2")
    ],
}
_GUIDE = {
    "introduction": _PROBE,
    "strength": _PROBE,
    "closing": [_PROBE],
    "signals": dict.fromkeys(("low", "divided", "role_gap", "behind", "dont_know", "decline", "open"), _PROBE),
    "themes": [{"theme": key, "probes": [_PROBE], "measures": []} for key in ("t1", "t2")],
}


def edition() -> Edition:
    """One question of every kind: scored, reversed, for one role only, importance, text, choice and ranking."""
    return Edition.model_validate({"framework": _FRAMEWORK, "questionnaire": _EVERY_KIND, "guide": _GUIDE})


@dataclass
class Study:
    """An open wave in which Almelo, Borne and Enschede take part."""

    anna: User
    evaluation: Evaluation
    wave: Wave
    members: list[Membership]
    tokens: dict[int, str] = field(default_factory=dict)
    """The token of each invitation by its id."""

    def invite(
        self, session: Session, role: str, *, member: int = 0, name: str = "Bram", email: str = "bram@almelo.example"
    ) -> Invitation:
        """Invite somebody; ``member`` counts the organisations from 0."""
        invitation, token = invitations.invite(
            session,
            wave=self.wave,
            membership=self.members[member],
            role=role,
            name=name,
            email=email,
            language="nl",
            secret_key=SECRET_KEY,
            by=self.anna,
        )
        self.tokens[invitation.id] = token
        return invitation

    def begin(self, session: Session, role: str, *, member: int = 0, **answers: str) -> Response:
        """Somebody new, who has saved these answers."""
        response = responses.start(session, invitation=self.invite(session, role, member=member))
        self.save(session, response, **answers)
        return response

    def save(self, session: Session, response: Response, **answers: str) -> None:
        questionnaire = editions.of(session, self.wave).questionnaire
        responses.save(session, response=response, questionnaire=questionnaire, answers=answers)

    def submit(self, session: Session, response: Response) -> None:
        questionnaire = editions.of(session, self.wave).questionnaire
        responses.submit(session, response=response, questionnaire=questionnaire)

    def reopen(self, session: Session, response: Response) -> None:
        questionnaire = editions.of(session, self.wave).questionnaire
        responses.reopen(session, response=response, questionnaire=questionnaire)

    def withdraw(self, session: Session, response: Response) -> None:
        questionnaire = editions.of(session, self.wave).questionnaire
        responses.withdraw(session, response=response, questionnaire=questionnaire)

    def respond(self, session: Session, role: str, *, member: int = 0, **answers: str) -> Response:
        """Somebody new, who has answered this and handed it in."""
        response = self.begin(session, role, member=member, **answers)
        self.submit(session, response)
        return response


def study(
    session: Session, *, asked: Edition | None = None, regime: str = "confidential", commit: bool = True
) -> Study:
    """Anna's study, open since yesterday until tomorrow, beside another with the same organisations."""
    anna = users.create(session, email="anna@bureau.example", name="Anna", by=None)
    places = [organisations.add(session, code=code, name=name, kind="municipality", by=anna) for code, name in PLACES]
    chosen = asked if asked is not None else edition()
    mine = _begin(session, "samen", places, anna, chosen, regime)
    users.grant(session, user=anna, role=RESEARCHER.name, evaluation=mine.evaluation, by=None)
    elsewhere = _begin(session, "elders", places[::-1], anna, edition(), "confidential")
    elsewhere.respond(session, "governor", member=2, t1_1="1", t1_good="Dit is van een ander.")
    elsewhere.begin(session, "official", member=1, t1_1="2")
    if commit:
        session.commit()
    return mine


def another_wave(session: Session, study: Study, asked: Edition | None = None) -> Study:
    """The next wave of the same study, open as well; it asks the same unless told otherwise."""
    wave = _open(session, study.evaluation, study.anna, asked if asked is not None else edition(), "confidential")
    return Study(study.anna, study.evaluation, wave, study.members)


def _begin(session: Session, slug: str, places: list[Organisation], anna: User, asked: Edition, regime: str) -> Study:
    evaluation = evaluations.create(session, slug=slug, title={"nl": slug.title()}, client="Regio", by=anna)
    members = [
        evaluations.add_organisation(session, evaluation=evaluation, organisation=place, by=anna) for place in places
    ]
    return Study(anna, evaluation, _open(session, evaluation, anna, asked, regime), members)


def _open(session: Session, evaluation: Evaluation, anna: User, asked: Edition, regime: str) -> Wave:
    return waves.plan(
        session,
        evaluation=evaluation,
        edition=asked,
        regime=regime,
        opens_at=clock.now() - timedelta(days=1),
        closes_at=clock.now() + timedelta(days=1),
        sender="Bureau",
        contact_name="Anna",
        contact_email="anna@bureau.example",
        by=anna,
    )
