"""Sending mail: a round decides who gets one, and each mail is handed over by a job of its own."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import mailings, sending
from surveyapp.actions.sending import Taken
from surveyapp.errors import InvalidContent
from surveyapp.mail.message import compose, deliverable
from surveyapp.mail.post_office import Refused, ServerAway, TryLater, Unknown
from surveyapp.models import Mailing
from surveyapp.queries import mailings as queries
from surveyapp.worker.context import Context

BATCH: Final = 100
"""Mails that are made in one transaction."""
THANKS_EVERY: Final = timedelta(minutes=1)
TRIES: Final = 5
"""To write down what became of a mail, while the database is busy."""
_Outcome = TypeVar("_Outcome")


def mailing(context: Context, *, mailing: int) -> datetime | None:
    """Decide who gets a mail of this round, and ask for each to be sent. Thanks go on until the wave closes."""
    beginning = _write(context, lambda session: mailings.begin(session, mailing_id=mailing))
    if isinstance(beginning, datetime):
        return beginning
    if not beginning:
        return None
    with context.database.session(readonly=True) as session:
        found = session.get_one(Mailing, mailing)
        lasts = found.purpose == "thanks" and found.wave.state_at(clock.now()) != "closed"
        people = queries.recipients(session, found.wave, found.purpose, found.number)
    for first in range(0, len(people), BATCH):
        _address(context, mailing, people[first : first + BATCH])
        context.progress(min(first + BATCH, len(people)), steps=len(people))
    return clock.now() + THANKS_EVERY if lasts else None


def mail(context: Context, *, mail: int, wave: int | None = None, language: str = "") -> datetime | None:
    """Send one mail, if it is still wanted: taken (commit), handed over, written down (commit)."""
    if context.settings.smtp is None and _write(context, lambda session: sending.do_without(session, mail_id=mail)):
        return None
    try:
        context.post_office.open()
    except ServerAway as nobody:
        problem = nobody.problem
        return _write(context, lambda session: sending.hold_off(session, mail_id=mail, problem=problem))
    taken = _write(
        context,
        lambda session: sending.take(session, mail_id=mail, settings=context.settings, wave_id=wave, language=language),
    )
    return _hand_over(context, taken) if isinstance(taken, Taken) else taken


def _hand_over(context: Context, taken: Taken) -> datetime | None:
    """Each way in which it can go is written down in its own way."""
    try:
        message = compose(taken.letter, message_id=taken.message_id, at=clock.now())
        context.post_office.deliver(message, to=deliverable(taken.letter.envelope.to.address))
    except ServerAway as nobody:
        problem = nobody.problem
        return _write(context, lambda session: sending.away(session, taken, problem))
    except TryLater as postponed:
        problem = postponed.problem
        return _write(context, lambda session: sending.later(session, taken, problem))
    except (Refused, InvalidContent) as never:
        problem = never.problem if isinstance(never, Refused) else never.code
        return _write(context, lambda session: sending.refused(session, taken, problem))
    except Unknown as lost:
        problem = lost.problem
        return _write(context, lambda session: sending.unknown(session, taken, problem))
    return _write(context, lambda session: sending.sent(session, taken))


def _address(context: Context, mailing_id: int, people: list[int]) -> None:
    _write(context, lambda session: mailings.address(session, mailing_id=mailing_id, invitee_ids=people))


def _write(context: Context, verb: Callable[[Session], _Outcome]) -> _Outcome:
    """In a transaction of its own. What became of a mail must not be lost because the database is busy for a while."""
    for pause in range(1, TRIES):
        try:
            return _written(context, verb)
        except OperationalError:
            time.sleep(pause)
    return _written(context, verb)


def _written(context: Context, verb: Callable[[Session], _Outcome]) -> _Outcome:
    with context.database.session() as session:
        outcome = verb(session)
        session.commit()
    return outcome
