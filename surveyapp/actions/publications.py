"""Verbs on publications: freezing the protected results of a closed wave.

The computing takes a while, so it can be done between two short transactions: ``prepare`` reads, ``protected``
computes without a database, ``publish`` stores, if nothing has changed in between.
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
from surveyapp.errors import WrongState
from surveyapp.models import ItemTally, Publication, ThemeTally, User, Wave
from surveyapp.queries import counting, counts, editions, publications
from surveyapp.questionnaires.questionnaire import Questionnaire

AUDIENCE: Final = "lead"
"""A publication is made for the project lead; what others may see of it is a selection of its rows."""


@dataclass(frozen=True)
class Draft:
    """What a publication is made of, read at one moment; for the research team only."""

    counts: Counts
    questionnaire: Questionnaire
    regime: str
    data_digest: str


def prepare(session: Session, *, wave: Wave) -> Draft:
    """Read what will be published; raises ``WrongState`` (``wave-not-closed``, ``already-published``)."""
    _must_be_publishable(session, wave)
    questionnaire = editions.of(session, wave).questionnaire
    return Draft(counts.of(session, wave, questionnaire), questionnaire, wave.regime, _digest(session, wave))


def protected(draft: Draft) -> SafeResults:
    """Analyse and protect, as the regime promised the respondents."""
    return protect(analyse(draft.counts, draft.questionnaire), Policy.of(AUDIENCE, draft.regime))


def publish(
    session: Session, *, wave: Wave, by: User, draft: Draft | None = None, safe: SafeResults | None = None
) -> Publication:
    """Freeze the protected results of a closed wave; without ``draft`` and ``safe`` they are made here.

    Raises ``WrongState``: ``wave-not-closed``, ``already-published``, or ``tallies-changed`` since the draft.
    """
    session.refresh(wave, ["opens_at", "closes_at", "closed_at"], with_for_update={"key_share": True})
    _must_be_publishable(session, wave)
    made_of = draft if draft is not None else prepare(session, wave=wave)
    if made_of.data_digest != _digest(session, wave):
        raise WrongState("tallies-changed")
    results = safe if safe is not None else protected(made_of)
    publication = Publication(
        wave=wave,
        published_at=clock.now(),
        published_by=by.id,
        data_digest=made_of.data_digest,
        document=results.to_document(),
    )
    session.add(publication)
    anonymity.settle(session, wave=wave)
    log.record(session, verb="wave.publish", subject=wave, by=by, evaluation=wave.evaluation)
    return publication


def _must_be_publishable(session: Session, wave: Wave) -> None:
    if wave.state_at(clock.now()) != "closed":
        raise WrongState("wave-not-closed")
    if publications.of(session, wave) is not None:
        raise WrongState("already-published")


def _digest(session: Session, wave: Wave) -> str:
    """SHA-256 of both tallies, in the order of their keys."""
    rows = [sorted(counting.kept(session, wave, tally).items()) for tally in (ItemTally, ThemeTally)]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
