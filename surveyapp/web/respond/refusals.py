"""What a respondent reads when answering is not possible: what is the case and whom to ask, never who was invited."""

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from surveyapp.errors import NotFound, SurveyError
from surveyapp.web import errors
from surveyapp.web.respond import wording

_STATES = {"wave-not-open": ("respond/not-open.html", 404), "wave-closed": ("respond/closed.html", 410)}


def add_refusals(blueprint: Blueprint) -> None:
    """Word the errors of the respondent's pages."""
    blueprint.register_error_handler(SurveyError, _refuse)


def _refuse(error: SurveyError) -> str | tuple[str, int] | Response:
    visit = g.get("visit")
    if isinstance(error, NotFound) and visit is None:
        return render_template("respond/unknown.html"), 404
    if error.code in _STATES:
        template, status = _STATES[error.code]
        opens = wording.moment(visit.invited.opens_at)
        return render_template(template, visit=visit, opens=opens), status
    if error.code == "already-submitted":
        return render_template("respond/sent.html", visit=visit), _sent_status()
    return errors.page(errors.STATUS[type(error)], errors.sentence(error))


def _sent_status() -> int:
    """Looking back at a page after sending is fine; an answer that comes too late is refused."""
    return 409 if request.method == "POST" else 200
