"""Verbs on open links: who follows one says themselves who they are, and gets a personal link of their own."""

from datetime import datetime
from typing import Final

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log, tokens
from surveyapp.actions.invitations import token_for
from surveyapp.errors import InvalidContent, NotFound, Unavailable, WrongState
from surveyapp.models import Answer, Invitation, Membership, OpenLink, Receipt, Response, User, Wave
from surveyapp.queries import editions, open_links, open_roles
from surveyapp.queries.tokens import token_hash

MOST_IN_A_MINUTE: Final = 30
"""Starts through one link. A meeting of two hundred people that opens it together is through in seven minutes, and a
robot does not fill the database: in a night it makes a few thousand empty drafts, which count nowhere."""
LARGEST_MOST: Final = 1_000_000


def add(
    session: Session,
    *,
    wave: Wave,
    membership: Membership | None,
    role: str | None,
    most: int | None,
    secret_key: str,
    by: User | None,
) -> tuple[OpenLink, str]:
    """Make a public link for a role and place; what is left empty is chosen by who follows it. Returns its token too.

    Raises ``InvalidContent``: ``unknown-role``, ``role-invited`` (a role is answered either by invitation or through a
    link), ``no-open-role``, ``open-link-exists``, ``most-impossible``; ``WrongState`` (``wave-closed``).
    """
    # Invitations hold the wave for reading: of an invitation and a link at the same moment one sees the other.
    session.execute(select(Wave.id).where(Wave.id == wave.id).with_for_update(key_share=True))
    if membership is not None and membership.evaluation_id != wave.evaluation_id:
        raise NotFound("membership-of-another-evaluation")
    if wave.state_at(clock.now()) == "closed":
        raise WrongState("wave-closed")
    if most is not None and not 1 <= most <= LARGEST_MOST:
        raise InvalidContent("most-impossible", largest=LARGEST_MOST)
    _must_be_free(session, wave, membership, role)
    link = OpenLink(wave=wave, membership=membership, role=role, most=most, generation=1, started=0)
    session.add(link)
    session.flush()
    token = _renewed(link, secret_key)
    place = membership.id if membership is not None else 0
    log.record(
        session, verb="open-link.add", subject=link, by=by, evaluation=wave.evaluation, role=role or "", place=place
    )
    return link, token


def revoke(session: Session, *, link: OpenLink, by: User | None) -> None:
    """Let nobody start through it any more; who has started can go on. Raises ``WrongState`` (``open-link-ended``)."""
    _hold(session, link)
    link.revoked_at = clock.now()
    log.record(session, verb="open-link.revoke", subject=link, by=by, evaluation=link.wave.evaluation)


def reissue(session: Session, *, link: OpenLink, secret_key: str, by: User | None) -> str:
    """Give it another address, and end the one it had. Raises ``WrongState`` (``open-link-ended``)."""
    _hold(session, link)
    link.generation += 1
    token = _renewed(link, secret_key)
    log.record(session, verb="open-link.reissue", subject=link, by=by, evaluation=link.wave.evaluation)
    return token


def start(
    session: Session,
    *,
    link: OpenLink,
    membership: Membership,
    role: str,
    repeated: bool,
    secret_key: str,
    form: str | None = None,
) -> tuple[Invitation, str]:
    """Let somebody in who says to be this, with a personal link; ``repeated``: not the first on this device.

    ``form`` is a random number of the form that was sent: sent twice at once it starts once. Whoever comes after
    anything was answered, such as somebody else who goes back to the same page, starts afresh.

    Leaves no event, as nothing of a respondent does. Raises ``WrongState`` (``wave-not-open``, ``wave-closed``,
    ``open-link-ended``, ``open-link-full``), ``InvalidContent`` (``role-not-open``, ``place-not-open``) and
    ``Unavailable`` (``too-many-starts``, with the ``seconds`` until the next minute).
    """
    _hold(session, link)
    state = link.wave.state_at(clock.now())
    if state != "open":
        raise WrongState("wave-closed" if state == "closed" else "wave-not-open")
    offered = open_links.offered(session, link)
    if role not in {each.key for each in offered.roles}:
        raise InvalidContent("role-not-open", role=role)
    if membership.id not in {each.id for each in offered.members}:
        raise InvalidContent("place-not-open")
    if open_links.full(session, link):
        raise WrongState("open-link-full")
    mark = token_hash(form) if form is not None else None
    pressed = _pressed_before(session, link, mark)
    if pressed is not None and (pressed.membership.id, pressed.role) == (membership.id, role):
        return pressed, token_for(pressed, secret_key)
    _count(link)
    if mark is not None:
        session.execute(update(Invitation).where(Invitation.begun_with == mark).values(begun_with=None))
    invitation = Invitation(
        open_link=link,
        declared_membership=membership,
        declared_role=role,
        repeated=repeated,
        generation=1,
        begun_with=mark,
    )
    session.add(invitation)
    session.flush()
    token = token_for(invitation, secret_key)
    invitation.token_hash = token_hash(token)
    session.flush()
    return invitation, token


def token_of(link: OpenLink, secret_key: str) -> str:
    """The secret in the address of this link, derived as that of an invitation."""
    return tokens.derived(secret_key, "open-link", link.id, link.generation)


def _pressed_before(session: Session, link: OpenLink, mark: str | None) -> Invitation | None:
    """Who began with the same form and has answered nothing yet."""
    answered = exists().where(Answer.response_id == Response.id, Response.invitation_id == Invitation.id)
    sent = exists().where(Receipt.invitation_id == Invitation.id)
    same = select(Invitation).where(Invitation.open_link_id == link.id, Invitation.begun_with == mark)
    return session.scalar(same.where(Invitation.revoked_at.is_(None), ~answered, ~sent)) if mark is not None else None


def _renewed(link: OpenLink, secret_key: str) -> str:
    token = token_of(link, secret_key)
    link.token_hash = token_hash(token)
    return token


def _hold(session: Session, link: OpenLink) -> None:
    """Look again under a lock, so that two that start at once count both."""
    session.flush()
    session.refresh(link, ["revoked_at", "generation", "most", "started", "minute", "started_in_minute"], True)
    if link.revoked_at is not None:
        raise WrongState("open-link-ended")


def _count(link: OpenLink) -> None:
    moment = clock.now()
    minute = _minute_of(moment)
    already = link.started_in_minute if link.minute == minute else 0
    if already >= MOST_IN_A_MINUTE:
        raise Unavailable("too-many-starts", seconds=60 - moment.second)
    link.minute, link.started_in_minute = minute, already + 1
    link.started += 1


def _minute_of(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _must_be_free(session: Session, wave: Wave, membership: Membership | None, role: str | None) -> None:
    """Raise unless a link for this role and place may be made."""
    questionnaire = editions.by_digest(session, wave.edition_digest).questionnaire
    known = {each.key for each in questionnaire.roles}
    invited = open_roles.invited(session, wave)
    if role is not None and role not in known:
        raise InvalidContent("unknown-role", role=role)
    if role in invited:
        raise InvalidContent("role-invited", role=role or "")
    if role is None and known <= invited:
        raise InvalidContent("no-open-role")
    if open_links.standing(session, wave, membership, role) is not None:
        raise InvalidContent("open-link-exists")
