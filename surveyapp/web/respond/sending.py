"""The look back, sending, and what comes after; and stopping for now."""

from surveyapp.actions import responses as verbs
from surveyapp.errors import InvalidAnswer, WrongState
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import public
from surveyapp.web.respond import answering
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.landing import WHY
from surveyapp.web.respond.visit import find, find_open, is_open, must_be_open


@public(WHY)
def check(token: str) -> Page:
    """Everything that was answered, and what was not, before sending."""
    visit = find_open(token)
    return visit.to("landing") if visit.response is None else answering.look_back(visit)


@public(WHY)
def send(token: str) -> Page:
    """Send the answers, once; sending again shows the same thanks."""
    visit = find(token)
    if visit.submitted:
        return visit.to("thanks")
    must_be_open(visit)
    if visit.response is None:
        raise WrongState("response-withdrawn")
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


@public(WHY)
def thanks(token: str) -> Page:
    """What happens next, and what can still be done; only after sending."""
    visit = find(token)
    if not visit.submitted:
        return visit.to("landing")
    return answering.render("respond/thanks.html", visit, is_open=is_open(visit))


@public(WHY)
def later(token: str) -> Page:
    """The same link goes on where one stopped."""
    visit = find_open(token)
    return answering.render("respond/later.html", visit)
