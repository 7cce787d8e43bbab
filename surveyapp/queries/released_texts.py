"""The words that readers outside the team may see: redacted, released by a person, and with no label that tells who.

A text comes along only as long as its source is there, counts, and says what it said when it was released.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Interview, Participant, Response, TextRelease, Wave
from surveyapp.queries import source_texts
from surveyapp.queries.source_texts import ANSWER, QUOTE, SourceText

LEAST_FOR_A_LABEL: Final = 10
"""People among whom somebody with a label disappears."""
RELEASED: Final = "released"
ATTRIBUTABLE: Final = "attributable"
_Counts = dict[tuple[int | None, str], int]
"""People by organisation and role."""
_WITH_ROLE: Final = frozenset({"role", "name"})


@dataclass(frozen=True)
class ReleasedText:
    """A text that may be shown to everybody who may see the report; ``consent`` is one of ``models.interview.CONSENTS``
    and never ``none``: with ``paraphrase`` these are the researcher's words, without quotation marks."""

    id: int
    """Of the release: ``quote:<id>`` leads to it."""
    source: str
    """``answer``, ``note`` or ``quote``."""
    text: str
    theme: str
    """Of the questionnaire; empty where it belongs to none."""
    consent: str
    role: str
    """A key of the questionnaire, or empty where readers may not learn it."""
    organisation: str
    """A code, or empty where readers may not learn it; a page about one organisation shows only texts with its code."""
    person: str
    """A name, of who agreed to be named; else empty."""


def released_texts(session: Session, wave: Wave, *, theme: str | None = None) -> list[ReleasedText]:
    """What was released of a wave, of one theme or of all; at most one text of a person in each theme.

    Sorted by theme and then by the number of the release. A role is told where ten people of the region are in it, an
    organisation where ten of its people took part and a researcher decided so, both together where ten people are in
    both; among who answered for an answer, among who was talked with for what was said. Where people answer on behalf
    of their organisation (the attributable regime) there is no such number.
    """
    rows = session.scalars(
        select(TextRelease)
        .where(TextRelease.wave_id == wave.id, TextRelease.state == RELEASED, TextRelease.consent != "none")
        .order_by(TextRelease.theme, TextRelease.id)
    ).all()
    if not rows:
        return []
    alive = {
        (each.source, each.key): each for each in source_texts.of(session, wave, sources={row.source for row in rows})
    }
    groups = _Groups(session, wave)
    found: list[ReleasedText] = []
    told: set[tuple[str, str]] = set()
    for row in rows:
        source = alive.get((row.source, row.source_key))
        if source is None or source.digest != row.text_digest or (theme is not None and row.theme != theme):
            continue
        if (source.person, row.theme) not in told:
            told.add((source.person, row.theme))
            found.append(_record(row, source, groups))
    return found


class _Groups:
    """Among how many people somebody with a label is: who answered, or who was talked with."""

    def __init__(self, session: Session, wave: Wave) -> None:
        answered = select(Response.membership_id, Response.role, func.count()).where(
            Response.wave_id == wave.id, Response.counts
        )
        talked = (
            select(Interview.membership_id, Participant.role, func.count())
            .join_from(Participant, Interview)
            .where(Interview.wave_id == wave.id, Interview.state == "held")
        )
        self._least = 1 if wave.regime == ATTRIBUTABLE else LEAST_FOR_A_LABEL
        answers = session.execute(answered.group_by(Response.membership_id, Response.role))
        self._answered: _Counts = {(row[0], row[1]): row[2] for row in answers}
        conversations = session.execute(talked.group_by(Interview.membership_id, Participant.role))
        self._talked: _Counts = {(row[0], row[1]): row[2] for row in conversations}

    def enough(self, source: SourceText, *, role: str | None = None, member: int | None = None) -> bool:
        """Whether enough people are in this role, of this organisation, or in both."""
        counts = self._answered if source.source == ANSWER else self._talked
        inside = sum(
            number
            for (membership, theirs), number in counts.items()
            if (role is None or theirs == role) and (member is None or membership == member)
        )
        return inside >= self._least


def _record(row: TextRelease, source: SourceText, groups: _Groups) -> ReleasedText:
    member = source.membership_id
    place = row.names_organisation and member is not None and groups.enough(source, member=member)
    role = row.consent in _WITH_ROLE and bool(source.role) and groups.enough(source, role=source.role)
    if role and place:
        role = groups.enough(source, role=source.role, member=member)
    named = row.consent == "name" and source.source == QUOTE and bool(source.name)
    return ReleasedText(
        row.id,
        row.source,
        row.text,
        row.theme,
        row.consent,
        source.role if role or named else "",
        source.organisation if place or named else "",
        source.name if named else "",
    )
