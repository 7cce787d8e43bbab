"""Taking answers or results of a wave out at the prompt: the same rights, approvals and log as in the browser."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import Permission, Scope, may
from surveyapp.actions import answers, approvals
from surveyapp.cli import rights
from surveyapp.config import Settings
from surveyapp.errors import NotAllowed, WrongState
from surveyapp.models import Approval, Evaluation, Membership, User, Wave
from surveyapp.models.approval import EXPORT
from surveyapp.models.database import Database
from surveyapp.models.publication import LEAD, PUBLIC
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import downloads, evaluations, publication_download, publications
from surveyapp.reports.datasets import packing
from surveyapp.reports.datasets.table import Download

_WITHOUT_REASON = "Exported at the prompt."
ANSWERS = "answers"
TEAM = "team"
ORGANISATION = "organisation"


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for at the prompt."""

    slug: str
    account: str | None
    wave: int | None
    kind: str
    """The format."""
    audience: str
    contents: str
    """``answers`` or ``results``."""
    organisation: str | None
    language: str
    reason: str
    out: Path


@dataclass(frozen=True)
class _Found:
    """What that comes to."""

    by: User
    wave: Wave
    approval: Approval | None
    """Of answers, where one was given before."""
    member: Membership | None


def write(known: Settings, wanted: Wanted) -> list[Path]:
    """Write the files, or nothing; returns them, the data first.

    The answers are read without keeping others from writing, and handed over only after it was logged.

    Raises ``NotFound`` (``evaluation``, ``wave``, ``account``, ``account-needed``, ``organisation``,
    ``organisation-needed``, ``publication``), ``NotAllowed`` (``may-not-export``, ``may-not-see-results``, and where
    somebody else must approve ``approval-needed`` and ``approval-waits``), ``WrongState`` (``answers-anonymous``,
    ``results-anonymous``) and ``InvalidContent`` (``too-many-rows``).
    """
    database = Database(known.database_url)
    room = Path(tempfile.mkdtemp(prefix=f".{wanted.out.name}.", dir=wanted.out.parent))
    try:
        with database.session(readonly=True) as session:
            found = _look(session, wanted)
            made = _made(session, wanted, found, room) if _may_begin(known, wanted, found) else []
        if wanted.contents == ANSWERS:
            with database.session() as session:
                _take_out(session, known, wanted, found)
        return _handed_over(made, wanted.out)
    finally:
        shutil.rmtree(room, ignore_errors=True)
        database.dispose()


def _look(session: Session, wanted: Wanted) -> _Found:
    """Who wants what, if they may have it; in a demonstration its researcher, where nobody is named."""
    evaluation = evaluations.by_slug(session, wanted.slug)
    by = rights.named(session, evaluation, wanted.account)
    member = rights.member(session, evaluation, wanted.organisation, by) if wanted.audience == ORGANISATION else None
    _must_be_allowed(by, evaluation, member, wanted)
    wave = _wave(session, evaluation, wanted)
    if wanted.audience == TEAM and wave.regime == ANONYMOUS:
        raise WrongState(f"{wanted.contents}-anonymous")
    return _Found(by, wave, _approval(session, wave, by), member)


def _wave(session: Session, evaluation: Evaluation, wanted: Wanted) -> Wave:
    """The one with that number; else the latest, and outside the team the latest of which something was published."""
    audience = PUBLIC if wanted.audience == PUBLIC else LEAD
    outside = wanted.audience != TEAM and wanted.contents != ANSWERS and wanted.wave is None
    published = publications.published_wave(session, evaluation, audience=audience) if outside else None
    return published if published is not None else evaluations.wave(session, evaluation, wanted.wave)


def _may_begin(known: Settings, wanted: Wanted, found: _Found) -> bool:
    """Whether nobody else has to approve it first."""
    if wanted.contents != ANSWERS or not known.four_eyes:
        return True
    return found.approval is not None and approvals.state(found.approval) == "approved"


def _must_be_allowed(by: User, evaluation: Evaluation, member: Membership | None, wanted: Wanted) -> None:
    scope = Scope(evaluation.id, member.id if member is not None else None)
    if wanted.contents == ANSWERS:
        if not may(by, Permission.ANSWERS_EXPORT, scope):
            raise NotAllowed("may-not-export", email=by.email, slug=evaluation.slug)
        return
    needed = {
        TEAM: {Permission.RESULTS_ANALYSE},
        ORGANISATION: {Permission.PUBLICATION_READ, Permission.PUBLICATION_READ_OWN},
    }.get(wanted.audience, {Permission.PUBLICATION_READ})
    if not any(may(by, permission, scope) for permission in needed):
        raise NotAllowed("may-not-see-results", email=by.email, slug=evaluation.slug)


def _made(session: Session, wanted: Wanted, found: _Found, room: Path) -> list[Path]:
    """The files in ``room``: one where a zip is wanted."""
    download = _download(session, wanted, found)
    stem = f"{wanted.slug}-{found.wave.number}" + (f"-{wanted.organisation}" if wanted.organisation else "")
    if wanted.out.suffix == ".zip":
        packed = room / "packed.zip"
        packing.zipped(download, wanted.kind, packed, stem=stem, language=wanted.language)
        return [packed]
    brief = not wanted.out.is_dir()
    return packing.files(download, wanted.kind, room, stem=stem, language=wanted.language, brief=brief)


def _download(session: Session, wanted: Wanted, found: _Found) -> Download:
    if wanted.contents == ANSWERS:
        return downloads.of_answers(session, found.wave)
    if wanted.audience == TEAM:
        return downloads.of_results(session, found.wave)
    return publication_download.of(session, found.wave, wanted.audience, found.member)


def _handed_over(made: list[Path], out: Path) -> list[Path]:
    """The data under the name that was asked for and the rest beside it, or all of it in a folder that is there."""
    if out.is_dir():
        targets = [out / each.name for each in made]
    else:
        targets = [out, *(out.with_name(f"{out.stem}-{each.name}") for each in made[1:])]
    for each, target in zip(made, targets, strict=True):
        each.replace(target)
    return targets


def _take_out(session: Session, known: Settings, wanted: Wanted, found: _Found) -> None:
    """Use the approval and log it. Where there is none yet it is asked for, and given at once where a reason is
    enough."""
    wave, by = session.get_one(Wave, found.wave.id), session.get_one(User, found.by.id)
    approval = _approval(session, wave, by)
    page = f"{known.base_url}/evaluations/{wanted.slug}/approvals"
    if approval is None:
        if known.four_eyes and not wanted.reason.strip():
            raise NotAllowed("approval-needed")
        reason = wanted.reason.strip() or _WITHOUT_REASON
        approval = approvals.ask(
            session,
            evaluation=wave.evaluation,
            act=EXPORT,
            reason=reason,
            by=by,
            four_eyes=known.four_eyes,
            wave=wave.id,
        )
    if approvals.state(approval) == "waiting":
        session.commit()
        raise NotAllowed("approval-waits", page=page)
    answers.take_out(session, approval=approval, by=by, kind=wanted.kind)
    session.commit()


def _approval(session: Session, wave: Wave, by: User) -> Approval | None:
    """What was approved for this user and not yet fetched; else what waits; else nothing."""
    asked = select(Approval).where(Approval.evaluation_id == wave.evaluation_id, Approval.act == EXPORT)
    mine = session.scalars(asked.where(Approval.asked_by == by.id).order_by(Approval.id.desc()))
    states = {approvals.state(each): each for each in mine if each.arguments == {"wave": wave.id}}
    return states.get("approved", states.get("waiting"))
