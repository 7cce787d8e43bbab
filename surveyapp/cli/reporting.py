"""Making a report at the prompt: the same rights as in the browser."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.access import Permission, Scope, may
from surveyapp.config import Settings
from surveyapp.errors import NotAllowed, NotFound
from surveyapp.models import Evaluation, Membership, User, Wave
from surveyapp.models.database import Database
from surveyapp.models.publication import LEAD, PUBLIC
from surveyapp.queries import evaluations, publications, reports, settings, users
from surveyapp.reports import printing
from surveyapp.reports.report import MUNICIPALITY, Report

FONTS: Final = Path(__file__).parents[1] / "web" / "static" / "built"


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for at the prompt."""

    slug: str
    kind: str
    account: str | None
    wave: int | None
    organisation: str | None
    audience: str | None
    language: str
    form: str
    out: Path


def write(known: Settings, wanted: Wanted) -> None:
    """Write the file, or nothing.

    Raises ``NotFound`` (``evaluation``, ``account``, ``account-needed``, ``organisation``, ``organisation-needed``,
    ``publication``) and ``NotAllowed`` (``may-not-see-results``).
    """
    database = Database(known.database_url)
    try:
        with database.session(readonly=True) as session:
            made = _gathered(session, wanted)
    finally:
        database.dispose()
    printed = printing.render(made.rendering(wanted.form), made.to_document(), fonts=FONTS)
    beside = wanted.out.with_name(f".{wanted.out.name}.part")
    try:
        beside.write_bytes(printed.content)
        beside.replace(wanted.out)
    finally:
        beside.unlink(missing_ok=True)


def _gathered(session: Session, wanted: Wanted) -> Report:
    evaluation = evaluations.by_slug(session, wanted.slug)
    by = _account(session, evaluation, wanted.account)
    member = _member(session, evaluation, wanted, by) if wanted.kind == MUNICIPALITY else None
    needed = Permission.PUBLICATION_READ_OWN if member is not None else Permission.PUBLICATION_READ
    if not may(by, needed, Scope(evaluation.id, member.id if member is not None else None)):
        raise NotAllowed("may-not-see-results", email=by.email, slug=evaluation.slug)
    audience = "organisation" if member is not None else PUBLIC if wanted.audience == PUBLIC else LEAD
    wave = _wave(session, evaluation, wanted.wave, PUBLIC if audience == PUBLIC else LEAD)
    return reports.of(session, wave, audience=audience, language=wanted.language, member=member)


def _account(session: Session, evaluation: Evaluation, email: str | None) -> User:
    """Who asks; in a demonstration its researcher, where nobody is named."""
    by = users.by_email(session, email) if email else settings.demonstrator(session, evaluation)
    if by is None and not email:
        raise NotFound("account-needed")
    if by is None or by.disabled_at is not None:
        raise NotFound("account", email=email or "")
    return by


def _member(session: Session, evaluation: Evaluation, wanted: Wanted, by: User) -> Membership:
    """The organisation that is named, else the only one of which this user may see the publication."""
    members = evaluations.memberships(session, evaluation)
    if wanted.organisation is None:
        own = [each for each in members if may(by, Permission.PUBLICATION_READ_OWN, Scope(evaluation.id, each.id))]
        if len(own) != 1:
            raise NotFound("organisation-needed")
        return own[0]
    for member in members:
        if member.organisation.code == wanted.organisation:
            return member
    raise NotFound("organisation", organisation=wanted.organisation)


def _wave(session: Session, evaluation: Evaluation, number: int | None, audience: str) -> Wave:
    found = publications.published_wave(session, evaluation, number, audience=audience)
    if found is None:
        raise NotFound("publication", wave=0)
    return found
