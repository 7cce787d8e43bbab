"""Verbs on the settings that live in the database."""

from sqlalchemy.orm import Session

from surveyapp.actions import log
from surveyapp.models import Setting
from surveyapp.queries.settings import DEMONSTRATION


def mark_demonstration(session: Session) -> None:
    """Say that this database is a demonstration: its sign-in links work, on loopback only."""
    setting = session.merge(Setting(name=DEMONSTRATION, value="on"))
    log.record(session, verb="setting.mark-demonstration", subject=setting, by=None)
