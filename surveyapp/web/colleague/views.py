"""The pages behind a colleague's link: a first page, the section, and what comes after.

``check`` is where the shared pages go after the last section; a colleague is then done.
"""

from typing import Final

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from surveyapp.actions import delegations as verbs
from surveyapp.errors import NotFound, SurveyError
from surveyapp.web import errors
from surveyapp.web.colleague.visit import begun, find_open, must_be_asked, received
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.respond import answering, keeping, wording
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.landing import promised
from surveyapp.web.respond.visit import Visit
from surveyapp.web.words import N_, _

colleague = Blueprint("colleague", __name__, url_prefix="/c/<token>")

_WHY: Final = "the link is the key: whoever holds it may answer this one section"
_ENDED: Final = {
    "delegation-ended": N_("%(asker)s has taken this section back. What you filled in was kept. You need not do "
                           "anything more."),
    "already-submitted": N_("%(asker)s has sent the answers. They can no longer be changed here. You need not do "
                            "anything more."),
    "response-withdrawn": N_("%(asker)s has withdrawn the answers. They were deleted. You need not do anything more."),
    "section-not-asked": N_("Because of an answer elsewhere this section is not asked at the moment. You need not do "
                            "anything now. %(asker)s tells you when that changes."),
    "wave-closed": N_("The questionnaire is closed. Answering is no longer possible."),
    "wave-not-open": N_("The questionnaire is not open. Use the same link later."),
}  # fmt: skip
"""Code -> what a colleague reads when nothing can be filled in."""


@colleague.get("")
@public(_WHY)
def landing(token: str) -> str:
    """Who asked, for which organisation, what is promised, and who sees what is filled in."""
    visit = find_open(token)
    must_be_asked(visit)
    section = visit.page_of(received().delegated.section).section
    return _page("landing", visit, section=section, promise=promised(visit))


@colleague.get("/<section>")
@public(_WHY)
def section(token: str, section: str) -> Page:
    """The questions of the section with what was filled in so far."""
    visit = find_open(token)
    visit.page_of(section)
    must_be_asked(visit)
    return answering.questions(visit, section)


@colleague.post("/<section>")
@public(_WHY)
def save(token: str, section: str) -> Page:
    """Keep what was answered; who goes on from here is done, and the respondent sees that."""
    visit = find_open(token)
    visit.page_of(section)
    response = begun(visit)
    page = answering.save(visit, response, section)
    if isinstance(page, Response) and request.form.get("save-and", "continue") == "continue":
        verbs.finish(session(), response=response, delegation_id=received().delegated.id)
        session().commit()
    return page


@colleague.post("/<section>/keep-answers")
@public(_WHY)
@keeping.in_json
def keep(token: str, section: str) -> Response:
    """Keep what was changed on a page that stays open."""
    visit = find_open(token)
    visit.page_of(section)
    return keeping.keep(visit, begun(visit), section)


@colleague.get("/thank-you")
@public(_WHY)
def check(token: str) -> str:
    """Thanks; the respondent takes it from here."""
    return _page("done", find_open(token))


@colleague.get("/to-be-continued")
@public(_WHY)
def later(token: str) -> str:
    """The same link goes on where one stopped."""
    return _page("later", find_open(token))


@colleague.errorhandler(SurveyError)
def _refuse(error: SurveyError) -> tuple[str, int]:
    """What is the case; a link that we do not know may be one of answers that were withdrawn."""
    if g.get("received") is None:
        unknown = isinstance(error, NotFound)
        return (render_template("colleague/unknown.html"), 404) if unknown else _plain(error)
    if error.code in _ENDED:
        sentence = _(_ENDED[error.code], asker=received().asker)
        return _page("ended", g.visit, sentence=sentence), _status(error.code)
    return _plain(error)


def _status(code: str) -> int:
    if code in {"wave-not-open", "section-not-asked"}:
        return 404
    return 409 if request.method == "POST" else 410


def _plain(error: SurveyError) -> tuple[str, int]:
    return errors.page(errors.STATUS[type(error)], errors.sentence(error))


def _page(name: str, visit: Visit, **values: object) -> str:
    return render_template(
        f"colleague/{name}.html",
        visit=visit,
        received=received(),
        until=wording.moment(visit.invited.closes_at),
        **values,
    )
