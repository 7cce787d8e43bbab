"""Mail about what must be approved: to whoever can decide, and to whoever asked. See ``letter_values``."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import jobs
from surveyapp.actions.mailings import MAIL_JOB
from surveyapp.models import Approval, Mail, User
from surveyapp.models.approval import DELETE


def tell(session: Session, *, approval: Approval, purpose: str, user: User) -> None:
    """Mail somebody that a request waits for them (``approval``) or that theirs was decided on (``decision``): once, by
    who holds the request. An installation that sends no mail calls it off."""
    known = select(Mail.id).where(Mail.user_id == user.id, Mail.purpose == purpose, Mail.number == approval.id)
    if session.scalar(known) is not None:
        return
    mail = Mail(purpose=purpose, number=approval.id, user=user, due_at=clock.now())
    session.add(mail)
    session.flush()
    of = None if approval.act == DELETE else approval.evaluation_id  # the study may be gone before the mail is
    jobs.enqueue(session, kind=MAIL_JOB, evaluation_id=of, mail=mail.id)
