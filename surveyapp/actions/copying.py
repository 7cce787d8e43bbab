"""Asking again: the next wave of a study, begun as a copy of the one before."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import log, waves
from surveyapp.actions.invitations import token_for
from surveyapp.models import Evaluation, Invitation, Invitee, MailText, User, Wave
from surveyapp.queries import editions, evaluations
from surveyapp.queries.tokens import token_hash
from surveyapp.questionnaires.edition import Edition

_WORDS: Final = ("sender", "contact_name", "contact_email", "languages", "for_public", "searchable")


def copy(
    session: Session, *, evaluation: Evaluation, by: User | None, secret_key: str, edition: Edition | None = None
) -> Wave:
    """Begin the next wave as the last one was: regime, sender, texts, targets, organisations and people.

    Whether it may be made public stays as well. ``edition`` is a newer version of the questionnaire; without it the
    same is asked again. Everybody who was invited by name and not withdrawn gets a new link, and who wants no mail
    keeps getting none. People in a role that the newer version lacks stay behind, and so do open links and everything
    that was answered. The period is as usual.

    Raises ``NotFound`` where there is no wave yet, and ``WrongState`` (``wave-being-set-up``).
    """
    last = evaluations.wave(session, evaluation)
    asked = edition or editions.by_digest(session, last.edition_digest)
    roles = {role.key for role in asked.questionnaire.roles}
    wave = waves.draft(
        session,
        evaluation=evaluation,
        edition=asked,
        by=by,
        regime=last.regime,
        targets={role: share for role, share in last.targets.items() if role in roles},
        expected={role: number for role, number in last.expected.items() if role in roles},
        **{name: getattr(last, name) for name in _WORDS},
    )
    wave.settled = []
    people = _copy_people(session, last, wave, roles, secret_key)
    _copy_texts(session, last, wave)
    log.record(session, verb="wave.copy", subject=wave, by=by, evaluation=evaluation, copied=last.number, people=people)
    return wave


def _copy_people(session: Session, last: Wave, wave: Wave, roles: set[str], secret_key: str) -> int:
    before = session.scalars(
        select(Invitee)
        .join(Invitation, Invitation.invitee_id == Invitee.id)
        .where(
            Invitee.wave_id == last.id,
            Invitee.test.is_(False),
            Invitee.role.in_(roles),
            Invitation.revoked_at.is_(None),
        )
        .order_by(Invitee.id)
    )
    invitations = [Invitation(invitee=_again(person, wave), generation=1) for person in before]
    session.add_all(invitations)
    session.flush()
    for invitation in invitations:
        invitation.token_hash = token_hash(token_for(invitation, secret_key))
    session.flush()
    return len(invitations)


def _again(person: Invitee, wave: Wave) -> Invitee:
    return Invitee(
        wave_id=wave.id,
        membership_id=person.membership_id,
        role=person.role,
        name=person.name,
        email=person.email,
        language=person.language,
        opted_out_at=person.opted_out_at,
    )


def _copy_texts(session: Session, last: Wave, wave: Wave) -> None:
    for text in session.scalars(select(MailText).where(MailText.wave_id == last.id)):
        session.add(
            MailText(
                wave_id=wave.id,
                purpose=text.purpose,
                language=text.language,
                subject=text.subject,
                body=text.body,
            )
        )
    session.flush()
