"""Taking answers in from the prompt: the rights and the log of the browser."""

from dataclasses import dataclass
from pathlib import Path

from surveyapp.access import Permission
from surveyapp.actions import importing
from surveyapp.cli import rights
from surveyapp.config import Settings
from surveyapp.models import User
from surveyapp.models.database import Database
from surveyapp.queries import evaluations
from surveyapp.questionnaires.problem import Problem


@dataclass(frozen=True)
class TakenIn:
    """How many people's answers were taken in; or what is wrong with the file."""

    people: int = 0
    problems: tuple[Problem, ...] = ()


def take_in(known: Settings, slug: str, file: Path, account: str | None, wave: int | None, *, check: bool) -> TakenIn:
    """Take everybody of this file in, or nobody; with ``check`` nobody, and nothing is written.

    Raises ``NotFound`` (``evaluation``, ``wave``, ``account``, ``account-needed`` outside a demonstration),
    ``NotAllowed`` (``may-not-import``), and as ``importing.admit`` does.
    """
    database = Database(known.database_url)
    try:
        with database.session(readonly=True) as session:
            evaluation = evaluations.by_slug(session, slug)
            by = rights.allowed(session, evaluation, account, Permission.RESPONSE_ENTER, refusal="may-not-import")
            target = evaluations.wave(session, evaluation, wave)
            prepared = importing.prepare(session, wave=target, file=file)
        if prepared.problems or check:
            return TakenIn(len(prepared.people), prepared.problems)
        with database.session() as session:
            target = evaluations.wave(session, evaluations.by_slug(session, slug), wave)
            people = importing.admit(session, wave=target, prepared=prepared, by=session.get_one(User, by.id))
            session.commit()
        return TakenIn(people)
    finally:
        database.dispose()
