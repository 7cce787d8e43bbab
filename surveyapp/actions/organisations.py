"""Verbs on organisations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import log
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Organisation, User
from surveyapp.models.organisation import KINDS


def add(
    session: Session, *, code: str, name: str, kind: str, by: User | None, parent: Organisation | None = None
) -> Organisation:
    """Make an organisation known; refuses an unknown kind and a code that is taken."""
    if kind not in KINDS:
        raise InvalidContent("unknown-kind", kind=kind)
    if session.scalar(select(Organisation.id).where(Organisation.code == code)) is not None:
        raise WrongState("organisation-code-taken", organisation=code)
    organisation = Organisation(code=code, name=name, kind=kind, parent_id=parent.id if parent is not None else None)
    session.add(organisation)
    log.record(session, verb="organisation.add", subject=organisation, by=by, code=code)
    return organisation
