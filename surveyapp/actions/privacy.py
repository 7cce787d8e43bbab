"""Verbs on somebody's personal data in a study: giving access to it, correcting it, erasing it, and saying how long.

A person is everything under one e-mail address in a study, in all of its waves: the seats they were invited on, the
sections that colleagues passed to them, the conversations they are in, and the drafts they read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import (
    coded_texts,
    conversation_privacy,
    holding,
    invitations,
    jobs,
    log,
    reasons,
    review_privacy,
    tallies,
)
from surveyapp.actions.anonymity import ERASE_TRACES
from surveyapp.actions.delegations import faults
from surveyapp.errors import InvalidContent
from surveyapp.models import (
    Answer,
    Delegation,
    Evaluation,
    Invitation,
    Invitee,
    Mail,
    Participant,
    PeopleFile,
    Publication,
    Rendering,
    Response,
    Reviewer,
    User,
    Wave,
)
from surveyapp.models.evaluation import GROUNDS
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, personal_data, responses
from surveyapp.queries.personal_data import Held, Person

_ERASED: Final[Mapping[type[object], str]] = {
    Invitee: "privacy.erase",
    Delegation: "privacy.erase-colleague",
    Participant: "privacy.erase-participant",
    Reviewer: "privacy.erase-reader",
}
DATES: Final = ("invitees_until", "texts_until", "answers_until")


@dataclass(frozen=True)
class Erased:
    """What an erasure took away, and what it had to leave."""

    answers: int
    """Single answers."""
    counted: int
    """How many of those had been sent, and were taken out of the totals."""
    mails: int
    unlinked: bool
    """They had sent answers anonymously: those are nobody's and stay."""
    published: bool
    """Results were published with these answers: what was published stays as it is."""


def configure(
    session: Session,
    *,
    evaluation: Evaluation,
    ground: str,
    privacy_contact: str,
    until: Mapping[str, date | None],
    by: User | None,
) -> None:
    """On which ground personal data are used, whom to ask about them, and until which days they are kept.

    ``until`` holds a day or None for each of ``DATES``. Raises ``InvalidContent``: ``unknown-ground``,
    ``email-not-valid``, and ``kept-too-short`` (with the ``field``) for a day before the last wave closes.
    """
    if ground not in GROUNDS:
        raise InvalidContent("unknown-ground", ground=ground)
    contact = privacy_contact.strip()
    if contact and "email" in faults("-", contact):
        raise InvalidContent("email-not-valid", field="privacy_contact")
    closes = session.scalar(select(func.max(Wave.closes_at)).where(Wave.evaluation_id == evaluation.id))
    for field in DATES:
        day = until.get(field)
        if day is not None and closes is not None and day < clock.local(closes).date():
            raise InvalidContent("kept-too-short", field=field, closes=clock.local(closes).date().isoformat())
    new: dict[str, Any] = {"ground": ground, "privacy_contact": contact, **{field: until.get(field) for field in DATES}}
    changed = [field for field, value in new.items() if getattr(evaluation, field) != value]
    for field in changed:
        setattr(evaluation, field, new[field])
    if changed:
        log.record(
            session, verb="privacy.set", subject=evaluation, by=by, evaluation=evaluation, changed=", ".join(changed)
        )


def look_for(session: Session, *, evaluation: Evaluation, words: str, by: User | None) -> list[Person]:
    """Everybody in a study whose name or address holds these words; the log tells how many, not who was looked for."""
    found = personal_data.found(session, evaluation, words)
    log.record(session, verb="privacy.look-for", subject=evaluation, by=by, evaluation=evaluation, found=len(found))
    return found


def access(session: Session, *, person: Person, by: User | None) -> Held:
    """Everything that is held about somebody, with a line in the log: it holds the answers that can be linked."""
    held = personal_data.held(session, person)
    for subject, evaluation in _subjects(person):
        log.record(session, verb="privacy.access", subject=subject, by=by, evaluation=evaluation)
    return held


def correct(
    session: Session, *, person: Person, name: str, email: str, language: str, reason: str, by: User | None
) -> None:
    """Correct how somebody is called and reached, wherever they occur in the study.

    Raises ``InvalidContent``: ``name-missing``, ``name-too-long``, ``email-not-valid`` (with the ``field``), the codes
    of the ``reason``, and ``already-there`` where somebody else with that address has their seat.
    Who had no address needs none.
    """
    name, email = " ".join(name.split()), email.strip()
    for field, code in faults(name, email).items():
        if field == "email" and not email and not person.email:
            continue
        raise InvalidContent(code, field=field)
    why = reasons.told(reason, (person.email, person.name, name, email))
    before = [(person.name, name), (person.email, email.lower())]
    changed = [field for field, (old, new) in zip(("name", "email"), before, strict=True) if old != new]
    for invitee in person.invitees:
        invitation = session.scalars(select(Invitation).where(Invitation.invitee_id == invitee.id)).one()
        invitations.change(session, invitation=invitation, name=name, email=email, language=language, by=by)
    others: tuple[Delegation | Participant | Reviewer, ...] = (
        *person.delegations,
        *person.participants,
        *person.readers,
    )
    for row in others:
        row.name, row.email = name, email
    _forget_what_was_made(session, person)
    for subject, evaluation in _subjects(person):
        log.record(
            session,
            verb="privacy.correct",
            subject=subject,
            by=by,
            evaluation=evaluation,
            changed=", ".join(changed) or "-",
            reason=why,
        )


def erase(session: Session, *, person: Person, reason: str, by: User | None) -> Erased:
    """Take away everything that is held about somebody: who they are, their link and mail, what they passed on and what
    was passed to them, what was uploaded or made with their data in it, and their answers while these can be linked.

    Answers that were sent leave the totals exactly as they entered them. What was published stays. Of what somebody
    sent anonymously nobody knows which it is; it stays, and their receipt goes. A worker then frees the disk of what
    was deleted. Raises ``InvalidContent`` with the codes of the ``reason``.
    """
    why = reasons.told(reason, (person.email, person.name))
    waves = sorted(wave.id for wave in person.waves)
    for wave_id in waves:
        holding.wave(session, wave_id, alone=True)
    subjects = _subjects(person)
    unlinked = any(
        invitee.wave.regime == ANONYMOUS and personal_data.has_answered(session, invitee) for invitee in person.invitees
    )
    mails = _mails(session, person)
    erased = [_erase_answers(session, invitee) for invitee in person.invitees]
    answers, counted = (sum(numbers) for numbers in zip(*erased, strict=True)) if erased else (0, 0)
    _forget_what_was_made(session, person)
    published = _is_published(session, waves)
    told: dict[str, int | str] = {"answers": answers, "mails": mails, "reason": why}
    for subject, evaluation in subjects:
        verb = _ERASED[type(subject)]
        log.record(session, verb=verb, subject=subject, by=by, evaluation=evaluation, **told)
        told = {"reason": why}
    conversation_privacy.forget_person(session, person)
    review_privacy.forget_person(session, person)
    _erase_rows(session, person)
    coded_texts.forget_said(session)
    jobs.enqueue(session, kind=ERASE_TRACES)
    return Erased(answers, counted, mails, unlinked, published)


def _erase_answers(session: Session, invitee: Invitee) -> tuple[int, int]:
    """What this seat answered, if that is known; how many answers, and how many of those were in the totals."""
    invitation = session.scalar(select(Invitation).where(Invitation.invitee_id == invitee.id).with_for_update())
    response = responses.of(session, invitation) if invitation is not None else None
    if response is None:
        return 0, 0
    number = session.scalar(select(func.count()).where(Answer.response_id == response.id, Answer.value != "")) or 0
    in_totals = number if response.counts else 0
    if response.counts:
        questionnaire = editions.of(session, response.wave).questionnaire
        counted = responses.counted_answers(session, response)
        tallies.subtract(session, response=response, questionnaire=questionnaire, answers=counted)
    coded_texts.forget_response(session, response.id)
    session.execute(delete(Response).where(Response.id == response.id))
    return number, in_totals


def _erase_rows(session: Session, person: Person) -> None:
    """Their mail, links and receipts go with them."""
    for row in person.rows:
        session.expunge(row)
    session.execute(delete(Delegation).where(Delegation.id.in_([delegation.id for delegation in person.delegations])))
    session.execute(delete(Invitee).where(Invitee.id.in_([invitee.id for invitee in person.invitees])))
    session.expire_all()


def _forget_what_was_made(session: Session, person: Person) -> None:
    """Files that were uploaded with people in them, and what was made for the team: letters, guides with open answers.

    They are made again when somebody asks for them.
    """
    waves = [wave.id for wave in person.waves]
    session.execute(delete(PeopleFile).where(PeopleFile.wave_id.in_(waves)))
    studies = select(Wave.evaluation_id).where(Wave.id.in_(waves))
    session.execute(delete(Rendering).where(Rendering.evaluation_id.in_(studies), Rendering.audience == "team"))


def _mails(session: Session, person: Person) -> int:
    invitees = [invitee.id for invitee in person.invitees]
    passed_on = select(Delegation.id).join(Response).join(Invitation).where(Invitation.invitee_id.in_(invitees))
    delegations = [delegation.id for delegation in person.delegations]
    readers = [reader.id for reader in person.readers]
    helped = Mail.delegation_id.in_(delegations) | Mail.delegation_id.in_(passed_on)
    theirs = Mail.invitee_id.in_(invitees) | helped | Mail.reviewer_id.in_(readers)
    return session.scalar(select(func.count()).select_from(Mail).where(theirs)) or 0


def _is_published(session: Session, waves: Collection[int]) -> bool:
    return session.scalar(select(Publication.id).where(Publication.wave_id.in_(waves)).limit(1)) is not None


def _subjects(person: Person) -> list[tuple[Invitee | Delegation | Participant | Reviewer, Evaluation]]:
    """What the log tells of somebody, with the study: seats and what was passed on; for who has none of these, the
    conversations and drafts."""
    (study, *_others) = {wave.evaluation for wave in person.waves}
    seats = len(person.invitees) + len(person.delegations)
    return [(row, study) for row in person.rows[: seats or None]]
