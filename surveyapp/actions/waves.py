"""Verbs on waves: planning one, setting one up step by step, opening it.

Ending the asking is in ``closing``, trying it in ``trials``, the next wave in ``copying``; what callers need of those
is here as well.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final, TypedDict, Unpack

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log, trials
from surveyapp.actions.closing import close, extend, reopen, settle_ended
from surveyapp.actions.readiness import NotReady, Problem, problems
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import EditionDocument, Evaluation, Invitee, PromiseText, Response, User, Wave, upsert
from surveyapp.models.wave import REGIMES
from surveyapp.queries import editions
from surveyapp.questionnaires.edition import Edition, digest
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

__all__ = [
    "NotReady",
    "Problem",
    "Said",
    "change",
    "close",
    "draft",
    "extend",
    "open",
    "plan",
    "problems",
    "reopen",
    "set_for_public",
    "set_regime",
    "settle_ended",
]

CONFIDENTIAL: Final = "confidential"
LASTS: Final = timedelta(weeks=4)
"""How long a wave is open, where nobody says otherwise."""
MOST_EXPECTED: Final = 100_000
_AFTERWARDS: Final = frozenset({"targets", "contact_name", "contact_email", "searchable"})
"""What can be changed of a wave that was opened."""
_SETTLES: Final = {"regime": "regime", "expected": "roles", "opens_at": "period", "closes_at": "period"}
"""What is said -> which part of the set-up has been looked at by that."""


class Said(TypedDict, total=False):
    """What somebody says about a wave that is being set up. What is left out, or None, is not said."""

    regime: str | None
    opens_at: datetime | None
    closes_at: datetime | None
    sender: str | None
    contact_name: str | None
    contact_email: str | None
    languages: Sequence[str] | None
    targets: Mapping[str, int] | None
    expected: Mapping[str, int] | None
    for_public: bool | None
    searchable: bool | None


def plan(
    session: Session,
    *,
    evaluation: Evaluation,
    edition: Edition,
    regime: str,
    opens_at: datetime,
    closes_at: datetime,
    sender: str,
    contact_name: str,
    contact_email: str,
    by: User | None,
    for_public: bool = False,
) -> Wave:
    """Plan the next wave of an evaluation; it keeps the whole edition as it is asked.

    With ``for_public`` its results may be published for everybody, and respondents are told.
    """
    if regime not in REGIMES:
        raise InvalidContent("unknown-regime", regime=regime)
    if closes_at <= opens_at:
        raise InvalidContent("closes-before-opening")
    wave = Wave(
        evaluation=evaluation,
        number=_next_number(session, evaluation),
        edition_digest=_kept(session, edition),
        regime=regime,
        ready_at=clock.now(),
        opens_at=opens_at,
        closes_at=closes_at,
        sender=sender,
        contact_name=contact_name,
        contact_email=contact_email,
        for_public=for_public,
    )
    session.add(wave)
    log.record(session, verb="wave.plan", subject=wave, by=by, evaluation=evaluation, edition=edition.name)
    return wave


def draft(
    session: Session,
    *,
    evaluation: Evaluation,
    edition: Edition,
    by: User | None,
    **given: Unpack[Said],
) -> Wave:
    """Begin to set up the next wave of an evaluation; nobody can answer before it is opened, except to try it.

    What is not said is as usual: confidential, from next Monday nine o'clock, for four weeks, sent by the client, with
    who sets it up to turn to, in every language of the interface that the questionnaire has. Raises ``InvalidContent``
    as ``change`` does, and ``WrongState`` (``wave-being-set-up``) while another one is being set up.
    """
    unopened = exists().where(Wave.evaluation_id == evaluation.id, Wave.ready_at.is_(None))
    if session.scalar(select(unopened)):
        raise WrongState("wave-being-set-up")
    begins = given.get("opens_at") or next_monday(clock.now())
    wave = Wave(
        evaluation=evaluation,
        number=_next_number(session, evaluation),
        edition_digest=_kept(session, edition),
        regime=CONFIDENTIAL,
        opens_at=begins,
        closes_at=given.get("closes_at") or clock.end_of((clock.local(begins) + LASTS).date()),
        sender=evaluation.client,
        contact_name=by.name if by is not None else "",
        contact_email=by.email if by is not None else "",
        languages=sorted(edition.questionnaire.languages, key=lambda one: (one != DEFAULT_LANGUAGE, one)),
    )
    said = _said(given)
    _check(wave, edition, said)
    session.add(wave)
    _take(wave, said)
    log.record(session, verb="wave.draft", subject=wave, by=by, evaluation=evaluation, edition=edition.name)
    return wave


def change(
    session: Session,
    *,
    wave: Wave,
    by: User | None,
    edition: Edition | None = None,
    **given: Unpack[Said],
) -> None:
    """Say something else about a wave that is being set up; what is not given stays as it was.

    Another questionnaire or promise throws away what was answered as a test. Once it was opened only the targets, who
    to turn to and what search engines may list can change: ``WrongState`` (``wave-frozen``). Raises ``InvalidContent``:
    ``unknown-regime``, ``closes-before-opening``, ``unknown-role``, ``target-impossible``, ``number-impossible``, and
    ``roles-with-people`` where the other questionnaire lacks a role in which people were invited.
    """
    said = _said(given)
    session.refresh(wave, ["ready_at", "regime", "for_public", "edition_digest"], with_for_update={"key_share": True})
    if wave.ready_at is not None and (edition is not None or said.keys() - _AFTERWARDS):
        raise WrongState("wave-frozen")
    _check(wave, edition or editions.by_digest(session, wave.edition_digest), said)
    if edition is not None:
        _ask_another(session, wave, edition)
    if any(said.get(name, getattr(wave, name)) != getattr(wave, name) for name in ("regime", "for_public")):
        trials.forget(session, wave)
    _take(wave, said)
    names = sorted({*said, *(["questionnaire"] if edition is not None else [])})
    log.record(session, verb="wave.change", subject=wave, by=by, evaluation=wave.evaluation, changed=", ".join(names))


def open(session: Session, *, wave: Wave, by: User | None) -> None:  # noqa: A001 - the word of the trade
    """Let people answer from the planned moment on: questionnaire, organisations, roles and regime stand from now.

    Test people go, with everything they answered. Raises ``NotReady`` with every problem, and ``WrongState``
    (``already-opened``).
    """
    session.refresh(wave, with_for_update={"key_share": True})
    if wave.ready_at is not None:
        raise WrongState("already-opened")
    found = problems(session, wave)
    if found:
        raise NotReady(tuple(found))
    tests = trials.forget(session, wave)
    session.execute(delete(Invitee).where(Invitee.wave_id == wave.id, Invitee.test))
    wave.ready_at = clock.now()
    edition = editions.by_digest(session, wave.edition_digest)
    log.record(
        session,
        verb="wave.open",
        subject=wave,
        by=by,
        evaluation=wave.evaluation,
        edition=edition.name,
        regime=wave.regime,
        tests=tests,
    )


def set_regime(session: Session, *, wave: Wave, regime: str, by: User | None) -> None:
    """Choose who will see what, as long as nobody has answered or been promised anything.

    Raises ``InvalidContent`` (``unknown-regime``) and ``WrongState`` (``regime-promised``).
    """
    if regime not in REGIMES:
        raise InvalidContent("unknown-regime", regime=regime)
    _must_not_be_promised(session, wave)
    wave.regime = regime
    log.record(session, verb="wave.set-regime", subject=wave, by=by, evaluation=wave.evaluation, regime=regime)


def set_for_public(session: Session, *, wave: Wave, for_public: bool, by: User | None) -> None:
    """Choose whether results may be published for everybody, as long as nobody has answered or been promised anything.

    Raises ``WrongState`` (``regime-promised``).
    """
    _must_not_be_promised(session, wave)
    wave.for_public = for_public
    log.record(
        session, verb="wave.set-public", subject=wave, by=by, evaluation=wave.evaluation, for_public=int(for_public)
    )


def next_monday(moment: datetime) -> datetime:
    """Nine o'clock in Amsterdam on the Monday after this moment, in UTC."""
    today = clock.local(moment).date()
    monday = today + timedelta(days=7 - today.weekday())
    return datetime.combine(monday, time(9), tzinfo=clock.AMSTERDAM).astimezone(clock.now().tzinfo)


def _must_not_be_promised(session: Session, wave: Wave) -> None:
    """Nobody has read who will see what: it may still change. Holds the wave."""
    session.refresh(wave, ["regime", "for_public"], with_for_update=True)
    relied_on = or_(exists().where(Response.wave_id == wave.id), exists().where(PromiseText.wave_id == wave.id))
    if session.scalar(select(relied_on)):
        raise WrongState("regime-promised")


def _next_number(session: Session, evaluation: Evaluation) -> int:
    last = session.scalar(select(func.max(Wave.number)).where(Wave.evaluation_id == evaluation.id))
    return (last or 0) + 1


def _kept(session: Session, edition: Edition) -> str:
    """The digest under which the database keeps what is asked."""
    document = edition.to_json()
    key = digest(document)
    upsert.insert_missing(session, EditionDocument, {"digest": key, "name": edition.name, "document": document})
    return key


def _said(given: Said) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _check(wave: Wave, edition: Edition, said: Mapping[str, Any]) -> None:
    """Raise ``InvalidContent`` for the first thing that cannot be."""
    regime = said.get("regime", wave.regime)
    if regime not in REGIMES:
        raise InvalidContent("unknown-regime", regime=regime)
    if said.get("closes_at", wave.closes_at) <= said.get("opens_at", wave.opens_at):
        raise InvalidContent("closes-before-opening")
    roles = {role.key for role in edition.questionnaire.roles}
    for name, code, most in (("targets", "target-impossible", 100), ("expected", "number-impossible", MOST_EXPECTED)):
        for role, number in said.get(name, {}).items():
            if role not in roles:
                raise InvalidContent("unknown-role", role=role)
            if not 0 <= number <= most:
                raise InvalidContent(code, role=role, most=most)


def _take(wave: Wave, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        kept = dict(value) if isinstance(value, Mapping) else value
        setattr(wave, name, list(kept) if name == "languages" else kept)
    looked_at = {_SETTLES[name] for name in said if name in _SETTLES}
    wave.settled = sorted({*(wave.settled or ()), *looked_at})


def _ask_another(session: Session, wave: Wave, edition: Edition) -> None:
    """Ask this edition instead; what was said about roles that it lacks goes."""
    roles = {role.key for role in edition.questionnaire.roles}
    taken = session.scalars(select(Invitee.role).where(Invitee.wave_id == wave.id, Invitee.test.is_(False)).distinct())
    lost = sorted(set(taken) - roles)
    if lost:
        raise InvalidContent("roles-with-people", roles=", ".join(lost))
    trials.forget(session, wave)
    session.execute(delete(Invitee).where(Invitee.wave_id == wave.id, Invitee.test, Invitee.role.not_in(roles)))
    wave.edition_digest = _kept(session, edition)
    wave.targets = {role: share for role, share in wave.targets.items() if role in roles}
    wave.expected = {role: number for role, number in wave.expected.items() if role in roles}
