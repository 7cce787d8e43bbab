"""Reading what people wrote is an act: it is logged before the words are handed over."""

from collections.abc import Collection

import pandas as pd
from sqlalchemy.orm import Session

from surveyapp.actions import approvals, log
from surveyapp.errors import WrongState
from surveyapp.models import Approval, Membership, User, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import answers
from surveyapp.queries.answers import OpenAnswer


def read_open(
    session: Session,
    *,
    wave: Wave,
    questions: Collection[str],
    by: User | None,
    membership: Membership | None = None,
    most: int | None = None,
) -> list[OpenAnswer]:
    """The open answers of a wave, or of one organisation in it, at most ``most``, with a line in the log.

    Raises ``WrongState`` (``anonymous-wave``): there nobody reads what one person wrote.
    """
    _must_not_be_anonymous(wave)
    where = {"membership": membership.id} if membership is not None else {}
    log.record(session, verb="answers.read-open", subject=wave, by=by, evaluation=wave.evaluation, **where)
    return answers.open_answers(
        session,
        wave,
        questions=questions,
        membership_id=membership.id if membership is not None else None,
        most=most,
    )


def read_raw(session: Session, *, wave: Wave, by: User | None) -> pd.DataFrame:
    """Every submitted answer of a wave, with a line in the log; raises ``WrongState`` (``anonymous-wave``)."""
    _must_not_be_anonymous(wave)
    log.record(session, verb="answers.read-raw", subject=wave, by=by, evaluation=wave.evaluation)
    return answers.raw(session, wave)


def may_take_out(session: Session, *, approval: Approval, by: User) -> Wave:
    """The wave of which the answers may be taken out now, to make the file of; raises as ``take_out`` does.

    Making it may take a while. It is handed over only after ``take_out`` was committed, in a transaction that is short.
    """
    approvals.must_be_usable(session, approval=approval, by=by)
    return session.get_one(Wave, approval.arguments["wave"])


def take_out(session: Session, *, approval: Approval, by: User, kind: str) -> None:
    """Use the approval, once, and log that every submitted answer of the wave leaves in a file of this format.

    Raises as ``approvals.use`` does.
    """
    approvals.use(session, approval=approval, by=by)
    wave = session.get_one(Wave, approval.arguments["wave"])
    facts: dict[str, int | str] = {"approval": approval.id, "format": kind}
    log.record(session, verb="answers.export", subject=wave, by=by, evaluation=wave.evaluation, **facts)
    log.record(session, verb="answers.read-raw", subject=wave, by=by, evaluation=wave.evaluation)


def _must_not_be_anonymous(wave: Wave) -> None:
    if wave.regime == ANONYMOUS:
        raise WrongState("anonymous-wave")
