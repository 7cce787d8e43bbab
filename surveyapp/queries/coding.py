"""The codebook of a study, and what people made of each text: for the research team only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.analysis.coding.book import Entry
from surveyapp.errors import NotFound
from surveyapp.models import Code, Coding, Evaluation, Resolution, Segment, User, Wave
from surveyapp.queries.source_texts import SourceText, digest

LEAST_SHARE: Final = 0.2
LEAST_TEXTS: Final = 50
"""A second person looks at a fifth of all texts, or at fifty of them where that is more; at all where there are
fewer."""

Place = tuple[str, str]
"""The source and key of a text."""


@dataclass(frozen=True)
class Coded:
    """A coding as somebody made it."""

    place: Place
    begins: int
    ends: int
    text_digest: str
    coder: int
    code: str
    """A key of the codebook; empty where no code fits."""
    memo: str


@dataclass(frozen=True)
class Resolved:
    """How a disagreement about a code was settled."""

    fits: bool
    reason: str
    by: str


def codes(session: Session, evaluation: Evaluation, *, retired: bool = False) -> list[Code]:
    """The codes in use, or all of them, in the order of the codebook."""
    found = select(Code).where(Code.evaluation_id == evaluation.id).order_by(Code.position, Code.id)
    if not retired:
        found = found.where(Code.retired_at.is_(None))
    return list(session.scalars(found.options(joinedload(Code.parent))))


def code(session: Session, evaluation: Evaluation, number: int) -> Code:
    """One of those; raises ``NotFound``."""
    found = session.get(Code, number)
    if found is None or found.evaluation_id != evaluation.id:
        raise NotFound("code")
    return found


def entry(found: Code) -> Entry:
    """A code as a file has it."""
    return Entry(
        found.key,
        found.title,
        found.definition,
        found.not_for,
        found.example,
        found.parent.key if found.parent is not None else "",
        found.theme,
    )


def codings(session: Session, wave: Wave) -> list[Coded]:
    """Everything that anybody made of the texts of a wave, in the order of making it."""
    rows = session.execute(
        select(Segment, Coding, Code.key)
        .join_from(Coding, Segment)
        .outerjoin(Code, Coding.code_id == Code.id)
        .where(Segment.wave_id == wave.id)
        .order_by(Coding.id)
    )
    return [
        Coded(
            (segment.source, segment.source_key),
            segment.begins,
            segment.ends,
            segment.text_digest,
            coding.coder_id,
            key or "",
            coding.memo,
        )
        for segment, coding, key in rows
    ]


def resolutions(session: Session, wave: Wave) -> dict[tuple[Place, str], Resolved]:
    """How disagreements were settled, by text and code."""
    rows = session.execute(
        select(Segment.source, Segment.source_key, Code.key, Resolution, User.name)
        .join_from(Resolution, Segment)
        .join(Code, Resolution.code_id == Code.id)
        .join(User, Resolution.resolved_by == User.id)
        .where(Segment.wave_id == wave.id)
    )
    return {
        ((source, key), about): Resolved(found.fits, found.reason, name) for source, key, about, found, name in rows
    }


def coders(session: Session, found: Iterable[Coded]) -> dict[int, str]:
    """What the people are called who coded."""
    numbers = {each.coder for each in found}
    return {user.id: user.name for user in session.scalars(select(User).where(User.id.in_(numbers)))}


def judged(found: Iterable[Coded]) -> dict[Place, dict[int, frozenset[str]]]:
    """Text -> who looked at it -> the codes that they gave it anywhere in it, none where no code fits."""
    gathered: dict[Place, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in found:
        gathered[each.place][each.coder] |= {each.code} - {""}
    return {place: {coder: frozenset(given) for coder, given in people.items()} for place, people in gathered.items()}


def settled(by_person: Mapping[int, frozenset[str]], resolved: Mapping[str, Resolved]) -> frozenset[str]:
    """The codes of a text: what anybody gave it, but where a disagreement was settled what was decided."""
    given = frozenset().union(*by_person.values()) if by_person else frozenset[str]()
    refused = {key for key, one in resolved.items() if not one.fits}
    return (given - refused) | {key for key, one in resolved.items() if one.fits}


def sample(wave: Wave, texts: Sequence[SourceText]) -> frozenset[Place]:
    """The texts that a second person looks at as well: drawn by a hash, so always the same ones."""
    number = min(len(texts), max(LEAST_TEXTS, -(-len(texts) * int(LEAST_SHARE * 100) // 100)))
    drawn = sorted(texts, key=lambda each: digest(f"{wave.id}/{each.source}/{each.key}"))
    return frozenset((each.source, each.key) for each in drawn[:number])
