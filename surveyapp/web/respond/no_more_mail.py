"""No more mail for who was invited: a page asks and a button does it, as programs follow the links in mail.

A mail program with a button of its own posts here too (RFC 8058): anything posted that does not ask for mail again
stops it. Answering goes on as before, and the link stays.
"""

from flask import request

from surveyapp.actions import invitations as verbs
from surveyapp.errors import NotFound
from surveyapp.queries import invitations, people
from surveyapp.web.database import reading, session
from surveyapp.web.guard import public
from surveyapp.web.respond import answering
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.landing import WHY
from surveyapp.web.respond.visit import Visit, find, is_open


@public(WHY)
def ask(token: str) -> Page:
    """Whether mail is to stop, or that it has stopped and can come again."""
    visit = _invited_by_name(token)
    stopped = people.wants_no_mail(reading(), visit.invited.id)
    return answering.render("respond/no-more-mail.html", visit, stopped=stopped, is_open=is_open(visit))


@public(WHY)
def stop(token: str) -> Page:
    """Send no more mail, or mail again; the second time changes nothing."""
    visit = _invited_by_name(token)
    again = request.form.get("mail") == "yes"
    invitation = invitations.to_start(session(), visit.invited.id)
    (verbs.opt_in if again else verbs.opt_out)(session(), invitation=invitation, by=None)
    session().commit()
    return visit.to("no_more_mail")


def _invited_by_name(token: str) -> Visit:
    """Nobody has an address of who came through an open link."""
    visit = find(token)
    if visit.invited.open_link_id is not None:
        raise NotFound("page")
    return visit
