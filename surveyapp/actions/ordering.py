"""The verb that puts findings, and recommendations, in the order in which a report tells them."""

from sqlalchemy.orm import Session

from surveyapp.actions import holding, log
from surveyapp.models import Finding, Recommendation, User, Wave
from surveyapp.queries import findings


def move(session: Session, *, found: Finding | Recommendation, up: bool, by: User) -> None:
    """One place up or down: a finding among those of its theme, a recommendation among all. At the end it stays.

    Who writes another in the meantime finds it behind these.
    """
    holding.wave(session, found.wave_id, alone=True)
    wave = session.get_one(Wave, found.wave_id)
    row = _row(session, wave, found)
    place = row.index(found)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        return
    row[place], row[other] = row[other], row[place]
    for position, each in enumerate(row, start=1):
        each.position = position
    verb = f"{type(found).__name__.lower()}.move"
    log.record(session, verb=verb, subject=found, by=by, evaluation=wave.evaluation, number=found.number)


def _row(session: Session, wave: Wave, found: Finding | Recommendation) -> list[Finding | Recommendation]:
    """What it stands among, in order."""
    if isinstance(found, Recommendation):
        return list(findings.advice(session, wave))
    return [each for each in findings.every(session, wave) if each.theme == found.theme]
