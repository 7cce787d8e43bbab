"""Verbs on reports: asking for one in a format, and for all of them at once."""

from typing import Final

from sqlalchemy.orm import Session

from surveyapp.actions import jobs, log, renderings
from surveyapp.errors import NotAllowed
from surveyapp.models import Job, Membership, Rendering, User, Wave
from surveyapp.reports.report import MUNICIPALITY, Report

JOB: Final = "reports"
"""The job that gathers every report of a wave and asks for each in every format."""


def request(session: Session, *, wave: Wave, report: Report, form: str, member: Membership | None = None) -> Rendering:
    """The rendering of a report in this format; asked for the first time, a worker gets the job.

    ``member`` is the organisation that it is about. Raises ``NotAllowed`` (``whose-report``) where that does not fit.
    """
    if (report.kind == MUNICIPALITY) != (member is not None):
        raise NotAllowed("whose-report")
    return renderings.request(
        session,
        evaluation=wave.evaluation,
        audience=report.audience,
        membership_id=member.id if member is not None else None,
        kind=report.rendering(form),
        specification=report.to_document(),
        digest=report.digest(form),
    )


def request_all(session: Session, *, wave: Wave, language: str, by: User | None) -> Job:
    """Have a worker make the report of the region and that of every organisation, in every format."""
    job = jobs.enqueue(session, kind=JOB, evaluation_id=wave.evaluation_id, wave=wave.id, language=language)
    log.record(session, verb="report.make-all", subject=wave, by=by, evaluation=wave.evaluation, language=language)
    return job
