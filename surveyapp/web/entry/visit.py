"""For whom a researcher enters answers, and how far that is."""

from flask import render_template

from surveyapp.actions.entries import CHANNELS
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, entries, invitations
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.queries.entries import Entry
from surveyapp.queries.responses import Begun
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.respond.visit import ENTRY, Door, Visit, enter, must_be_open


def wave_of(slug: str) -> Wave:
    """The latest wave of this study; raises NotFound without one, WrongState where it is anonymous."""
    wave = evaluation_queries.wave(session(), study.evaluation(slug))
    if wave.regime == ANONYMOUS:
        raise WrongState("nobody-enters-anonymous")
    return wave


def entry_of(slug: str, invitation: int) -> Entry:
    """The invitee of this study with this invitation; raises NotFound."""
    entry = entries.one(session(), wave_of(slug), invitation)
    if entry is None:
        raise NotFound("invitation")
    return entry


def find(slug: str, invitation: int) -> tuple[Visit, Entry]:
    """The visit on behalf of this invitee, whatever became of it."""
    entry = entry_of(slug, invitation)
    invited = invitations.by_id(session(), invitation)
    if invited is None:
        raise NotFound("invitation")
    role = editions.by_digest(session(), invited.edition_digest).questionnaire.role(entry.role)
    sign = render_template("entry/sign.html", entry=entry, role=role, slug=slug)
    return enter(Door(ENTRY, {"slug": slug, "invitation": invitation}, sign=sign), invited), entry


def find_begun(slug: str, invitation: int) -> tuple[Visit, Begun]:
    """What is being entered; raises WrongState for anything else, of which nothing may be read here."""
    visit, entry = find(slug, invitation)
    if visit.response is None or entry.channel not in CHANNELS:
        raise WrongState("begun-online" if entry.channel is not None else "not-being-entered")
    must_be_open(visit)
    return visit, visit.response
