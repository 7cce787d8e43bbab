"""A study that Anna is setting up: nothing of it has been opened."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import RESEARCHER
from surveyapp.actions import evaluations, invitations, organisations, users, waves
from surveyapp.actions.organisations import Place
from surveyapp.models import Evaluation, Invitation, Membership, User, Wave
from tests import cast
from tests.cast import SECRET_KEY


@dataclass
class Draft:
    """The study, its organisations Almelo and Borne, and its wave."""

    anna: User
    evaluation: Evaluation
    members: list[Membership]
    wave: Wave

    def invite(self, session: Session, role: str, *, member: int = 0, times: int = 1) -> list[Invitation]:
        """Invite people by name."""
        return [
            invitations.invite(
                session,
                wave=self.wave,
                membership=self.members[member],
                role=role,
                name=f"Bram {number}",
                email=f"bram{number}@almelo.example",
                language="nl",
                secret_key=SECRET_KEY,
                by=self.anna,
            )[0]
            for number in range(times)
        ]


def begin(session: Session, *, regime: str | None = None) -> Draft:
    """With a purpose, two organisations, and a draft that opened an hour ago by its period: nobody was invited."""
    anna = users.create(session, email="anna@bureau.example", name="Anna", by=None)
    evaluation = evaluations.create(
        session, slug="samen", title={"nl": "Samen"}, client="Regio", purpose={"nl": "Om te leren."}, by=anna
    )
    users.grant(session, user=anna, role=RESEARCHER.name, evaluation=evaluation, by=None)
    places = [Place("GM0141", "", "municipality"), Place("GM0147", "", "municipality")]
    joined = organisations.join(session, evaluation=evaluation, places=places, by=anna)
    wave = waves.draft(
        session,
        evaluation=evaluation,
        edition=cast.edition(),
        by=anna,
        regime=regime,
        opens_at=clock.now() - timedelta(hours=1),
        closes_at=clock.now() + timedelta(days=7),
    )
    return Draft(anna, evaluation, list(joined.added), wave)
