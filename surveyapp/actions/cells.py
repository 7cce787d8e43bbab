"""The groups in which an anonymous wave keeps answers: of one organisation, and of at least five people invited.

They are fixed when the first response begins. Until then whoever is invited can still change them; after that
nobody's group becomes smaller or another one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session

from surveyapp.errors import InvalidContent, TooFew, WrongState
from surveyapp.models import Invitation, Invitee, Membership, MergedRole, Organisation, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions
from surveyapp.questionnaires.merging import joined, parts

LEAST: Final = 5
"""People invited in a group, at least."""
LONGEST: Final = 120
"""Characters in the key of a role, merged or not: what the tables hold."""

Place = tuple[int, str]
"""A membership and a role in it."""


@dataclass(frozen=True)
class Group:
    """With whom somebody's answers are kept together."""

    kept_as: str
    roles: tuple[str, ...]
    """In the order of the questionnaire."""
    invited: int
    """People in it, oneself included."""


def cells(invited: Mapping[Place, int], least: int, order: Sequence[str]) -> dict[Place, str]:
    """Under which role the answers of each organisation's role are kept, so that at least ``least`` share it.

    ``invited`` counts people per organisation and role; ``order`` holds the roles of the questionnaire. Roles are taken
    from small to large and put together until there are enough; what is left over joins the smallest group. The same
    numbers always give the same groups. Raises ``TooFew`` with the memberships that have too few people in all.
    """
    small = too_few(invited, least)
    if small:
        raise TooFew("too-few-invited", memberships=", ".join(str(one) for one in small), least=least)
    kept: dict[Place, str] = {}
    for membership in dict.fromkeys(place[0] for place in invited):
        sizes = {role: count for (of, role), count in invited.items() if of == membership and count}
        for roles in _together(sizes, least, order):
            kept |= {(membership, role): joined(roles) for role in roles}
    return kept


def too_few(invited: Mapping[Place, int], least: int = LEAST) -> tuple[int, ...]:
    """The memberships where somebody is invited, and fewer than ``least`` in all."""
    totals: dict[int, int] = {}
    for (membership, _role), count in invited.items():
        totals[membership] = totals.get(membership, 0) + count
    return tuple(membership for membership, total in totals.items() if 0 < total < least)


def _together(sizes: Mapping[str, int], least: int, order: Sequence[str]) -> list[list[str]]:
    """The roles of one organisation, grouped; each group in the order of the questionnaire."""
    groups: list[list[str]] = []
    filling: list[str] = []
    for role in sorted(sizes, key=lambda role: (sizes[role], order.index(role))):
        filling.append(role)
        if sum(sizes[each] for each in filling) >= least:
            groups.append(filling)
            filling = []
    if filling:
        smallest = min(groups, key=lambda group: (sum(sizes[role] for role in group), order.index(group[0])))
        smallest.extend(filling)
    return [sorted(group, key=order.index) for group in groups]


def fix(session: Session, *, wave: Wave) -> None:
    """Decide for good under which role everybody's answers are kept: in an anonymous wave, when the first begins.

    Not for a test, while the wave is being set up and people are still being invited.

    The caller holds the wave, so that it happens once. Raises ``TooFew`` (``too-few-invited``, with the codes of the
    ``organisations`` and the ``least`` number) where an organisation has too few people: invite more, or choose another
    regime; ``InvalidContent`` (``role-keys-unfit``).
    """
    if wave.regime != ANONYMOUS or wave.ready_at is None or fixed(session, wave):
        return
    kept = must_fit(session, wave)
    rows = [
        {"wave_id": wave.id, "membership_id": membership, "role": role, "kept_as": kept_as}
        for (membership, role), kept_as in kept.items()
    ]
    if rows:
        session.execute(insert(MergedRole), rows)


def must_fit(session: Session, wave: Wave) -> dict[Place, str]:
    """Under which role everybody's answers would be kept now; raises what ``fix`` does."""
    invited = invited_to(session, wave)
    small = too_few(invited)
    if small:
        raise TooFew("too-few-invited", organisations=", ".join(_codes(session, small)), least=LEAST)
    order = _order(session, wave)
    kept = cells(invited, LEAST, order)
    _must_have_a_key(kept, order)
    return kept


def _must_have_a_key(kept: Mapping[Place, str], order: Sequence[str]) -> None:
    """Raise ``InvalidContent`` (``role-keys-unfit``) where the joined key is too long or could mean other roles."""
    for (membership, _role), kept_as in kept.items():
        together = tuple(role for role in order if kept.get((membership, role)) == kept_as)
        if len(kept_as) > LONGEST or parts(kept_as, order) != together:
            raise InvalidContent("role-keys-unfit", roles=", ".join(together), most=LONGEST)


def fixed(session: Session, wave: Wave) -> bool:
    """Whether the groups of this wave have been decided."""
    return bool(session.scalar(select(exists().where(MergedRole.wave_id == wave.id))))


def stands(session: Session, wave: Wave) -> bool:
    """Whether nobody's group may become smaller any more: somebody who is no test began in an anonymous wave."""
    return wave.regime == ANONYMOUS and wave.ready_at is not None and fixed(session, wave)


def must_have_room(session: Session, *, wave: Wave, membership: Membership, role: str) -> None:
    """Raise ``WrongState`` (``group-not-there``) where somebody who is invited now would have no group to hide in."""
    if not stands(session, wave):
        return
    if session.get(MergedRole, (wave.id, membership.id, role)) is None:
        raise WrongState("group-not-there", organisation=membership.organisation.code, role=role)


def group(session: Session, *, wave_id: int, membership_id: int, role: str) -> Group | None:
    """With whom the answers of somebody in this role are kept; before the groups are fixed, as they would be now.

    None where the organisation has too few people, or nobody is invited in this role: who comes through an open link
    has no group of known size. Who tries a wave that is being set up reads what is promised at least.
    """
    wave = session.get_one(Wave, wave_id)
    invited = {place: count for place, count in invited_to(session, wave).items() if place[0] == membership_id}
    if wave.ready_at is None and ((membership_id, role) not in invited or too_few(invited)):
        return Group(role, (role,), LEAST)
    if (membership_id, role) not in invited:
        return None
    order = _order(session, wave)
    kept = _kept(session, wave, membership_id) or ({} if too_few(invited) else cells(invited, LEAST, order))
    kept_as = kept.get((membership_id, role))
    if kept_as is None:
        return None
    roles = sorted((each for (_of, each), key in kept.items() if key == kept_as), key=order.index)
    return Group(kept_as, tuple(roles), sum(invited.get((membership_id, each), 0) for each in roles))


def organisations_too_small(session: Session, wave: Wave) -> tuple[str, ...]:
    """The codes of the organisations that keep an anonymous wave from beginning; none once it has begun."""
    if wave.regime != ANONYMOUS or fixed(session, wave):
        return ()
    return _codes(session, too_few(invited_to(session, wave)))


def invited_to(session: Session, wave: Wave) -> dict[Place, int]:
    """How many people hold an invitation, by organisation and role, in the order of the study; no test people."""
    rows = session.execute(
        select(Invitee.membership_id, Invitee.role, func.count())
        .join_from(Invitee, Membership)
        .join(Invitation, Invitation.invitee_id == Invitee.id)
        .where(Invitee.wave_id == wave.id, Invitee.test.is_(False), Invitation.revoked_at.is_(None))
        .group_by(Membership.position, Invitee.membership_id, Invitee.role)
        .order_by(Membership.position, Invitee.membership_id, Invitee.role)
    )
    return {(membership, role): count for membership, role, count in rows}


def _kept(session: Session, wave: Wave, membership_id: int) -> dict[Place, str]:
    rows = session.execute(
        select(MergedRole.membership_id, MergedRole.role, MergedRole.kept_as).where(
            MergedRole.wave_id == wave.id, MergedRole.membership_id == membership_id
        )
    )
    return {(membership, role): kept_as for membership, role, kept_as in rows}


def _order(session: Session, wave: Wave) -> list[str]:
    return [role.key for role in editions.by_digest(session, wave.edition_digest).questionnaire.roles]


def _codes(session: Session, memberships: Sequence[int]) -> tuple[str, ...]:
    found = session.scalars(
        select(Organisation.code)
        .join_from(Membership, Organisation)
        .where(Membership.id.in_(memberships))
        .order_by(Membership.position, Membership.id)
    )
    return tuple(found)
