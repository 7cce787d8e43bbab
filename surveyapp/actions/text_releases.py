"""Verbs on letting words out of the team: redacting a text, releasing it, withholding it.

Nothing is quoted before a person released it. A decision is about the words as they were: where the text changed since,
another decision is needed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.actions.coding import LONGEST_MEMO, text_of
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import TextRelease, User, Wave
from surveyapp.models.coding import RELEASE_STATES
from surveyapp.models.interview import CONSENTS
from surveyapp.queries import source_texts
from surveyapp.queries.source_texts import SourceText

LONGEST_TEXT: Final = 10_000
PROPOSED, RELEASED, WITHHELD = RELEASE_STATES


@dataclass(frozen=True)
class Wanted:
    """What somebody decides about a text."""

    state: str
    text: str
    consent: str
    theme: str
    text_digest: str
    """Of the source as they saw it."""
    reason: str = ""
    names_organisation: bool = False
    suggestions: Sequence[Mapping[str, object]] = field(default=())


def decide(
    session: Session, *, wave: Wave, source: str, key: str, wanted: Wanted, themes: Collection[str], by: User
) -> TextRelease:
    """Keep, release or withhold the redacted words of a text.

    Raises ``NotFound`` (``text``); ``WrongState``: ``text-changed``, ``anonymous-wave``, ``another-of-this-person``
    where something of the same person is released in this theme; ``InvalidContent``: ``text-missing``,
    ``text-too-long``, ``unknown-consent``, ``more-than-agreed``, ``nothing-agreed`` for releasing what may not be
    quoted, ``not-in-other-words`` for a paraphrase that is the text itself, ``theme-unknown``, and ``reason-missing``
    for withholding, or ``memo-too-long``.
    """
    found = text_of(session, wave, source, key)
    if found.digest != wanted.text_digest:
        raise WrongState("text-changed")
    _check(found, wanted, themes)
    if wanted.state == RELEASED:
        _only_one(session, wave, found, wanted.theme)
    release = session.scalar(_of(source).where(TextRelease.source_key == key))
    if release is None:
        release = TextRelease(wave_id=wave.id, source=source, source_key=key)
        session.add(release)
    release.membership_id, release.role = found.membership_id, found.role
    release.state, release.consent, release.theme = wanted.state, wanted.consent, wanted.theme
    release.text, release.text_digest = wanted.text.strip(), found.digest
    release.names_organisation = wanted.names_organisation
    release.suggestions = [dict(each) for each in wanted.suggestions]
    release.reason, release.decided_by, release.decided_at = wanted.reason.strip(), by.id, clock.now()
    verb = _VERBS[wanted.state]
    log.record(session, verb=verb, subject=release, by=by, evaluation=wave.evaluation, consent=wanted.consent)
    return release


_VERBS: Final = {PROPOSED: "text-release.propose", RELEASED: "text-release.release", WITHHELD: "text-release.withhold"}


def _of(source: str) -> Select[TextRelease]:
    return select(TextRelease).where(TextRelease.source == source)


def _check(found: SourceText, wanted: Wanted, themes: Collection[str]) -> None:
    if wanted.state not in RELEASE_STATES:
        raise InvalidContent("unknown-state")
    if wanted.consent not in CONSENTS:
        raise InvalidContent("unknown-consent")
    if not wanted.text.strip():
        raise InvalidContent("text-missing")
    if len(wanted.text) > LONGEST_TEXT:
        raise InvalidContent("text-too-long", longest=LONGEST_TEXT)
    if wanted.theme and wanted.theme not in themes:
        raise InvalidContent("theme-unknown", value=wanted.theme)
    if len(wanted.reason) > LONGEST_MEMO:
        raise InvalidContent("memo-too-long", longest=LONGEST_MEMO)
    if wanted.state == WITHHELD and not wanted.reason.strip():
        raise InvalidContent("reason-missing")
    if wanted.state == RELEASED:
        _check_agreed(found, wanted)


def _check_agreed(found: SourceText, wanted: Wanted) -> None:
    if wanted.consent == "none":
        raise InvalidContent("nothing-agreed")
    if CONSENTS.index(wanted.consent) > CONSENTS.index(found.consent):
        raise InvalidContent("more-than-agreed", agreed=found.consent)
    if wanted.consent == "paraphrase" and wanted.text.strip() == found.text.strip():
        raise InvalidContent("not-in-other-words")


def _only_one(session: Session, wave: Wave, found: SourceText, theme: str) -> None:
    """At most one text of a person in each theme: two together tell more than either."""
    released = _released(session, wave, theme) - {(found.source, found.key)}
    if released and any(
        (each.source, each.key) in released and each.person == found.person
        for each in source_texts.of(session, wave, sources={source for source, _key in released})
    ):
        raise WrongState("another-of-this-person")


def _released(session: Session, wave: Wave, theme: str) -> set[tuple[str, str]]:
    rows = session.execute(
        select(TextRelease.source, TextRelease.source_key).where(
            TextRelease.wave_id == wave.id, TextRelease.state == RELEASED, TextRelease.theme == theme
        )
    )
    return {(source, key) for source, key in rows}
