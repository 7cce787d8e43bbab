"""Verbs on publications: freezing the protected results of a closed wave, for an audience, and correcting them.

The computing takes a while, so it can be done between two short transactions: ``prepare`` reads, ``protected``
computes without a database, ``publish`` stores, if nothing has changed in between. Whatever was released of a wave
before, to whomever, is protected together with what comes after it.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import anonymity, log
from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.analysis.merging import Group, merged
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Approval, ItemTally, Publication, ThemeTally, User, Wave
from surveyapp.models.publication import AUDIENCES, LEAD, PUBLIC, ROLES
from surveyapp.queries import counting, counts, editions, publications
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.together import together

BOTH: Final = "both"
"""Asked for together: the project lead first, then the public."""
LONGEST_REASON: Final = 2_000


@dataclass(frozen=True)
class Draft:
    """What a publication is made of, read at one moment; for the research team only."""

    audience: str
    counts: Counts
    questionnaire: Questionnaire
    regime: str
    data_digest: str
    merged: tuple[Group, ...]
    """What is put together; ``counts`` and ``questionnaire`` are as they were asked."""
    released: tuple[SafeResults, ...]
    """Everything that was published of the wave before, to whomever, in order."""
    before: tuple[int, ...]
    """The ids of those publications."""


def prepare(session: Session, *, wave: Wave, audience: str = LEAD) -> Draft:
    """Read what will be published for this audience; raises as ``must_be_publishable`` does."""
    must_be_publishable(session, wave=wave, audience=audience)
    questionnaire = editions.of(session, wave).questionnaire
    before = publications.history(session, wave)
    return Draft(
        audience,
        counts.of(session, wave, questionnaire),
        questionnaire,
        wave.regime,
        _digest(session, wave),
        publications.to_be_merged(session, wave),
        tuple(publications.safe_results(each) for each in before),
        tuple(each.id for each in before),
    )


def protected(draft: Draft) -> SafeResults:
    """Put together, analyse and protect, as the regime promised the respondents; next to all that went out before."""
    roles = [group.members for group in draft.merged if group.kind == ROLES]
    results = analyse(merged(draft.counts, draft.merged), together(draft.questionnaire, roles))
    return protect(results, Policy.of(draft.audience, draft.regime), draft.released)


def publish(
    session: Session,
    *,
    wave: Wave,
    by: User,
    audience: str = LEAD,
    reason: str = "",
    approval: Approval | None = None,
    draft: Draft | None = None,
    safe: SafeResults | None = None,
) -> Publication:
    """Freeze the protected results of a closed wave; without ``draft`` and ``safe`` they are made here.

    A second publication for the same audience is a correction and needs a ``reason``, which its readers read. Raises
    as ``must_be_publishable`` does, ``WrongState`` (``tallies-changed``, ``published-meanwhile``) where the draft does
    not hold any more, and ``InvalidContent`` (``reason-missing``, ``reason-too-long``).
    """
    session.refresh(wave, ["opens_at", "closes_at", "closed_at"], with_for_update={"key_share": True})
    must_be_publishable(session, wave=wave, audience=audience)
    made_of = draft if draft is not None else prepare(session, wave=wave, audience=audience)
    _must_still_hold(session, wave, made_of)
    last = publications.of(session, wave, audience)
    results = safe if safe is not None else protected(made_of)
    publication = Publication(
        wave=wave,
        audience=audience,
        number=1 if last is None else last.number + 1,
        reason="" if last is None else _reason(reason),
        published_at=clock.now(),
        publisher=by,
        approval=approval,
        data_digest=made_of.data_digest,
        merged=[{"kind": group.kind, "members": list(group.members)} for group in made_of.merged],
        document=results.to_document(),
    )
    session.add(publication)
    anonymity.settle(session, wave=wave)
    verb = "wave.publish" if last is None else "wave.correct"
    told: dict[str, int | str] = {"audience": audience, "number": publication.number}
    if publication.reason:
        told["reason"] = publication.reason
    log.record(session, verb=verb, subject=wave, by=by, evaluation=wave.evaluation, **told)
    return publication


def must_be_publishable(session: Session, *, wave: Wave, audience: str = LEAD) -> None:
    """Raise what keeps this wave from being published for this audience now.

    ``InvalidContent`` (``unknown-audience``); ``WrongState``: ``wave-not-closed``, ``not-for-the-public`` (respondents
    were not told), ``lead-first``, and ``already-published`` where nothing has changed since.
    """
    if audience not in AUDIENCES:
        raise InvalidContent("unknown-audience", audience=audience)
    if wave.state_at(clock.now()) != "closed":
        raise WrongState("wave-not-closed")
    if audience == PUBLIC and not wave.for_public:
        raise WrongState("not-for-the-public")
    last = publications.of(session, wave, audience)
    if last is not None and last.data_digest == _digest(session, wave):
        raise WrongState("already-published")
    if audience == PUBLIC and publications.of(session, wave, LEAD) is None:
        raise WrongState("lead-first")


def audiences(wanted: str) -> tuple[str, ...]:
    """For whom is published where ``lead``, ``public`` or ``both`` was asked for, in that order."""
    return AUDIENCES if wanted == BOTH else (wanted,)


def publishable(session: Session, wave: Wave) -> tuple[str, ...]:
    """For whom this wave can be published or corrected now, in the order in which that happens.

    The public comes after the project lead, which may be in the same act.
    """
    possible: list[str] = []
    for audience in AUDIENCES:
        try:
            must_be_publishable(session, wave=wave, audience=audience)
        except WrongState as problem:
            if problem.code != "lead-first" or LEAD not in possible:
                continue
        possible.append(audience)
    return tuple(possible)


def _must_still_hold(session: Session, wave: Wave, draft: Draft) -> None:
    if draft.data_digest != _digest(session, wave):
        raise WrongState("tallies-changed")
    released = tuple(each.id for each in publications.history(session, wave))
    if (draft.before, draft.merged) != (released, publications.to_be_merged(session, wave)):
        raise WrongState("published-meanwhile")


def _reason(written: str) -> str:
    if not written.strip():
        raise InvalidContent("reason-missing")
    if len(written) > LONGEST_REASON:
        raise InvalidContent("reason-too-long", longest=LONGEST_REASON)
    return written.strip()


def _digest(session: Session, wave: Wave) -> str:
    """SHA-256 of both tallies, in the order of their keys."""
    rows = [sorted(counting.kept(session, wave, tally).items()) for tally in (ItemTally, ThemeTally)]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
