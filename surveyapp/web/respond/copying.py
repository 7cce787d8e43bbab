"""Asking for a copy of one's own answers, after sending."""

from flask import redirect, url_for

from surveyapp.errors import WrongState
from surveyapp.web.guard import public
from surveyapp.web.respond import answering, copies
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.landing import WHY
from surveyapp.web.respond.visit import Visit, find


@public(WHY)
def ask_copy(token: str) -> Page:
    """What the link to the copy is, and how long it works."""
    visit = _after_sending(token)
    return answering.render("respond/own-copy.html", visit) if visit.submitted else visit.to("landing")


@public(WHY)
def copy(token: str) -> Page:
    """Make the link, and go there."""
    visit = _after_sending(token)
    if not visit.submitted or visit.response is None:
        return visit.to("landing")
    return redirect(url_for("copy.answers", signature=copies.signed(visit.response.id)), 303)


def _after_sending(token: str) -> Visit:
    visit = find(token)
    if not visit.may_change_mind:
        raise WrongState("anonymous-wave")
    return visit
