"""Reviews, and the table of what was said in them and what was done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Finding, Remark, Review, Reviewer, Wave
from surveyapp.models.review import CONVERSATION
from surveyapp.queries.tokens import token_hash


@dataclass(frozen=True)
class Disposed:
    """A remark on a draft with what was done with it: a line of the appendix. It never says who made it."""

    round: str
    """``facts`` or ``conclusions``."""
    number: int
    """Of the round, from 1."""
    organisation: str
    """The code of the organisation for which it was made; empty for a reader of none."""
    organisation_name: str
    paragraph: str
    """Its key: ``finding-3``, ``recommendation-1``."""
    heading: str
    place: int
    """Which paragraph of the text, counted from 1."""
    kind: str
    """``fact``, ``interpretation`` or ``wording``."""
    text: str
    printed: str
    """As it stands in the report; empty where none of its words do."""
    disposition: str
    """``taken-over``, ``partly``, ``not``; empty while nothing was decided."""
    answer: str


def table(session: Session, wave: Wave, organisation: str | None = None) -> tuple[Disposed, ...]:
    """The remarks on the drafts of a wave, of closed rounds only, by round, paragraph and organisation.

    With the code of an ``organisation`` those that were made for it. What was said of a conversation report is between
    those who talked, and never in it.
    """
    closed = [each for each in of_wave(session, wave) if each.kind != CONVERSATION and each.closed_at is not None]
    lines = [line for review in closed for line in lines_of(review)]
    chosen = [line for line in lines if organisation is None or line.organisation == organisation]
    order = {"facts": 0, "conclusions": 1}
    return tuple(
        sorted(chosen, key=lambda line: (order[line.round], line.number, line.place, line.organisation, line.kind))
    )


def lines_of(review: Review) -> list[Disposed]:
    """Every remark of a review as a line, in the order of its readers."""
    places = {each["key"]: (place, each["heading"]) for place, each in enumerate(review.paragraphs, start=1)}
    return [
        Disposed(
            review.kind,
            review.number,
            membership.organisation.code if membership is not None else "",
            membership.organisation.name if membership is not None else "",
            remark.paragraph,
            places[remark.paragraph][1],
            places[remark.paragraph][0],
            remark.kind,
            remark.text,
            remark.printed,
            remark.disposition,
            remark.answer,
        )
        for reader in review.readers
        for membership in [reader.membership]
        for remark in reader.remarks
    ]


def of_wave(session: Session, wave: Wave) -> Sequence[Review]:
    """Every review of a wave with its readers and their remarks, the latest first."""
    return _reviews(session, Review.wave_id == wave.id)


def of_evaluation(session: Session, evaluation: Evaluation) -> Sequence[Review]:
    """The same of all waves of a study."""
    return _reviews(session, Review.wave.has(Wave.evaluation_id == evaluation.id))


def _reviews(session: Session, which: ColumnElement[bool]) -> Sequence[Review]:
    found = select(Review).where(which).order_by(Review.opened_at.desc(), Review.id.desc())
    readers = selectinload(Review.readers)
    whole = readers.selectinload(Reviewer.remarks), joinedload(Review.membership), joinedload(Review.wave)
    return session.scalars(found.options(*whole)).all()


def by_id(session: Session, evaluation: Evaluation, review: int) -> Review:
    """The review of this study, whatever the wave; raises ``NotFound`` (``review``)."""
    found = session.get(Review, review)
    if found is None or found.wave.evaluation_id != evaluation.id:
        raise NotFound("review")
    return found


def reader_by_token(session: Session, token: str) -> Reviewer:
    """The reader whose link this is; raises ``NotFound`` (``review-link``)."""
    found = session.scalar(select(Reviewer).where(Reviewer.token_hash == token_hash(token)))
    if found is None:
        raise NotFound("review-link")
    return found


def state(review: Review, now: datetime) -> str:
    """``open``, ``past`` (its deadline went by and nobody closed it) or ``closed``."""
    if review.closed_at is not None:
        return "closed"
    return "open" if now < review.deadline else "past"


def reader_by_id(session: Session, review: Review, reader: int) -> Reviewer:
    """The reader of this review; raises ``NotFound`` (``reader``)."""
    found = session.get(Reviewer, reader)
    if found is None or found.review_id != review.id:
        raise NotFound("reader")
    return found


def remark_by_id(session: Session, review: Review, remark: int) -> Remark:
    """The remark on this review; raises ``NotFound`` (``remark``)."""
    found = session.get(Remark, remark)
    if found is None or found.reviewer.review_id != review.id:
        raise NotFound("remark")
    return found


def now_reads(session: Session, review: Review) -> dict[str, str]:
    """Paragraphs about facts that were corrected since: key -> the words of the finding as they are in the report."""
    shown = select(Finding.number, Finding.fact).where(Finding.wave_id == review.wave_id, Finding.in_report)
    facts = {f"finding-{number}": fact for number, fact in session.execute(shown)}
    return {
        each["key"]: facts[each["key"]]
        for each in review.paragraphs
        if review.kind == "facts" and each["key"] in facts and facts[each["key"]] != each["text"]
    }
