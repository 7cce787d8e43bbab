"""Second thoughts: changing answers that were sent, and withdrawing answers, sent or not.

A page asks first and a button does it: nothing happens to who follows a link, or to whose mail is scanned.
"""

from surveyapp.actions import responses as verbs
from surveyapp.errors import WrongState
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.respond import answering
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.landing import WHY
from surveyapp.web.respond.visit import Visit, find, must_be_in_time


@public(WHY)
def ask_reopening(token: str) -> Page:
    """What changing what was sent means."""
    visit = _with_second_thoughts(token)
    return answering.render("respond/reopen.html", visit) if visit.submitted else visit.to("landing")


@public(WHY)
def reopen(token: str) -> Page:
    """Make a draft of what was sent; the second time changes nothing."""
    visit = _with_second_thoughts(token)
    if visit.submitted and visit.response is not None:
        verbs.reopen(session(), response=visit.response, questionnaire=visit.questionnaire)
        session().commit()
    return visit.to("check" if visit.response is not None else "landing")


@public(WHY)
def ask_withdrawal(token: str) -> Page:
    """What withdrawing deletes."""
    visit = _with_second_thoughts(token)
    return visit.to("withdrawn") if visit.response is None else answering.render("respond/withdraw.html", visit)


@public(WHY)
def withdraw(token: str) -> Page:
    """Delete what was answered; the second time changes nothing."""
    visit = _with_second_thoughts(token)
    if visit.response is not None:
        verbs.withdraw(session(), response=visit.response, questionnaire=visit.questionnaire)
        session().commit()
    return visit.to("withdrawn")


@public(WHY)
def withdrawn(token: str) -> Page:
    """There is nothing of this respondent, and they can begin again."""
    visit = find(token)
    if visit.submitted or visit.response is not None:
        return visit.to("landing")
    must_be_in_time(visit)
    return answering.render("respond/withdrawn.html", visit)


def _with_second_thoughts(token: str) -> Visit:
    visit = find(token)
    must_be_in_time(visit)
    if not visit.may_change_mind:
        raise WrongState("anonymous-wave")
    return visit
