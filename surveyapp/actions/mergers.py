"""Verbs on what publications of a wave put together: approving it with a reason, and taking that back in time.

From the first publication on it stands: a number of two organisations together, next to one of either, would be a
number of the other. The research team's own results are never put together.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Merger, User, Wave
from surveyapp.models.publication import KINDS, ORGANISATIONS
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, evaluations, jobs, open_roles, publications
from surveyapp.questionnaires.together import asked_alike

LONGEST_REASON = 2_000


def merge(session: Session, *, wave: Wave, kind: str, members: Sequence[str], reason: str, by: User) -> Merger:
    """Show these organisations (codes) or roles (keys) as one in everything that is published of the wave.

    Raises ``InvalidContent``: ``unknown-merger``, ``merger-too-few`` (two at least), ``merger-unknown-member``,
    ``merger-overlaps``, ``merger-kinds-differ`` of organisations, ``merger-roles-differ`` where roles were not asked
    the same, by name all or none, and ``reason-missing`` or ``reason-too-long``. ``WrongState``: ``wave-not-closed``,
    ``already-published``, ``being-published``, and ``merger-of-roles-anonymous`` where groups were fixed beforehand.
    """
    _must_be_in_time(session, wave)
    if kind not in KINDS:
        raise InvalidContent("unknown-merger", kind=kind)
    wanted = tuple(dict.fromkeys(members))
    if len(wanted) < 2:
        raise InvalidContent("merger-too-few")
    taken = {each for group in publications.to_be_merged(session, wave) if group.kind == kind for each in group.members}
    if taken & set(wanted):
        raise InvalidContent("merger-overlaps", members=", ".join(sorted(taken & set(wanted))))
    in_order = _organisations(session, wave, wanted) if kind == ORGANISATIONS else _roles(session, wave, wanted)
    merger = Merger(
        wave=wave, kind=kind, members=in_order, reason=_reason(reason), approved_by=by.id, approved_at=clock.now()
    )
    session.add(merger)
    _log(session, "wave.merge", merger, by)
    return merger


def separate(session: Session, *, merger: Merger, by: User) -> None:
    """Show them apart after all; raises ``WrongState`` as ``merge`` does."""
    _must_be_in_time(session, merger.wave)
    _log(session, "wave.separate", merger, by)
    session.delete(merger)
    session.flush()


def _must_be_in_time(session: Session, wave: Wave) -> None:
    session.refresh(wave, ["opens_at", "closes_at", "closed_at"], with_for_update={"key_share": True})
    if wave.state_at(clock.now()) != "closed":
        raise WrongState("wave-not-closed")
    if publications.history(session, wave):
        raise WrongState("already-published")
    if jobs.pending(session, "publish", wave=wave.id):
        raise WrongState("being-published")


def _organisations(session: Session, wave: Wave, wanted: Sequence[str]) -> list[str]:
    """The codes in the order of the study."""
    found = [one.organisation for one in evaluations.memberships(session, wave.evaluation)]
    chosen = [one for one in found if one.code in wanted]
    _must_know(wanted, [one.code for one in chosen])
    if len({one.kind for one in chosen}) > 1:
        raise InvalidContent("merger-kinds-differ")
    return [one.code for one in chosen]


def _roles(session: Session, wave: Wave, wanted: Sequence[str]) -> list[str]:
    """The keys in the order of the questionnaire."""
    if wave.regime == ANONYMOUS:
        raise WrongState("merger-of-roles-anonymous")
    asked = editions.by_digest(session, wave.edition_digest).questionnaire
    chosen = [role.key for role in asked.roles if role.key in wanted]
    _must_know(wanted, chosen)
    by_link = open_roles.of(session, wave).of(asked)
    if not asked_alike(asked, chosen) or len({role in by_link for role in chosen}) > 1:
        raise InvalidContent("merger-roles-differ")
    return chosen


def _must_know(wanted: Sequence[str], known: Sequence[str]) -> None:
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise InvalidContent("merger-unknown-member", members=", ".join(unknown))


def _log(session: Session, verb: str, merger: Merger, by: User) -> None:
    members = ", ".join(merger.members)
    told = {"kind": merger.kind, "members": members, "reason": merger.reason}
    log.record(session, verb=verb, subject=merger.wave, by=by, evaluation=merger.wave.evaluation, **told)


def _reason(written: str) -> str:
    if not written.strip():
        raise InvalidContent("reason-missing")
    if len(written) > LONGEST_REASON:
        raise InvalidContent("reason-too-long", longest=LONGEST_REASON)
    return written.strip()
