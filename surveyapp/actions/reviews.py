"""Verbs on reviews: sending a frozen text to be read, taking remarks, and deciding what happens with each.

A review is about words: no verb here reads or changes an answer or a score. Who reads gets a link as invitees do: the
token is derived from the server key, and only its hash is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import holding, log, tokens
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Interview, Membership, Participant, Remark, Review, Reviewer, User, Wave
from surveyapp.models.review import CONVERSATION, DISPOSITIONS, REMARK_KINDS, REVIEW_KINDS, VERDICTS
from surveyapp.queries.tokens import token_hash

FACTS: Final = "facts"
CONCLUSIONS: Final = "conclusions"
LONGEST_REMARK: Final = 5_000
Paragraphs = Sequence[Mapping[str, str]]
"""``key``, ``heading`` and ``text`` of each, in their order."""


def begin(
    session: Session,
    *,
    wave: Wave,
    kind: str,
    title: str,
    paragraphs: Paragraphs,
    deadline: datetime,
    by: User,
    membership: Membership | None = None,
    interview: Interview | None = None,
    language: str = "nl",
) -> Review:
    """Freeze this text for a round; a next one about the same gets the next number.

    Raises ``InvalidContent``: ``unknown-kind``, ``nothing-to-read``, ``deadline-past``; ``WrongState``
    (``facts-first``): conclusions are read after a round about the facts was closed; ``NotFound`` for an organisation
    or an interview of elsewhere.
    """
    holding.wave(session, wave.id, alone=True)
    _must_be_readable(wave, kind, paragraphs, deadline, interview)
    if membership is not None and membership.evaluation_id != wave.evaluation_id:
        raise NotFound("membership-of-another-evaluation")
    if kind == CONCLUSIONS and not _has_closed_facts(session, wave):
        raise WrongState("facts-first")
    review = Review(
        wave=wave,
        kind=kind,
        number=_following(session, wave, kind, membership, interview),
        membership=membership,
        interview=interview,
        language=language,
        title=title.strip(),
        paragraphs=[dict(each) for each in paragraphs],
        opened_at=clock.now(),
        deadline=deadline,
    )
    session.add(review)
    _record(session, "review.begin", review, by, about=kind)
    return review


def add_reader(
    session: Session,
    *,
    review: Review,
    name: str,
    email: str,
    secret_key: str,
    by: User,
    membership: Membership | None = None,
    participant: Participant | None = None,
) -> Reviewer:
    """Let somebody read it and make remarks, with a link of their own.

    Raises ``InvalidContent`` (``name-missing``), ``WrongState`` (``review-closed``), ``NotFound`` for an organisation
    of another study.
    """
    held(session, review)
    if not name.strip():
        raise InvalidContent("name-missing")
    if membership is not None and membership.evaluation_id != review.wave.evaluation_id:
        raise NotFound("membership-of-another-evaluation")
    reader = Reviewer(
        review=review,
        membership=membership if membership is not None else review.membership,
        participant_id=participant.id if participant is not None else None,
        name=name.strip(),
        email=email.strip(),
        generation=1,
        verdict="",
    )
    session.add(reader)
    session.flush()
    reader.token_hash = token_hash(token_for(reader, secret_key))
    log.record(session, verb="review.add-reader", subject=reader, by=by, evaluation=review.wave.evaluation)
    return reader


def remove_reader(session: Session, *, reader: Reviewer, by: User) -> None:
    """Take somebody off the list; their link has ended. Raises ``WrongState`` (``has-remarked``, ``review-closed``)."""
    review = held(session, reader.review)
    if reader.remarks or reader.verdict:
        raise WrongState("has-remarked")
    log.record(session, verb="review.remove-reader", subject=reader, by=by, evaluation=review.wave.evaluation)
    review.readers.remove(reader)
    session.flush()


def show_link(session: Session, *, reader: Reviewer, secret_key: str, by: User) -> str:
    """The token of a reader's link, for who hands it to them; that it was looked at is logged."""
    log.record(session, verb="review.show-link", subject=reader, by=by, evaluation=reader.review.wave.evaluation)
    return token_for(reader, secret_key)


def reissue(session: Session, *, reader: Reviewer, secret_key: str, by: User) -> str:
    """Another link for a reader, with what they wrote behind it; the old one has ended. Returns its token."""
    reader.generation += 1
    token = token_for(reader, secret_key)
    reader.token_hash = token_hash(token)
    log.record(session, verb="review.reissue", subject=reader, by=by, evaluation=reader.review.wave.evaluation)
    return token


def token_for(reader: Reviewer, secret_key: str) -> str:
    """The secret in the address: 128 bits that only the holder of the server key can derive."""
    return tokens.derived(secret_key, "review", reader.id, reader.generation)


def extend(session: Session, *, review: Review, deadline: datetime, by: User) -> None:
    """Give readers longer. Raises ``InvalidContent`` (``not-later``), ``WrongState`` (``review-closed``)."""
    held(session, review)
    if deadline <= max(review.deadline, clock.now()):
        raise InvalidContent("not-later")
    review.deadline = deadline
    _record(session, "review.extend", review, by)


def say(session: Session, *, reader: Reviewer, remarks: Mapping[tuple[str, str], str], verdict: str = "") -> None:
    """What a reader says: for a paragraph's key and a kind a text, of which an empty one takes the remark back, and
    what they think of the whole. Until the deadline everything can be said otherwise.

    Raises ``WrongState`` (``review-closed``, ``review-past``), ``InvalidContent`` (``unknown-paragraph``,
    ``unknown-kind``, ``unknown-verdict``, ``text-too-long``; nothing is kept then).
    """
    review = held(session, reader.review)
    moment = clock.now()
    if moment >= review.deadline:
        raise WrongState("review-past")
    known = {each["key"] for each in review.paragraphs}
    for (paragraph, kind), text in remarks.items():
        if paragraph not in known:
            raise InvalidContent("unknown-paragraph")
        if kind not in REMARK_KINDS:
            raise InvalidContent("unknown-kind", kind=kind)
        if len(text) > LONGEST_REMARK:
            raise InvalidContent("text-too-long", most=LONGEST_REMARK)
    if verdict not in {"", *VERDICTS}:
        raise InvalidContent("unknown-verdict")
    made = {(each.paragraph, each.kind): each for each in reader.remarks}
    for place, text in remarks.items():
        _put(reader, place, text.strip(), made.get(place), moment)
    if verdict:
        reader.verdict = verdict
    reader.opened_at = reader.opened_at or moment
    reader.answered_at = moment
    session.flush()


def dispose(session: Session, *, remark: Remark, disposition: str, answer: str, by: User, printed: str = "") -> None:
    """Decide what happens with a remark, with the reason that its reader reads.

    ``printed`` are its words as they stand in the report, without names and addresses: whoever decides has read them.
    The remark itself stays as it was made.

    Raises ``InvalidContent`` (``unknown-disposition``, ``reason-missing``, ``text-too-long``), ``WrongState``
    (``review-closed``).
    """
    review = held(session, remark.reviewer.review)
    if disposition not in DISPOSITIONS:
        raise InvalidContent("unknown-disposition")
    if not answer.strip():
        raise InvalidContent("reason-missing")
    if max(len(answer), len(printed)) > LONGEST_REMARK:
        raise InvalidContent("text-too-long", most=LONGEST_REMARK)
    remark.disposition, remark.answer, remark.printed = disposition, answer.strip(), printed.strip()
    remark.disposed_by, remark.disposed_at = by.id, clock.now()
    _record(session, "review.dispose", review, by, disposition=disposition)


def close(session: Session, *, review: Review, by: User) -> None:
    """End a round; readers then see what was done with their remarks.

    Raises ``WrongState``: ``review-closed``, and ``remarks-undecided`` while one waits for a decision.
    """
    held(session, review)
    if any(not remark.disposition for reader in review.readers for remark in reader.remarks):
        raise WrongState("remarks-undecided")
    review.closed_at = clock.now()
    _record(session, "review.close", review, by)


def _must_be_readable(
    wave: Wave, kind: str, paragraphs: Paragraphs, deadline: datetime, interview: Interview | None
) -> None:
    if kind not in REVIEW_KINDS or (kind == CONVERSATION) != (interview is not None):
        raise InvalidContent("unknown-kind", kind=kind)
    if interview is not None and interview.wave_id != wave.id:
        raise NotFound("interview")
    if not paragraphs:
        raise InvalidContent("nothing-to-read")
    if deadline <= clock.now():
        raise InvalidContent("deadline-past")


def _has_closed_facts(session: Session, wave: Wave) -> bool:
    mine = (Review.wave_id == wave.id, Review.kind == FACTS, Review.closed_at.is_not(None))
    return session.scalar(select(Review.id).where(*mine).limit(1)) is not None


def _following(
    session: Session, wave: Wave, kind: str, membership: Membership | None, interview: Interview | None
) -> int:
    """Rounds count by what they are about."""
    last = select(func.max(Review.number)).where(Review.wave_id == wave.id, Review.kind == kind)
    place = Review.membership_id.is_(None) if membership is None else Review.membership_id == membership.id
    talk = Review.interview_id.is_(None) if interview is None else Review.interview_id == interview.id
    return (session.scalar(last.where(place, talk)) or 0) + 1


def held(session: Session, review: Review) -> Review:
    """Look at it again while nobody else closes it; raises ``WrongState`` (``review-closed``)."""
    again = session.get(Review, review.id, with_for_update=True, populate_existing=True)
    if again is None:
        raise NotFound("review")
    if again.closed_at is not None:
        raise WrongState("review-closed")
    return again


def _put(reader: Reviewer, place: tuple[str, str], text: str, known: Remark | None, moment: datetime) -> None:
    """A remark that says something else than before has not been decided on."""
    if not text:
        if known is not None:
            reader.remarks.remove(known)
    elif known is None:
        paragraph, kind = place
        reader.remarks.append(Remark(paragraph=paragraph, kind=kind, text=text, made_at=moment))
    elif known.text != text:
        known.text, known.made_at = text, moment
        known.disposition, known.answer, known.printed = "", "", ""
        known.disposed_by, known.disposed_at = None, None


def _record(session: Session, verb: str, review: Review, by: User, **details: str) -> None:
    log.record(session, verb=verb, subject=review, by=by, evaluation=review.wave.evaluation, **details)
