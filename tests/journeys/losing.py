"""A study to lose answers in, and what must be remembered of it: the model against which the product is held."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Final

from sqlalchemy import select, text, update

from surveyapp import clock
from surveyapp.actions import delegations, evaluations, invitations, organisations, tallies, waves
from surveyapp.models import Answer, Invitation, Organisation, Receipt, Response, Wave
from surveyapp.models.database import Database
from surveyapp.queries import delegations as asked
from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.path import path
from tests import cast

_SCALE: Final = {"kind": "scale", "scale": "agree", "text": {"nl": "Eens?"}}
_QUESTIONNAIRE: Final = {
    "key": "losing",
    "version": "1",
    "title": {"nl": "Wat er verloren kan gaan"},
    "purpose": {"nl": "Om te proberen."},
    "minutes": 2,
    "roles": [{"key": "governor", "title": {"nl": "A"}, "plural": {"nl": "A"}, "description": {"nl": "A"}}],
    "scales": [
        {
            "key": "agree",
            "points": [{"code": code, "label": {"nl": str(code)}} for code in range(1, 6)],
            "dont_know": {"nl": "Weet ik niet"},
        }
    ],
    "sections": [
        {
            "key": "first",
            "title": {"nl": "Eerst"},
            "theme": "t1",
            "questions": [
                {"key": "a1", **_SCALE},
                {"key": "a2", **_SCALE, "comment": {"nl": "Toelichting"}},
                {
                    "key": "a3",
                    "kind": "text",
                    "text": {"nl": "Waarom?"},
                    "limit": 50,
                    "when": {"answer": "a2", "is": 1},
                },
            ],
        },
        {
            "key": "second",
            "title": {"nl": "Dan"},
            "theme": "t2",
            "when": {"answer": "a1", "at_least": 3},
            "questions": [
                {"key": "b1", **_SCALE},
                {
                    "key": "b2",
                    "kind": "choices",
                    "text": {"nl": "Welke?"},
                    "most": 2,
                    "options": [{"key": key, "label": {"nl": key}} for key in ("x", "y", "z")],
                },
            ],
        },
        {
            "key": "last",
            "title": {"nl": "Tot slot"},
            "questions": [
                {"key": "c1", "kind": "text", "text": {"nl": "Nog iets?"}, "limit": 50},
                {"key": "c2", **_SCALE, "purpose": "opinion", "required": True},
            ],
        },
    ],
}
SECTIONS: Final = {"first": ("a1", "a2", "a2.comment", "a3"), "second": ("b1", "b2"), "last": ("c1", "c2")}
"""Section -> keys of the answers on its page."""


def edition() -> Edition:
    """With a question and a section that come and go, and one that must be answered."""
    whole = cast.edition().model_dump(by_alias=True)
    return Edition.model_validate({**whole, "questionnaire": _QUESTIONNAIRE})


@dataclass
class Remembered:
    """What one respondent answered, as it must be stored; ``hands`` says through whose hands each answer came."""

    state: str = "none"
    """``none``, ``draft`` or ``sent``."""
    answers: dict[str, str] = field(default_factory=dict)
    hands: dict[str, int | None] = field(default_factory=dict)

    def copy(self) -> "Remembered":
        return Remembered(self.state, dict(self.answers), dict(self.hands))

    def save(self, changes: Mapping[str, str], by: int | None) -> None:
        """Who answers what somebody else had answered already, in the same way, changes nothing."""
        new = {key: value for key, value in changes.items() if value != self.answers.get(key, "")}
        self.answers |= new
        self.hands |= dict.fromkeys(new, by)

    def forget(self) -> None:
        self.state, self.answers, self.hands = "none", {}, {}

    @property
    def given(self) -> dict[str, str]:
        return {key: value for key, value in self.answers.items() if value}

    @property
    def hidden(self) -> set[str]:
        """Answers that do not count when these are sent."""
        shown = path(edition().questionnaire, Standing("governor", "X1", "municipality"), self.answers)
        return self.given.keys() - shown.counted(self.given).keys()

    @property
    def complete(self) -> bool:
        return self.answers.get("c2", "") != ""


_RUNNING: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND state <> 'idle'"
)


class Field:
    """The study on a database, one wave for each respondent, so that sequences never meet."""

    def __init__(self, database_url: str) -> None:
        self.url = database_url
        self.database = Database(database_url)
        self._edition = edition()
        self._number = count(1)
        with self.database.session() as session:
            organisations.add(session, code="X1", name="Almelo", kind="municipality", by=None)
            session.commit()

    def settle(self) -> None:
        """Wait for what a killed client left running: a PostgreSQL server finishes a commit that it has received."""
        if self.database.engine.dialect.name != "postgresql":
            return
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with self.database.session(readonly=True) as session:
                if session.scalar(_RUNNING) == 0:
                    return
            time.sleep(0.01)
        raise AssertionError("a transaction of a killed client does not end")

    def invite(self) -> "Respondent":
        """Somebody new, in a study of their own."""
        now = clock.now()
        with self.database.session() as session:
            evaluation = evaluations.create(
                session, slug=f"studie-{next(self._number)}", title={"nl": "Studie"}, client="Regio", by=None
            )
            place = session.scalars(select(Organisation)).one()
            member = evaluations.add_organisation(session, evaluation=evaluation, organisation=place, by=None)
            wave = waves.plan(
                session,
                evaluation=evaluation,
                edition=self._edition,
                regime="confidential",
                opens_at=now - timedelta(days=1),
                closes_at=now + timedelta(days=1),
                sender="Bureau",
                contact_name="Anna",
                contact_email="anna@bureau.example",
                by=None,
            )
            invitation, token = invitations.invite(
                session,
                wave=wave,
                membership=member,
                role="governor",
                name="Bram",
                email="bram@almelo.example",
                language="nl",
                secret_key=cast.SECRET_KEY,
                by=None,
            )
            session.commit()
            return Respondent(self, wave.id, invitation.id, token)


@dataclass
class Respondent:
    """Bram, with his link."""

    field: Field
    wave: int
    invitation: int
    token: str

    def set_open(self, *, is_open: bool) -> None:
        """Let the closing date pass, or be in time after all."""
        with self.field.database.session() as session:
            closes_at = clock.now() + timedelta(days=1 if is_open else -0.5)
            session.execute(update(Wave).where(Wave.id == self.wave).values(closes_at=closes_at))
            session.commit()

    def delegations(self) -> dict[str, tuple[int, str]]:
        """Section -> the delegation that lasts, and the token of its link."""
        with self.field.database.session(readonly=True) as session:
            response = session.scalar(select(Response).where(Response.invitation_id == self.invitation))
            if response is None:
                return {}
            return {
                one.section: (one.id, delegations.token_for(one.id, cast.SECRET_KEY))
                for one in asked.of(session, response)
                if one.lasts
            }

    def stored(self) -> tuple[Remembered, set[str]]:
        """What the database has of this respondent, and which of the answers are put aside."""
        with self.field.database.session(readonly=True) as session:
            found = session.scalars(select(Response).where(Response.invitation_id == self.invitation)).all()
            receipts = session.scalars(select(Receipt).where(Receipt.invitation_id == self.invitation)).all()
            assert len(found) <= 1
            assert len(receipts) == sum(response.submitted for response in found)
            if not found:
                return Remembered(), set()
            rows = session.scalars(select(Answer).where(Answer.response_id == found[0].id)).all()
            kept = Remembered("sent" if found[0].submitted else "draft")
            for row in rows:
                if row.value:
                    kept.save({row.question: row.value}, row.delegation_id)
            return kept, {row.question for row in rows if row.hidden and row.value}

    def miscounted(self) -> list[str]:
        """What the kept tallies have otherwise than the answers say; nothing is changed."""
        with self.field.database.session() as session:
            wave = session.get_one(Wave, self.wave)
            return [str(difference) for difference in tallies.recount(session, wave=wave)]

    def known(self) -> bool:
        """Whether the invitation is still there."""
        with self.field.database.session(readonly=True) as session:
            return session.get(Invitation, self.invitation) is not None
