"""What each kind of job does. Reads in a read-only transaction, computes outside any, then writes briefly."""

from collections.abc import Callable
from datetime import datetime

from surveyapp import clock
from surveyapp.actions import anonymity, deleting, mailings, publications, renderings, retention
from surveyapp.actions import reports as report_verbs
from surveyapp.errors import Unavailable
from surveyapp.models import Approval, Evaluation, Rendering, User, Wave
from surveyapp.models.approval import DELETE
from surveyapp.models.publication import LEAD
from surveyapp.queries import people_files
from surveyapp.queries import publications as publication_queries
from surveyapp.reports import printing
from surveyapp.worker import mail
from surveyapp.worker.context import Context
from surveyapp.worker.letters import letters
from surveyapp.worker.people import import_people
from surveyapp.worker.reports import reports


def render(context: Context, *, rendering: int) -> None:
    """Make the bytes of one figure or document; one that was made in the meantime is left alone."""
    with context.database.session(readonly=True) as session:
        wanted = session.get(Rendering, rendering)
        if wanted is None or wanted.content is not None:
            return
        kind, specification = wanted.kind, wanted.specification
    made = printing.render(kind, specification, fonts=context.fonts)
    with context.database.session() as session:
        target = session.get(Rendering, rendering)
        if target is not None:
            renderings.store(session, rendering=target, media_type=made.media_type, content=made.content)
        session.commit()


def publish(context: Context, *, wave: int, by: int, audience: str = LEAD, approval: int = 0) -> None:
    """Freeze the protected results of a closed wave, for one audience after the other; what was done before a worker
    died is not done again."""
    for one in publications.audiences(audience):
        with context.database.session(readonly=True) as session:
            if approval and publication_queries.made_for(session, approval, one) is not None:
                continue
            draft = publications.prepare(session, wave=session.get_one(Wave, wave), audience=one)
        safe = publications.protected(draft)
        with context.database.session() as session:
            asked = session.get(Approval, approval)
            publications.publish(
                session,
                wave=session.get_one(Wave, wave),
                audience=one,
                reason=asked.reason if asked is not None else "",
                approval=asked,
                draft=draft,
                safe=safe,
                by=session.get_one(User, by),
            )
            session.commit()


def delete_evaluation(context: Context, *, evaluation: int, by: int) -> None:
    """Delete a study with everything in it; one that is gone already is deleted."""
    with context.database.session() as session:
        found = session.get(Evaluation, evaluation)
        if found is not None:
            deleting.delete_evaluation(session, evaluation=found, by=session.get(User, by))
        session.commit()


def retain(context: Context) -> None:
    """Erase what studies keep no longer, today."""
    with context.database.session() as session:
        retention.retain(session, day=clock.local(clock.now()).date())
        session.commit()


def erase_traces(context: Context) -> None:
    """Free the disk of what was deleted; tried again later where somebody was reading all the time."""
    if not context.database.erase_traces():
        raise Unavailable("database-busy")


WORK: dict[str, Callable[..., datetime | None]] = {
    "render": render,
    "publish": publish,
    "letters": letters,
    report_verbs.JOB: reports,
    people_files.KIND: import_people,
    mailings.JOB: mail.mailing,
    mailings.MAIL_JOB: mail.mail,
    anonymity.ERASE_TRACES: erase_traces,
    retention.RETAIN: retain,
    DELETE: delete_evaluation,
}
"""Kind of job -> what to do; called with the context and the job's arguments. What it returns is when it goes on."""
