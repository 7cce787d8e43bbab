"""Taking the answers of a wave out at the prompt: the same rights, approvals and log as in the browser."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import Permission, Scope, may
from surveyapp.actions import answers, approvals
from surveyapp.config import Settings
from surveyapp.errors import NotAllowed, NotFound, WrongState
from surveyapp.models import Approval, Evaluation, User, Wave
from surveyapp.models.approval import EXPORT
from surveyapp.models.database import Database
from surveyapp.queries import editions, evaluations, settings, users
from surveyapp.reports import raw_answers

_WITHOUT_REASON = "Exported at the prompt."


def write(known: Settings, slug: str, account: str | None, wave: int | None, reason: str, out: Path) -> None:
    """Write the file, or nothing.

    Raises ``NotFound`` (``evaluation``, ``wave``, ``account``, ``account-needed``), ``NotAllowed``
    (``may-not-export``, and where somebody else must approve ``approval-needed`` and ``approval-waits``) and
    ``WrongState`` (``answers-anonymous``).
    """
    database = Database(known.database_url)
    try:
        with database.session() as session:
            evaluation = evaluations.by_slug(session, slug)
            by = _allowed(session, evaluation, account)
            target = evaluations.wave(session, evaluation, wave)
            approval = _approved(session, known, target, by, reason)
            frame = answers.take_out(session, approval=approval, by=by)
            made = raw_answers.file_of(frame, editions.of(session, target).questionnaire)
            part = out.with_name(f".{out.name}.part")
            try:
                part.write_text(made, encoding="utf-8", newline="")
                session.commit()
                part.replace(out)
            finally:
                part.unlink(missing_ok=True)
    finally:
        database.dispose()


def _allowed(session: Session, evaluation: Evaluation, account: str | None) -> User:
    """Who does this, if they may; in a demonstration its researcher, where nobody is named."""
    user = users.by_email(session, account) if account else settings.demonstrator(session, evaluation)
    if user is None and not account:
        raise NotFound("account-needed")
    if user is None or user.disabled_at is not None:
        raise NotFound("account", email=account or "")
    if not may(user, Permission.ANSWERS_EXPORT, Scope(evaluation.id)):
        raise NotAllowed("may-not-export", email=user.email, slug=evaluation.slug)
    return user


def _approved(session: Session, known: Settings, wave: Wave, by: User, reason: str) -> Approval:
    """What was approved and not yet fetched; else it is asked for, and approved at once where a reason is enough."""
    asked = select(Approval).where(Approval.evaluation_id == wave.evaluation_id, Approval.act == EXPORT)
    mine = session.scalars(asked.where(Approval.asked_by == by.id).order_by(Approval.id.desc()))
    known_states = {approvals.state(each): each for each in mine if each.arguments == {"wave": wave.id}}
    if "approved" in known_states:
        return known_states["approved"]
    page = f"{known.base_url}/evaluations/{wave.evaluation.slug}/approvals"
    if "waiting" in known_states:
        raise NotAllowed("approval-waits", page=page)
    if known.four_eyes and not reason.strip():
        raise NotAllowed("approval-needed")
    try:
        approval = approvals.ask(
            session,
            evaluation=wave.evaluation,
            act=EXPORT,
            reason=reason.strip() or _WITHOUT_REASON,
            by=by,
            four_eyes=known.four_eyes,
            wave=wave.id,
        )
    except WrongState as refused:
        raise WrongState("answers-anonymous" if refused.code == "anonymous-wave" else refused.code) from refused
    if known.four_eyes:
        session.commit()
        raise NotAllowed("approval-waits", page=page)
    return approval
