"""The edition that a wave asks, with the roles that an anonymous wave keeps together."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound
from surveyapp.models import EditionDocument, MergedRole, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import open_roles
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.merging import with_role
from surveyapp.questionnaires.open_roles import marked

_PARSED: Final[dict[tuple[str, tuple[str, ...]], Edition]] = {}
"""By digest and merged roles, so never stale; an installation has few."""


def of(session: Session, wave: Wave) -> Edition:
    """What this wave asks, for who reads its results: roles that answer through an open link carry a mark, and an
    anonymous wave has one more role for each group of roles that it keeps together."""
    merged = merged_roles(session, wave) if wave.regime == ANONYMOUS else ()
    asked = _with_roles(session, wave.edition_digest, merged)
    # A role that stands for several stands for invited ones: nobody counts who comes through an open link.
    open_ones = open_roles.of(session, wave).of(_with_roles(session, wave.edition_digest, ()).questionnaire)
    return _marked(asked, open_ones) if open_ones else asked


def by_digest(session: Session, digest: str, kept_as: str | None = None) -> Edition:
    """The edition of this digest; raises ``NotFound``. Read and parsed once per process.

    With ``kept_as``, the role under which somebody's answers are kept, as it is put to them.
    """
    return _with_roles(session, digest, () if kept_as is None else (kept_as,))


def merged_roles(session: Session, wave: Wave) -> tuple[str, ...]:
    """The roles of an anonymous wave that stand for several, in alphabetical order; none before its first response."""
    rows = session.scalars(
        select(MergedRole.kept_as)
        .where(MergedRole.wave_id == wave.id, MergedRole.kept_as != MergedRole.role)
        .distinct()
        .order_by(MergedRole.kept_as)
    )
    return tuple(rows)


def _with_roles(session: Session, digest: str, roles: tuple[str, ...]) -> Edition:
    found = _PARSED.get((digest, roles))
    if found is None:
        found = _PARSED[digest, roles] = _made(session, digest, roles)
    return found


def _made(session: Session, digest: str, roles: tuple[str, ...]) -> Edition:
    if not roles:
        return _parsed(session, digest)
    edition = _with_roles(session, digest, ())
    questionnaire = edition.questionnaire
    for role in roles:
        questionnaire = with_role(questionnaire, role)
    if questionnaire is edition.questionnaire:
        return edition
    return Edition.model_construct(framework=edition.framework, questionnaire=questionnaire, guide=edition.guide)


def _parsed(session: Session, digest: str) -> Edition:
    document = session.scalar(select(EditionDocument.document).where(EditionDocument.digest == digest))
    if document is None:
        raise NotFound("edition")
    return Edition.from_json(document)


def _marked(asked: Edition, open_ones: frozenset[str]) -> Edition:
    return asked.model_copy(update={"questionnaire": marked(asked.questionnaire, open_ones)})
