"""Whether there is what a finding is said to rest on."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Code, Interview, Note, Quote, Reference, TextRelease, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, evaluations

EVERYBODY: Final = "all"
THEME: Final = "theme"
ITEM: Final = "item"
_PARTS: Final = 4


def must_be_there(session: Session, *, wave: Wave, kind: str, target: str) -> None:
    """Raise ``InvalidContent`` (``unknown-kind``), ``NotFound`` (``support-target``) for what the wave does not have.

    An answer must have been released as a text: until then nothing may rest on what one person wrote; ``WrongState``
    (``text-not-released``).
    """
    look = _KINDS.get(kind)
    if look is None:
        raise InvalidContent("unknown-kind", kind=kind)
    if not look(session, wave, target):
        raise NotFound("support-target", kind=kind)


def score_target(level: str, key: str, organisation: str = "", role: str = "") -> str:
    """How a score is written as a target; empty is everybody."""
    return f"{level}:{key}:{organisation or EVERYBODY}:{role or EVERYBODY}"


def _score(session: Session, wave: Wave, target: str) -> bool:
    parts = target.split(":")
    if len(parts) != _PARTS:
        return False
    level, key, organisation, role = parts
    asked = editions.of(session, wave).questionnaire
    known = asked.themes if level == THEME else asked.theme_of if level == ITEM else ()
    codes = {member.organisation.code for member in evaluations.memberships(session, wave.evaluation)}
    roles = {each.key for each in asked.roles}
    return key in known and organisation in codes | {EVERYBODY} and role in roles | {EVERYBODY}


def _code(session: Session, wave: Wave, target: str) -> bool:
    mine = (Code.evaluation_id == wave.evaluation_id, Code.key == target)
    return session.scalar(select(Code.id).where(*mine)) is not None


def _answer(session: Session, wave: Wave, target: str) -> bool:
    if wave.regime == ANONYMOUS:
        return False
    mine = (TextRelease.wave_id == wave.id, TextRelease.source == "answer", TextRelease.source_key == target)
    state = session.scalar(select(TextRelease.state).where(*mine))
    if state is not None and state != "released":
        raise WrongState("text-not-released")
    return state is not None


def _note(session: Session, wave: Wave, target: str) -> bool:
    found = select(Note.id).join(Note.interview).where(Note.id == target, Interview.wave_id == wave.id)
    return session.scalar(found) is not None


def _quote(session: Session, wave: Wave, target: str) -> bool:
    found = select(Quote.id).join(Quote.interview).where(Quote.id == target, Interview.wave_id == wave.id)
    return session.scalar(found) is not None


def _reference(session: Session, wave: Wave, target: str) -> bool:
    if not (target.isascii() and target.isdecimal()):
        return False
    mine = (Reference.id == int(target), Reference.wave_id == wave.id)
    return session.scalar(select(Reference.id).where(*mine)) is not None


_KINDS: Final[Mapping[str, Callable[[Session, Wave, str], bool]]] = {
    "score": _score,
    "code": _code,
    "answer": _answer,
    "note": _note,
    "quote": _quote,
    "reference": _reference,
}
