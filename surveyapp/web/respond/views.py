"""The respondent's own door: every address behind ``/r/<token>``, and the pages of questions.

Names of pages hold a hyphen, which the key of a section cannot.
"""

from flask import Blueprint
from werkzeug.wrappers import Response

from surveyapp.errors import WrongState
from surveyapp.queries.responses import Begun
from surveyapp.web.guard import public
from surveyapp.web.respond import (
    answering,
    copying,
    keeping,
    landing,
    no_more_mail,
    passing_on,
    refusals,
    reopening,
    sending,
)
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.landing import WHY
from surveyapp.web.respond.visit import Visit, find_open

respond = Blueprint("respond", __name__, url_prefix="/r/<token>")
refusals.add_refusals(respond)


@respond.get("/<section>")
@public(WHY)
def section(token: str, section: str) -> Page:
    """The questions of one section with what was answered so far."""
    visit = find_open(token)
    visit.page_of(section)
    return visit.to("landing") if visit.response is None else answering.questions(visit, section)


@respond.post("/<section>")
@public(WHY)
def save(token: str, section: str) -> Page:
    """Keep what was answered and go where the button says; with a mistake, the same page with everything typed."""
    visit = find_open(token)
    visit.page_of(section)
    return answering.save(visit, _begun(visit), section)


@respond.post("/<section>/keep-answers")
@public(WHY)
@keeping.in_json
def keep(token: str, section: str) -> Response:
    """Keep what was changed on a page that stays open."""
    visit = find_open(token)
    visit.page_of(section)
    return keeping.keep(visit, _begun(visit), section)


def _begun(visit: Visit) -> Begun:
    """What this visitor answers; who withdrew it in another window is told so, and begins with the promise again."""
    if visit.response is None:
        raise WrongState("response-withdrawn")
    return visit.response


respond.get("")(landing.landing)
respond.post("")(landing.start)
respond.get("/check-answers")(sending.check)
respond.post("/check-answers")(sending.send)
respond.get("/thank-you")(sending.thanks)
respond.get("/to-be-continued")(sending.later)
respond.get("/change-answers")(reopening.ask_reopening)
respond.post("/change-answers")(reopening.reopen)
respond.get("/withdraw-answers")(reopening.ask_withdrawal)
respond.post("/withdraw-answers")(reopening.withdraw)
respond.get("/withdrawn-answers")(reopening.withdrawn)
respond.get("/<section>/pass-on")(passing_on.colleague)
respond.post("/<section>/pass-on")(passing_on.pass_on)
respond.post("/<section>/take-back")(passing_on.take_back)
respond.get("/no-more-mail", endpoint="no_more_mail")(no_more_mail.ask)
respond.post("/no-more-mail", endpoint="stop_mail")(no_more_mail.stop)
respond.get("/own-copy")(copying.ask_copy)
respond.post("/own-copy")(copying.copy)
