"""What a publication of a wave would put together: what was approved, and what is proposed, with what either shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.analysis.counts import MUNICIPALITY
from surveyapp.analysis.disclosure import Policy
from surveyapp.analysis.disclosure.foresight import Foresight, foresee
from surveyapp.analysis.merging import Group, Needed, Place, proposed, too_small
from surveyapp.errors import NotFound
from surveyapp.models import Merger, Organisation, ThemeTally, Wave
from surveyapp.queries import evaluations


@dataclass(frozen=True)
class Proposal:
    """What an audience would be shown of one theme that everybody answered: as it is, and with the proposal."""

    audience: str
    threshold: int
    small: tuple[str, ...]
    """The codes of the organisations that are too small, as they are put together now."""
    groups: tuple[Group, ...]
    now: Foresight
    then: Foresight


def of(session: Session, wave: Wave) -> Sequence[Merger]:
    """What was approved, in that order."""
    return session.scalars(select(Merger).where(Merger.wave_id == wave.id).order_by(Merger.id)).all()


def by_id(session: Session, wave: Wave, number: int) -> Merger:
    """One of those; raises ``NotFound``."""
    found = session.get(Merger, number)
    if found is None or found.wave_id != wave.id:
        raise NotFound("merger")
    return found


def proposal(session: Session, wave: Wave, audience: str) -> Proposal | None:
    """How organisations could be put together for this audience; None in a regime that hides nothing.

    What is put together already counts as one.
    """
    policy = Policy.of(audience, wave.regime)
    if not policy.withholds:
        return None
    approved = [tuple(one.members) for one in of(session, wave) if one.kind == "organisations"]
    apart = places(session, wave)
    standing = _together(apart, approved)
    needed = Needed(policy.threshold, policy.two_of_each)
    free = [place for place in standing if not any(place.code == Group("organisations", one).key for one in approved)]
    groups = tuple(proposed(free, needed))
    then = _together(standing, [group.members for group in groups])
    return Proposal(
        audience,
        policy.threshold,
        tuple(place.code for place in too_small(standing, needed)),
        groups,
        _foresee(standing, wave, audience),
        _foresee(then, wave, audience),
    )


def places(session: Session, wave: Wave) -> list[Place]:
    """Every organisation of the study, in order, with how many people answered in each role."""
    per_theme = (
        select(ThemeTally.membership_id, ThemeTally.role, func.sum(ThemeTally.count).label("people"))
        .where(ThemeTally.wave_id == wave.id)
        .group_by(ThemeTally.membership_id, ThemeTally.role, ThemeTally.theme)
        .subquery()
    )
    most = select(per_theme.c.membership_id, per_theme.c.role, func.max(per_theme.c.people)).group_by(
        per_theme.c.membership_id, per_theme.c.role
    )
    people: dict[int, dict[str, int]] = {}
    for membership, role, number in session.execute(most):
        people.setdefault(membership, {})[role] = int(number)
    members = evaluations.memberships(session, wave.evaluation)
    parents = {member.organisation.parent_id for member in members} - {None}
    above = session.scalars(select(Organisation).where(Organisation.id.in_(parents)))
    codes = {organisation.id: organisation.code for organisation in above}
    return [
        Place(
            member.organisation.code,
            member.organisation.kind,
            codes.get(member.organisation.parent_id or 0, ""),
            people.get(member.id, {}),
        )
        for member in members
    ]


def _together(found: Sequence[Place], groups: Sequence[Sequence[str]]) -> list[Place]:
    standing = list(found)
    for group in groups:
        inside = [place for place in standing if place.code in group]
        if not inside:
            continue
        people: dict[str, int] = {}
        for place in inside:
            for role, number in place.people.items():
                people[role] = people.get(role, 0) + number
        one = Place(Group("organisations", tuple(group)).key, inside[0].kind, inside[0].parent, people)
        standing = [one if place is inside[0] else place for place in standing if place not in inside[1:]]
    return standing


def _foresee(found: Sequence[Place], wave: Wave, audience: str) -> Foresight:
    roles = sorted({role for place in found for role in place.people})
    sizes = [[place.people.get(role, 0) for role in roles] for place in found]
    municipal = any(place.kind == MUNICIPALITY for place in found)
    within = [place.kind == MUNICIPALITY or not municipal for place in found]
    return foresee(sizes, within, wave.regime, audience)
