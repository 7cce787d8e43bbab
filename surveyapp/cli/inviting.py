"""Letting everybody of a list in, from the prompt: the same reading, rights and log as in the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from surveyapp.access import Permission
from surveyapp.actions import people_files
from surveyapp.analysis.reading.people import People
from surveyapp.cli import rights
from surveyapp.config import Settings
from surveyapp.models import User
from surveyapp.models.database import Database
from surveyapp.queries import evaluations
from surveyapp.reports.people_faults import column, sentence

_LANGUAGE = "en"


@dataclass(frozen=True)
class Invited:
    """How many people were let in, and how many were passed over; or what is wrong with the list."""

    people: int = 0
    passed_over: int = 0
    problems: tuple[str, ...] = ()


def let_in(
    known: Settings, slug: str, file: Path, account: str | None, wave: int | None, *, skip: bool, check: bool
) -> Invited:
    """Invite everybody of this list, or nobody; with ``check`` nobody, and nothing is written.

    Raises ``NotFound`` (``evaluation``, ``wave``, ``account``, ``account-needed`` outside a demonstration),
    ``NotAllowed`` (``may-not-invite``), and as ``people_files.admit`` does.
    """
    content = file.read_bytes()
    with _database(known.database_url) as database:
        with database.session(readonly=True) as session:
            evaluation = evaluations.by_slug(session, slug)
            by = rights.allowed(session, evaluation, account, Permission.INVITATION_MANAGE, refusal="may-not-invite")
            target = evaluations.wave(session, evaluation, wave)
            prepared = people_files.prepare(session, wave=target, content=content, language=_LANGUAGE)
        problems = _problems(file, prepared.people, skip=skip)
        passed_over = len(prepared.people.already_there)
        if problems or check:
            return Invited(len(prepared.people.rows), passed_over, problems)
        with database.session() as session:
            number = people_files.admit(
                session,
                wave=evaluations.wave(session, evaluations.by_slug(session, slug), wave),
                prepared=prepared,
                skip=skip,
                secret_key=known.secret_key,
                by=session.get_one(User, by.id),
            )
            session.commit()
        return Invited(number, passed_over)


def _problems(file: Path, found: People, *, skip: bool) -> tuple[str, ...]:
    """Every problem as ``file:row: column: what is wrong and what to do``."""
    passed_over = set(found.already_there) if skip else set()
    return tuple(
        ": ".join(
            part
            for part in (
                f"{file}:{fault.row}" if fault.row else str(file),
                column(fault.column, _LANGUAGE),
                sentence(fault, _LANGUAGE),
            )
            if part
        )
        for fault in found.problems
        if fault not in passed_over
    )


@contextmanager
def _database(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.dispose()
