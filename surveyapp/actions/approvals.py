"""Verbs on approvals: what cannot be undone, or leaves the team, is asked by one person and approved by another.

Where an installation does not want that, asking is enough: the reason is kept all the same. An approval is used once,
and not later than a week after it was given.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import approval_mails, jobs, log, publications
from surveyapp.errors import InvalidContent, NotAllowed, NotFound, WrongState
from surveyapp.models import Approval, Evaluation, User, Wave
from surveyapp.models.approval import DELETE, EXPORT, PUBLISH
from surveyapp.models.publication import LEAD
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import approvals as queries
from surveyapp.queries import jobs as job_queries

LASTS: Final = timedelta(days=7)
"""How long a request waits for a colleague, and how long what was approved can be done."""
LONGEST_REASON: Final = 2_000


def ask(
    session: Session,
    *,
    evaluation: Evaluation,
    act: str,
    reason: str,
    by: User,
    four_eyes: bool,
    **arguments: int | str,
) -> Approval:
    """Ask to publish or export the answers of a ``wave`` (its id), or to delete the study; approved at once unless the
    installation wants four eyes. Whoever can decide is mailed. What is published is for an ``audience``: ``lead``,
    ``public`` or ``both``; of a correction everybody who sees it reads the reason.

    Raises ``InvalidContent`` (``unknown-act``, ``reason-missing``, ``reason-too-long``), ``NotFound`` (``wave``) and
    ``WrongState``: ``already-asked`` while the same waits or was approved and not yet done, and what keeps the act from
    being done (``wave-still-open``, ``anonymous-wave``, and see ``publications.must_be_publishable``).
    """
    if act not in _POSSIBLE:
        raise InvalidContent("unknown-act", act=act)
    session.refresh(evaluation, ["id"], with_for_update=True)
    _POSSIBLE[act](session, evaluation, arguments)
    if any(_same(each.arguments, arguments) for each in _open(session, evaluation, act)):
        raise WrongState("already-asked")
    asked = Approval(
        evaluation=evaluation, act=act, arguments=arguments, reason=_reason(reason), asker=by, asked_at=clock.now()
    )
    session.add(asked)
    log.record(session, verb="approval.ask", subject=asked, by=by, evaluation=evaluation, act=act, reason=asked.reason)
    if four_eyes:
        for colleague in queries.deciders(session, evaluation, by):
            approval_mails.tell(session, approval=asked, purpose="approval", user=colleague)
    else:
        asked.approved, asked.decided_at = True, asked.asked_at
        _follow(session, asked)
    session.flush()
    return asked


def decide(session: Session, *, approval: Approval, approve: bool, answer: str, by: User) -> None:
    """Approve, or refuse for a reason; of two who decide at the same moment one does. Whoever asked is mailed.

    Raises ``NotAllowed`` (``own-request``), ``WrongState`` (``already-decided``, ``approval-expired``) and
    ``InvalidContent`` (``reason-missing`` of a refusal, ``reason-too-long``).
    """
    _lock(session, approval)
    if approval.asked_by == by.id:
        raise NotAllowed("own-request")
    _must_wait(approval)
    approval.answer = _reason(answer, needed=not approve)
    approval.approved, approval.decider, approval.decided_at = approve, by, clock.now()
    log.record(
        session,
        verb="approval.approve" if approve else "approval.refuse",
        subject=approval,
        by=by,
        evaluation=approval.evaluation,
        act=approval.act,
        reason=approval.answer,
    )
    approval_mails.tell(session, approval=approval, purpose="decision", user=approval.asker)
    if approve:
        _POSSIBLE[approval.act](session, approval.evaluation, approval.arguments)
        _follow(session, approval)
    session.flush()


def withdraw(session: Session, *, approval: Approval, by: User) -> None:
    """Take back what one asked for; raises as ``decide`` does, and ``NotAllowed`` (``not-your-request``)."""
    _lock(session, approval)
    if approval.asked_by != by.id:
        raise NotAllowed("not-your-request")
    _must_wait(approval)
    approval.approved, approval.decided_at = False, clock.now()
    log.record(
        session, verb="approval.withdraw", subject=approval, by=by, evaluation=approval.evaluation, act=approval.act
    )


def use(session: Session, *, approval: Approval, by: User) -> None:
    """Do now what was approved: once, by who asked for it.

    Raises ``NotAllowed`` (``not-your-request``) and ``WrongState`` (``not-approved``, ``approval-used``,
    ``approval-expired``).
    """
    _lock(session, approval)
    must_be_usable(session, approval=approval, by=by)
    approval.done_at = clock.now()
    session.flush()


def must_be_usable(session: Session, *, approval: Approval, by: User) -> None:
    """Whether this could be done now: raises as ``use`` does, and changes nothing."""
    if approval.asked_by != by.id:
        raise NotAllowed("not-your-request")
    if not approval.approved or approval.decided_at is None:
        raise WrongState("not-approved")
    if approval.done_at is not None:
        raise WrongState("approval-used")
    if approval.decided_at + LASTS <= clock.now():
        raise WrongState("approval-expired")
    _POSSIBLE[approval.act](session, approval.evaluation, approval.arguments)


def state(approval: Approval) -> str:
    """``waiting``, ``approved`` (and still to be done), ``done``, ``refused``, ``withdrawn`` or ``expired``."""
    if approval.done_at is not None:
        return "done"
    if approval.approved is False:
        return "withdrawn" if approval.decided_by is None else "refused"
    if until(approval) <= clock.now():
        return "expired"
    return "approved" if approval.approved else "waiting"


def until(approval: Approval) -> datetime:
    """When what waits, or was approved and not done, expires."""
    return (approval.decided_at or approval.asked_at) + LASTS


def _follow(session: Session, approval: Approval) -> None:
    """What an approval sets going; an export waits for who asked to fetch it."""
    if approval.act == PUBLISH:
        jobs.enqueue(
            session,
            kind="publish",
            evaluation_id=approval.evaluation_id,
            wave=approval.arguments["wave"],
            audience=approval.arguments.get("audience", LEAD),
            by=approval.asked_by,
            approval=approval.id,
        )
    elif approval.act == DELETE:  # its job belongs to no study: it must outlive this one
        jobs.enqueue(session, kind=DELETE, evaluation=approval.evaluation_id, by=approval.asked_by)
    else:
        return
    approval.done_at = clock.now()


def _publishable(session: Session, evaluation: Evaluation, arguments: dict[str, int | str]) -> None:
    wave = _wave(session, evaluation, arguments)
    if wave.state_at(clock.now()) != "closed":
        raise WrongState("wave-still-open")
    possible = publications.publishable(session, wave)
    for audience in publications.audiences(str(arguments.get("audience", LEAD))):
        if audience not in possible:
            publications.must_be_publishable(session, wave=wave, audience=audience)
    if job_queries.pending(session, "publish", wave=wave.id):
        raise WrongState("already-asked")


def _same(one: dict[str, int | str], other: dict[str, int | str]) -> bool:
    """Whether two requests of one act are about the same: a wave, for whomever."""
    return one.get("wave") == other.get("wave")


def _exportable(session: Session, evaluation: Evaluation, arguments: dict[str, int | str]) -> None:
    if _wave(session, evaluation, arguments).regime == ANONYMOUS:
        raise WrongState("anonymous-wave")


def _deletable(session: Session, evaluation: Evaluation, arguments: dict[str, int | str]) -> None:
    if arguments:
        raise InvalidContent("unknown-act", act=DELETE)
    if job_queries.pending(session, DELETE, evaluation=evaluation.id):
        raise WrongState("already-asked")


_POSSIBLE: Final[dict[str, Callable[[Session, Evaluation, dict[str, int | str]], None]]] = {
    PUBLISH: _publishable,
    EXPORT: _exportable,
    DELETE: _deletable,
}


def _wave(session: Session, evaluation: Evaluation, arguments: dict[str, int | str]) -> Wave:
    found = session.get(Wave, arguments.get("wave"))
    if found is None or found.evaluation_id != evaluation.id:
        raise NotFound("wave", evaluation=evaluation.slug)
    return found


def _open(session: Session, evaluation: Evaluation, act: str) -> list[Approval]:
    found = session.scalars(
        select(Approval).where(Approval.evaluation_id == evaluation.id, Approval.act == act, Approval.done_at.is_(None))
    )
    return [each for each in found if state(each) in {"waiting", "approved"}]


def _lock(session: Session, approval: Approval) -> None:
    """Look at it again, and hold it: of two at the same moment the second finds what the first did."""
    session.refresh(approval, with_for_update=True)


def _must_wait(approval: Approval) -> None:
    if approval.decided_at is not None:
        raise WrongState("already-decided")
    if state(approval) == "expired":
        raise WrongState("approval-expired")


def _reason(written: str, *, needed: bool = True) -> str:
    if needed and not written.strip():
        raise InvalidContent("reason-missing")
    if len(written) > LONGEST_REASON:
        raise InvalidContent("reason-too-long", longest=LONGEST_REASON)
    return written.strip()
