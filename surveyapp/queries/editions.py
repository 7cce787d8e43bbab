"""The edition that a wave asks."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound
from surveyapp.models import EditionDocument, Wave
from surveyapp.queries import open_roles
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.open_roles import marked

_PARSED: Final[dict[str, Edition]] = {}
"""By digest, so never stale; an installation has few editions."""


def of(session: Session, wave: Wave) -> Edition:
    """What this wave asks, for who reads its results: roles that answer through an open link carry a mark."""
    return _marked(by_digest(session, wave.edition_digest), session, wave)


def by_digest(session: Session, digest: str) -> Edition:
    """The edition of this digest; raises ``NotFound``. Read and parsed once per process."""
    if digest not in _PARSED:
        document = session.scalar(select(EditionDocument.document).where(EditionDocument.digest == digest))
        if document is None:
            raise NotFound("edition")
        _PARSED[digest] = Edition.from_json(document)
    return _PARSED[digest]


def _marked(asked: Edition, session: Session, wave: Wave) -> Edition:
    open_ones = open_roles.of(session, wave).of(asked.questionnaire)
    if not open_ones:
        return asked
    return asked.model_copy(update={"questionnaire": marked(asked.questionnaire, open_ones)})
