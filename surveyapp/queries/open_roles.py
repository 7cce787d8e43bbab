"""Which roles of a wave are open to everybody with a link, and which were invited by name: never both."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Invitation, Invitee, OpenLink, Wave
from surveyapp.questionnaires.questionnaire import Questionnaire


@dataclass(frozen=True)
class OpenRoles:
    """The roles of one wave that are answered through a link."""

    named: frozenset[str] = frozenset()
    """A link is for this role, or somebody came in it through a link."""
    all_but: frozenset[str] | None = None
    """Where a link leaves the role to who follows it, every role but these is open: those that were invited."""

    def __contains__(self, role: str) -> bool:
        return role in self.named or (self.all_but is not None and role not in self.all_but)

    def of(self, questionnaire: Questionnaire) -> frozenset[str]:
        """The keys of the open ones."""
        return frozenset(role.key for role in questionnaire.roles if role.key in self)


def of(session: Session, wave: Wave) -> OpenRoles:
    """The open roles of this wave. A link that was withdrawn counts only for who came through it."""
    links = session.execute(
        select(OpenLink.role, OpenLink.revoked_at, OpenLink.started).where(OpenLink.wave_id == wave.id)
    ).all()
    named = {role for role, revoked_at, started in links if role is not None and (revoked_at is None or started)}
    if any(role is None and started for role, _revoked_at, started in links):
        named |= _declared(session, wave)
    left = any(role is None and revoked_at is None for role, revoked_at, _started in links)
    return OpenRoles(frozenset(named), invited(session, wave) if left else None)


def invited(session: Session, wave: Wave) -> frozenset[str]:
    """The roles in which somebody was invited by name."""
    people = (Invitee.wave_id == wave.id, Invitee.test.is_(False))
    return frozenset(session.scalars(select(Invitee.role).where(*people).distinct()))


def _declared(session: Session, wave: Wave) -> set[str]:
    """What people said to be who came through a link that left it to them."""
    said = (
        select(Invitation.declared_role)
        .join(Invitation.open_link)
        .where(OpenLink.wave_id == wave.id, OpenLink.role.is_(None))
        .distinct()
    )
    return {role for role in session.scalars(said) if role is not None}
