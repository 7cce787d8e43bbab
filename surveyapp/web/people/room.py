"""What the pages of people have in common: the room, the wave, one person, and what their states are called."""

from typing import Final

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.errors import NotFound
from surveyapp.models import Invitation, Wave
from surveyapp.queries import editions, evaluations
from surveyapp.queries import people as queries
from surveyapp.queries.people import Person
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.guard import needs
from surveyapp.web.language import said
from surveyapp.web.words import N_, _

Page = str | tuple[str, int] | Response
people = Blueprint("people", __name__, url_prefix="/evaluations/<slug>/people")
team = needs(Permission.INVITATION_MANAGE, on=study.on_evaluation)
NUMBER: Final = "<int(max=2147483647):number>"
"""An id in an address, which no database finds too large."""
_STATES: Final = {
    queries.NOT_INVITED: N_("not invited yet"),
    queries.INVITED: N_("invited"),
    queries.BOUNCED: N_("mail did not arrive"),
    queries.OPENED: N_("began"),
    queries.ANSWERED: N_("answered"),
    queries.OPTED_OUT: N_("wants no mail"),
    queries.REVOKED: N_("link ended"),
}


def wave_of(slug: str) -> Wave:
    """The latest wave of the study; raises ``NotFound`` while it has none."""
    return evaluations.wave(session(), study.evaluation(slug))


def is_closed(wave: Wave) -> bool:
    """Whether nobody can be added any more."""
    return wave.state_at(clock.now()) == "closed"


def person(slug: str, number: int) -> tuple[Wave, Person]:
    """Who has this invitation; raises ``NotFound``."""
    wave = wave_of(slug)
    found = queries.one(session(), wave, number)
    if found is None:
        raise NotFound("invitation")
    return wave, found


def invitation(slug: str, number: int) -> Invitation:
    """Their row, for a verb; raises ``NotFound``."""
    found = queries.invitation(session(), wave_of(slug), number)
    if found is None:
        raise NotFound("invitation")
    return found


def role_names(wave: Wave) -> dict[str, str]:
    """Key -> title of every role, in the language of the page."""
    questionnaire = editions.by_digest(session(), wave.edition_digest).questionnaire
    return {role.key: said(role.title) for role in questionnaire.roles}


def state_name(state: str) -> str:
    """What a state is called."""
    return _(_STATES[state])


def secret_key() -> str:
    """From which links are derived."""
    return str(current_app.config["SECRET_KEY"])


def to_person(slug: str, number: int) -> Response:
    """Back to the page of one person."""
    return redirect(url_for("people.person", slug=slug, number=number), 303)


def to_list(slug: str) -> Response:
    """Back to everybody."""
    return redirect(url_for("people.index", slug=slug), 303)
