"""The thread, bead by bead: what something rests on and what it leads to, as far as a reader may see.

norm -> question -> answer -> score -> topic -> note or quote -> finding -> recommendation
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.errors import NotFound
from surveyapp.models import (
    Agenda,
    AgendaTopic,
    Code,
    Coding,
    Finding,
    Interview,
    Note,
    Publication,
    Quote,
    Recommendation,
    Reference,
    Segment,
    Support,
    TextRelease,
    Wave,
)
from surveyapp.models.publication import LEAD
from surveyapp.queries import editions, evaluations, findings, publications
from surveyapp.queries.released_texts import released_texts

EVERYBODY: Final = "all"
_WORDS: Final = ("answer", "quote", "note")


@dataclass(frozen=True)
class Bead:
    """A bead: its kind, its key in an address, its words, and what a link adds to it.

    The key of a finding or recommendation is its number; of a score its target (``theme:g3:GM0141:all``), of a topic
    ``<organisation>:<key>``, of the others as ``models.finding.Support`` has it.
    """

    kind: str
    key: str
    words: str = ""
    remark: str = ""
    contradicts: bool = False


@dataclass(frozen=True)
class Place:
    """A bead and its neighbours; ``hidden_*`` count, by kind, those that this reader may not see."""

    bead: Bead
    rests_on: tuple[Bead, ...] = ()
    leads_to: tuple[Bead, ...] = ()
    hidden_below: Mapping[str, int] = field(default_factory=dict)
    hidden_above: Mapping[str, int] = field(default_factory=dict)
    segments: int | None = None
    """Of a code, for the team: how many pieces of text were given it."""


@dataclass(frozen=True)
class Walker:
    """Who follows the thread of a wave: the team, or a reader of everything that readers see, or of one organisation.

    ``organisation`` is a code; None for who may see them all.
    """

    session: Session
    wave: Wave
    team: bool = False
    organisation: str | None = None

    def place(self, kind: str, key: str) -> Place:
        """Where this bead is; raises ``NotFound`` (``bead``) for one that is not there, or not for this walker."""
        find = _PLACES.get(kind)
        found = None if find is None else find(self, key)
        if found is None or not self.sees(found.bead):
            raise NotFound("bead", kind=kind)
        return found

    def resting_on(self, level: str, key: str) -> tuple[tuple[Bead, ...], Mapping[str, int]]:
        """The findings that rest on any score of this theme or statement, and how many more there are."""
        found = [
            finding
            for finding in self.findings
            if any(each.kind == "score" and each.target.startswith(f"{level}:{key}:") for each in finding.supports)
            or (level == "theme" and finding.theme == key)
        ]
        return self._divided(_finding(each) for each in found)

    def sees(self, bead: Bead) -> bool:
        """Whether this walker may see the bead itself."""
        return self.team or _SEEN.get(bead.kind, _nobody)(self, bead)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(findings.every(self.session, self.wave))

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        return tuple(findings.advice(self.session, self.wave))

    @cached_property
    def publication(self) -> Publication | None:
        """What readers see of the wave; None before the first."""
        return publications.of(self.session, self.wave, LEAD)

    @cached_property
    def published(self) -> frozenset[tuple[str, str, str, str]]:
        """The scores of which readers see the mean: level, key, organisation, role."""
        if self.publication is None:
            return frozenset()
        scores = publications.safe_results(self.publication).scores
        shown = scores[scores["mean"].notna() | scores["equal"].notna()]
        return frozenset(zip(*(shown[name] for name in ("level", "key", "organisation", "role")), strict=True))

    @cached_property
    def released(self) -> frozenset[tuple[str, str]]:
        """The texts that readers see: source and key."""
        texts = [
            each
            for each in released_texts(self.session, self.wave)
            if self.organisation is None or each.organisation in {"", self.organisation}
        ]
        rows = select(TextRelease.source, TextRelease.source_key).where(TextRelease.id.in_([each.id for each in texts]))
        return frozenset((source, key) for source, key in self.session.execute(rows))

    def words_of(self, kind: str, key: str) -> str:
        """A released text, or for the team what stands there."""
        mine = (TextRelease.wave_id == self.wave.id, TextRelease.source == kind, TextRelease.source_key == key)
        text = self.session.scalar(select(TextRelease.text).where(*mine, TextRelease.state == "released"))
        if text is not None or not self.team or kind == "answer":
            return text or ""
        source = self.said(kind, key)
        return source.text if source is not None else ""

    def said(self, kind: str, key: str) -> Note | Quote | None:
        """The note or quote itself; None for one of another wave."""
        found = self.session.get(Note, key) if kind == "note" else self.session.get(Quote, key)
        return found if found is not None and found.interview.wave_id == self.wave.id else None

    def _divided(self, beads: Iterable[Bead]) -> tuple[tuple[Bead, ...], Mapping[str, int]]:
        found = tuple(beads)
        hidden = Counter(bead.kind for bead in found if not self.sees(bead))
        return tuple(bead for bead in found if self.sees(bead)), dict(hidden)

    def made(self, bead: Bead, below: Iterable[Bead], above: Iterable[Bead], segments: int | None = None) -> Place:
        """The place of a bead between its neighbours, those that are hidden counted."""
        rests_on, hidden_below = self._divided(below)
        leads_to, hidden_above = self._divided(above)
        return Place(bead, rests_on, leads_to, hidden_below, hidden_above, segments)


def _of_recommendation(walker: Walker, key: str) -> Place | None:
    for found in walker.recommendations:
        if str(found.number) == key:
            return walker.made(_recommendation(found), map(_finding, found.findings), ())
    return None


def _of_finding(walker: Walker, key: str) -> Place | None:
    for found in walker.findings:
        if str(found.number) == key:
            below = [_support(walker, each) for each in found.supports]
            return walker.made(_finding(found), below, map(_recommendation, found.recommendations))
    return None


def _of_score(walker: Walker, key: str) -> Place | None:
    if not _is_score(walker, key):
        return None
    _level, subject, organisation, _role = key.split(":")
    topics = _topics(walker, organisation, subject) if organisation != EVERYBODY else ()
    return walker.made(Bead("score", key), (), [*topics, *_resting(walker, "score", key)])


def _of_text(kind: str) -> Callable[[Walker, str], Place | None]:
    def place(walker: Walker, key: str) -> Place | None:
        words = walker.words_of(kind, key)
        if not words:
            return None
        below = () if kind == "answer" else _talked_about(walker, kind, key)
        return walker.made(Bead(kind, key, words), below, _resting(walker, kind, key))

    return place


def _of_code(walker: Walker, key: str) -> Place | None:
    code = walker.session.scalar(select(Code).where(Code.evaluation_id == walker.wave.evaluation_id, Code.key == key))
    if code is None:
        return None
    coded = select(Segment.id).join(Coding).where(Coding.code_id == code.id, Segment.wave_id == walker.wave.id)
    segments = len(set(walker.session.scalars(coded)))
    return walker.made(Bead("code", key, code.title), (), _resting(walker, "code", key), segments)


def _of_reference(walker: Walker, key: str) -> Place | None:
    mine = select(Reference).where(Reference.wave_id == walker.wave.id)
    found = next((each for each in walker.session.scalars(mine) if str(each.id) == key), None)
    if found is None:
        return None
    return walker.made(Bead("reference", key, found.title), (), _resting(walker, "reference", key))


def _of_topic(walker: Walker, key: str) -> Place | None:
    organisation, _colon, subject = key.partition(":")
    found = _topics(walker, organisation, subject)
    if not found:
        return None
    level = "theme" if subject in editions.of(walker.session, walker.wave).questionnaire.themes else "item"
    below = [Bead("score", f"{level}:{subject}:{organisation}:{EVERYBODY}")]
    return walker.made(found[0], below, _said(walker, organisation, subject))


def _finding(found: Finding) -> Bead:
    return Bead("finding", str(found.number), found.fact)


def _recommendation(found: Recommendation) -> Bead:
    return Bead("recommendation", str(found.number), found.text)


def _support(walker: Walker, found: Support) -> Bead:
    words = ""
    if found.kind in _WORDS:
        words = walker.words_of(found.kind, found.target)
    elif found.kind == "reference":
        document = walker.session.get(Reference, int(found.target))
        words = document.title if document is not None else ""
    elif found.kind == "code":
        mine = (Code.evaluation_id == walker.wave.evaluation_id, Code.key == found.target)
        words = walker.session.scalar(select(Code.title).where(*mine)) or ""
    return Bead(found.kind, found.target, words, found.remark, found.stance != "supports")


def _is_score(walker: Walker, key: str) -> bool:
    """Whether this names a theme or statement that was asked, somewhere, of somebody."""
    asked = editions.of(walker.session, walker.wave).questionnaire
    subjects = {("theme", theme) for theme in asked.themes} | {("item", item) for item in asked.theme_of}
    level, subject, organisation, role = [*key.split(":"), "", "", "", ""][:4]
    places = {each.organisation.code for each in evaluations.memberships(walker.session, walker.wave.evaluation)}
    roles = {each.key for each in asked.roles}
    groups = {code for shown in walker.published for code in shown[2:]}
    return (
        key.count(":") == 3
        and (level, subject) in subjects
        and {organisation, role} <= (places | roles | groups | {EVERYBODY})
    )


def _resting(walker: Walker, kind: str, key: str) -> list[Bead]:
    return [
        _finding(found)
        for found in walker.findings
        if any((each.kind, each.target) == (kind, key) for each in found.supports)
    ]


def _topics(walker: Walker, organisation: str, subject: str) -> list[Bead]:
    """The topics of the agendas of an organisation about this; of several roles one."""
    rows = select(AgendaTopic).join(AgendaTopic.agenda).where(Agenda.wave_id == walker.wave.id)
    kept = rows.where(AgendaTopic.key == subject, AgendaTopic.dropped.is_(False))
    for topic in walker.session.scalars(kept.options(joinedload(AgendaTopic.agenda))):
        member = topic.agenda.membership
        if member is not None and member.organisation.code == organisation:
            return [Bead("topic", f"{organisation}:{subject}", topic.title)]
    return []


def _said(walker: Walker, organisation: str, subject: str) -> list[Bead]:
    """The notes and quotes of an organisation's interviews about this."""
    held = select(Interview).where(Interview.wave_id == walker.wave.id)
    mine = [
        each.id
        for each in walker.session.scalars(held.options(joinedload(Interview.membership)))
        if each.membership is not None and each.membership.organisation.code == organisation
    ]
    notes = select(Note).where(Note.interview_id.in_(mine), Note.topic == subject, Note.text != "").order_by(Note.id)
    quotes = select(Quote).where(Quote.interview_id.in_(mine), Quote.topic == subject).order_by(Quote.id)
    found = [Bead("note", each.id, each.text) for each in walker.session.scalars(notes)]
    return found + [Bead("quote", each.id, each.text) for each in walker.session.scalars(quotes)]


def _talked_about(walker: Walker, kind: str, key: str) -> list[Bead]:
    source = walker.said(kind, key)
    if source is None or source.interview.membership is None:
        return []
    return _topics(walker, source.interview.membership.organisation.code, source.topic)


def _nobody(walker: Walker, bead: Bead) -> bool:
    del walker, bead
    return False


def _sees_finding(walker: Walker, bead: Bead) -> bool:
    return any(str(each.number) == bead.key and _is_out(walker, each) for each in walker.findings)


def _sees_recommendation(walker: Walker, bead: Bead) -> bool:
    return any(str(each.number) == bead.key and _is_out(walker, each) for each in walker.recommendations)


def _is_out(walker: Walker, found: Finding | Recommendation) -> bool:
    """In the report, after something was published, and about the region or an organisation of the reader's."""
    if not found.in_report or walker.publication is None:
        return False
    return (
        found.membership is None
        or walker.organisation is None
        or found.membership.organisation.code == walker.organisation
    )


def _sees_score(walker: Walker, bead: Bead) -> bool:
    level, key, organisation, role = bead.key.split(":")
    mine = walker.organisation is None or organisation in {EVERYBODY, walker.organisation}
    return mine and (level, key, organisation, role) in walker.published


def _sees_words(walker: Walker, bead: Bead) -> bool:
    return (bead.kind, bead.key) in walker.released


def _sees_document(walker: Walker, bead: Bead) -> bool:
    """A document is known to readers through a finding that they see."""
    return any(
        _is_out(walker, found) and any((each.kind, each.target) == ("reference", bead.key) for each in found.supports)
        for found in walker.findings
    )


_SEEN: Final[Mapping[str, Callable[[Walker, Bead], bool]]] = {
    "finding": _sees_finding,
    "recommendation": _sees_recommendation,
    "score": _sees_score,
    "reference": _sees_document,
    **dict.fromkeys(_WORDS, _sees_words),
}
_PLACES: Final[Mapping[str, Callable[[Walker, str], Place | None]]] = {
    "recommendation": _of_recommendation,
    "finding": _of_finding,
    "score": _of_score,
    "code": _of_code,
    "reference": _of_reference,
    "topic": _of_topic,
    **{kind: _of_text(kind) for kind in _WORDS},
}
