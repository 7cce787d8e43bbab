"""What a respondent reads when something is not possible: what is the case and whom to ask, never who was invited."""

from typing import Final

from flask import Blueprint, g, render_template, request

from surveyapp.errors import NotFound, SurveyError
from surveyapp.web import errors
from surveyapp.web.respond import wording
from surveyapp.web.words import N_, _

_STATES: Final = {"wave-not-open": ("respond/not-open.html", 404), "wave-closed": ("respond/closed.html", 410)}
_UNKNOWN: Final = frozenset({"invitation", "invitation-revoked"})
_REFUSED: Final = {
    "anonymous-wave": (
        N_("This is not possible with anonymous answers"),
        N_("These answers are anonymous. After sending nobody knows which are yours, so that they cannot be shown, "
           "changed or withdrawn. A section cannot be passed on either."),
    ),
    "open-link": (
        N_("This is not possible with an open link"),
        N_("You came through a link that is open to everybody. Only somebody who was invited by name can pass a "
           "section on."),
    ),
    "too-few-invited": (
        N_("You cannot start yet"),
        N_("Too few people have been invited to keep these answers anonymous. The research team has to solve that "
           "first. Nothing was kept."),
    ),
    "regime-changed": (
        N_("Read the first page again, please"),
        N_("Who gets to see your answers was changed a moment ago. The first page says how it is now. Nothing was "
           "kept."),
    ),
    "being-entered": (
        N_("Your answers are being entered"),
        N_("The research team received your answers on paper or by telephone and is entering them. Did you not answer "
           "on paper or by telephone? Ask the contact person."),
    ),
    "section-passed-on": (
        N_("This section has been passed on already"),
        N_("A colleague has this section. Take it back first if you want to ask somebody else."),
    ),
    "too-many-delegations": (
        N_("No more sections can be passed on"),
        N_("You have passed on a section very often. Ask the research team for help."),
    ),
}  # fmt: skip
"""Code -> title and sentence of what can be told on one page."""


def add_refusals(blueprint: Blueprint) -> None:
    """Word the errors of the respondent's pages."""
    blueprint.register_error_handler(SurveyError, refuse)


def refuse(error: SurveyError) -> tuple[str, int]:
    """The page that says what is the case, and its status."""
    visit = g.get("visit")
    if visit is None or error.code in _UNKNOWN:
        unknown = isinstance(error, NotFound) or error.code in _UNKNOWN
        return (render_template("respond/unknown.html"), 404) if unknown else _plain(error)
    if error.code in _STATES:
        template, status = _STATES[error.code]
        opens = wording.moment(visit.invited.opens_at)
        return render_template(template, visit=visit, opens=opens), status
    if error.code == "already-submitted":
        return render_template("respond/sent.html", visit=visit), _sent_status()
    if error.code == "response-withdrawn":
        until = wording.moment(visit.invited.closes_at)
        return render_template("respond/withdrawn.html", visit=visit, until=until, too_late=True), 409
    if error.code in _REFUSED:
        title, sentence = _REFUSED[error.code]
        page = render_template("respond/refused.html", visit=visit, title=_(title), sentence=_(sentence))
        return page, errors.STATUS[type(error)]
    return _plain(error)


def _plain(error: SurveyError) -> tuple[str, int]:
    return errors.page(errors.STATUS[type(error)], errors.sentence(error))


def _sent_status() -> int:
    """Looking back at a page after sending is fine; an answer that comes too late is refused."""
    return 409 if request.method == "POST" else 200
