"""Somebody at an open link: a visit like every respondent's, of a person of whom nothing is known yet."""

from dataclasses import dataclass

from flask import g

from surveyapp.errors import NotFound
from surveyapp.models import OpenLink
from surveyapp.queries import open_links
from surveyapp.queries.invitations import Invited
from surveyapp.queries.open_links import Offered
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.respond import promise
from surveyapp.web.respond.group import Group
from surveyapp.web.respond.promise import Promise
from surveyapp.web.respond.visit import Door, Visit, enter
from surveyapp.web.words import _


class Stranger(Visit):
    """The visit of somebody who has not said yet who they are, as far as the link leaves that to them."""

    @property
    def role_name(self) -> str:
        """As the questionnaire calls it, or that it is still to be chosen."""
        key = self.invited.role
        return language.said(self.questionnaire.role(key).title) if key else _("the role that you choose")


@dataclass(frozen=True)
class Arrival:
    """The link, what it leaves to choose, and the visit that the shared pages take."""

    link: OpenLink
    offered: Offered
    visit: Stranger

    @property
    def promise(self) -> Promise:
        """What is promised; before it is known to whom, in words that fit whatever is chosen."""
        return promise.of(self.visit.invited, Group(self.visit.role_name))


def find(token: str) -> Arrival:
    """Who follows this link. Raises NotFound, the same for a link that never existed and one that was withdrawn."""
    link = open_links.by_token(session(), token)
    if link is None:
        raise NotFound("open-link")
    offered = open_links.offered(session(), link)
    entered = enter(Door("open_link", {"token": token}), _stranger(link, offered))
    g.visit = visit = Stranger(entered.door, entered.invited, entered.edition)
    return Arrival(link, offered, visit)


def _stranger(link: OpenLink, offered: Offered) -> Invited:
    wave, member = link.wave, offered.members[0] if len(offered.members) == 1 else None
    role = offered.roles[0].key if len(offered.roles) == 1 else ""
    return Invited(
        id=0,
        open_link_id=link.id,
        role=role,
        kept_as=offered.roles[0].key,
        language=None,
        membership_id=member.id if member is not None else 0,
        organisation=member.organisation.name if member is not None else _("the neighbourhood that you choose"),
        organisation_code=member.organisation.code if member is not None else "",
        organisation_kind=member.organisation.kind if member is not None else open_links.NEIGHBOURHOOD,
        slug=wave.evaluation.slug,
        title=wave.evaluation.title,
        client=wave.evaluation.client,
        wave_id=wave.id,
        edition_digest=wave.edition_digest,
        regime=wave.regime,
        for_public=wave.for_public,
        ready_at=wave.ready_at,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        closed_at=wave.closed_at,
        sender=wave.sender,
        contact_name=wave.contact_name,
        contact_email=wave.contact_email,
        response_id=None,
        channel=None,
        sent=False,
        delegated=False,
        test=False,
        answers={},
    )
