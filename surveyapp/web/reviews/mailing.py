"""Mailing readers of a round their link, and reminding them: first how many and whom, then by a press of a button."""

from typing import Final

from flask import current_app, render_template
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.actions import review_mails as verbs
from surveyapp.errors import SurveyError
from surveyapp.queries import review_mails as queries
from surveyapp.queries.review_mails import LINK, REMINDER
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.findings.room import whoever
from surveyapp.web.reviews.views import back, manages, review_of, reviews, warned
from surveyapp.web.told import tell, warn
from surveyapp.web.words import _, ngettext

_PURPOSES: Final = {"link": LINK, "reminder": REMINDER}
_VERBS: Final = {"link": verbs.send_links, "reminder": verbs.remind}


@reviews.get("/<int:review>/mail/<any(link,reminder):what>")
@manages
def before_mailing(slug: str, review: int, what: str) -> str:
    """Who would get this mail now; nothing is sent yet."""
    found = review_of(slug, review)
    return render_template(
        "reviews/mail.html",
        evaluation=study.evaluation(slug),
        review=found,
        what=what,
        readers=queries.recipients(session(), found, _PURPOSES[what], clock.now()),
        sends_mail=current_app.config["SENDS_MAIL"],
    )


@reviews.post("/<int:review>/mail/<any(link,reminder):what>")
@manages
def mail(slug: str, review: int, what: str) -> Response:
    """Mail everybody who should get it; a second press finds nobody left."""
    found = review_of(slug, review)
    if not current_app.config["SENDS_MAIL"]:
        warn(_("This installation sends no mail."))
        return back(slug, review)
    try:
        number = _VERBS[what](session(), review=found, by=whoever())
    except SurveyError as problem:
        return warned(slug, review, problem)
    session().commit()
    if number:
        tell(ngettext("One reader gets a mail.", "%(num)s readers get a mail.", number))
    else:
        tell(_("Nobody is left to mail: nothing was sent."))
    return back(slug, review, "readers")
