"""The way through a questionnaire: first page, a page per section, a look back, sending, thanks."""

from typing import Final

from flask import Blueprint

from surveyapp.actions import responses as verbs
from surveyapp.errors import InvalidAnswer, WrongState
from surveyapp.queries import invitations
from surveyapp.queries.responses import Answering
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import public
from surveyapp.web.respond import answering, refusals, wording
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.visit import Visit, find, find_open, must_be_open

respond = Blueprint("respond", __name__, url_prefix="/r/<token>")
"""Names of pages hold a hyphen, which the key of a section cannot."""
refusals.add_refusals(respond)

_WHY: Final = "the link is the key: whoever holds it may answer"


@respond.get("")
@public(_WHY)
def landing(token: str) -> Page:
    """Who asks, why, how long, until when, and who will see it."""
    visit = find(token)
    if visit.submitted:
        return visit.to("thanks")
    must_be_open(visit)
    return answering.render(
        "respond/landing.html",
        visit,
        organisation=visit.invited.organisation,
        role=visit.questionnaire.role(visit.invited.role),
        origin=visit.edition.framework.origin,
        audiences=wording.audiences(visit.invited),
        summary=wording.summary(visit.invited),
    )


@respond.post("")
@public(_WHY)
def start(token: str) -> Page:
    """Begin, or go on where one was."""
    visit = find_open(token)
    _start(visit)
    session().commit()
    return answering.first_open(visit)


@respond.get("/<section>")
@public(_WHY)
def section(token: str, section: str) -> Page:
    """The questions of one section with what was answered so far."""
    visit = find_open(token)
    visit.page_of(section)
    return visit.to("landing") if visit.response is None else answering.questions(visit, section)


@respond.post("/<section>")
@public(_WHY)
def save(token: str, section: str) -> Page:
    """Keep what was answered and go where the button says; with a mistake, the same page with everything typed."""
    visit = find_open(token)
    visit.page_of(section)
    return answering.save(visit, visit.response or _start(visit), section)


@respond.get("/check-answers")
@public(_WHY)
def check(token: str) -> Page:
    """Everything that was answered, and what was not, before sending."""
    visit = find_open(token)
    return visit.to("landing") if visit.response is None else answering.look_back(visit)


@respond.post("/check-answers")
@public(_WHY)
def send(token: str) -> Page:
    """Send the answers, once; sending again shows the same thanks."""
    visit = find(token)
    if visit.submitted:
        return visit.to("thanks")
    must_be_open(visit)
    if visit.response is None:
        return visit.to("landing")
    try:
        verbs.submit(session(), response=visit.response, questionnaire=visit.questionnaire)
    except InvalidAnswer as problem:
        return answering.look_back(visit, sentence(problem)), 422
    except WrongState as problem:
        if problem.code != "already-submitted":
            raise
        return visit.to("thanks")
    session().commit()
    return visit.to("thanks")


@respond.get("/thank-you")
@public(_WHY)
def thanks(token: str) -> Page:
    """What happens next; only after sending."""
    visit = find(token)
    return answering.render("respond/thanks.html", visit) if visit.submitted else visit.to("landing")


@respond.get("/to-be-continued")
@public(_WHY)
def later(token: str) -> Page:
    """The same link goes on where one stopped."""
    visit = find_open(token)
    return answering.render("respond/later.html", visit)


def _start(visit: Visit) -> Answering:
    return verbs.start(session(), invitation=invitations.to_start(session(), visit.invited.id))
