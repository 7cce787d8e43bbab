"""Asking for every report of a wave, one after the other, so that none is waited for."""

from sqlalchemy.orm import Session

from surveyapp.actions import reports as verbs
from surveyapp.models import Membership, Wave
from surveyapp.models.publication import LEAD
from surveyapp.queries import evaluations
from surveyapp.queries import reports as queries
from surveyapp.reports.report import FORMATS, Report
from surveyapp.worker.context import Context


def reports(context: Context, *, wave: int, language: str) -> None:
    """Gather each report and ask for it in every format; what was made already stays as it is."""
    with context.database.session(readonly=True) as session:
        found = session.get_one(Wave, wave)
        places: list[int | None] = [None, *(each.id for each in evaluations.memberships(session, found.evaluation))]
    for done, place in enumerate(places):
        context.progress(done, steps=len(places))
        with context.database.session(readonly=True) as session:
            made = _gathered(session, wave, place, language)
        with context.database.session() as session:
            member = session.get_one(Membership, place) if place is not None else None
            for form in FORMATS:
                verbs.request(session, wave=session.get_one(Wave, wave), report=made, form=form, member=member)
            session.commit()


def _gathered(session: Session, wave: int, place: int | None, language: str) -> Report:
    member = session.get_one(Membership, place) if place is not None else None
    audience = LEAD if member is None else "organisation"
    return queries.of(session, session.get_one(Wave, wave), audience=audience, language=language, member=member)
