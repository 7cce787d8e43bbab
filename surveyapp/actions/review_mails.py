"""Verbs on the mail of a review: the link to each reader, and a reminder to who said nothing. See ``letter_values``.

Whom each is for is asked of ``queries.review_mails`` while the review is held, so that two presses at once mail nobody
twice.
"""

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import jobs, log
from surveyapp.actions.mailings import MAIL_JOB
from surveyapp.actions.reviews import held
from surveyapp.errors import WrongState
from surveyapp.models import Mail, Review, Reviewer, User
from surveyapp.queries import review_mails
from surveyapp.queries.review_mails import LINK, REMINDER


def send_links(session: Session, *, review: Review, by: User) -> int:
    """Mail every reader with an address their link, once; how many. Nobody the second time.

    Raises ``WrongState``: ``review-closed``, ``review-past``.
    """
    return _send(session, review, LINK, by)


def remind(session: Session, *, review: Review, by: User) -> int:
    """Remind every reader with an address who has not answered, and heard nothing for ``review_mails.PAUSE``; how many.

    Raises ``WrongState``: ``review-closed``, ``review-past``.
    """
    return _send(session, review, REMINDER, by)


def _send(session: Session, review: Review, purpose: str, by: User) -> int:
    again, moment = held(session, review), clock.now()
    if moment >= again.deadline:
        raise WrongState("review-past")
    chosen = review_mails.recipients(session, again, purpose, moment)
    for reader in chosen:
        _mail(session, reader, purpose)
        if purpose == REMINDER:
            reader.reminded_at = moment
    if chosen:
        verb = "review.mail" if purpose == LINK else "review.remind"
        log.record(session, verb=verb, subject=again, by=by, evaluation=again.wave.evaluation, readers=len(chosen))
    return len(chosen)


def _mail(session: Session, reader: Reviewer, purpose: str) -> None:
    number = review_mails.last_number(session, reader, purpose) + 1
    mail = Mail(purpose=purpose, number=number, reviewer=reader, due_at=clock.now())
    session.add(mail)
    session.flush()
    jobs.enqueue(session, kind=MAIL_JOB, evaluation_id=reader.review.wave.evaluation_id, mail=mail.id)
