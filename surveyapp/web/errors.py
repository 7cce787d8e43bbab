"""Every error as a page in the visitor's language, without a trace of the inside."""

import logging
from typing import Final

from flask import Flask, render_template
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException

from surveyapp import errors
from surveyapp.web.words import _

_log = logging.getLogger(__name__)

STATUS: Final[dict[type[errors.SurveyError], int]] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.WrongState: 409,
    errors.InvalidContent: 422,
    errors.InvalidAnswer: 422,
    errors.TooFew: 403,
    errors.Unavailable: 503,
}

_SENTENCES: Final = {
    "wave-closed": lazy_gettext("Answering is no longer possible: the questionnaire is closed."),
    "wave-planned": lazy_gettext("Answering is not possible yet: the questionnaire has not opened."),
    "already-submitted": lazy_gettext("These answers have been sent in and can no longer be changed."),
    "already-published": lazy_gettext("These results have been published already."),
    "nothing-answered": lazy_gettext("Nothing has been answered yet. Answer at least one question before you send."),
    "too-many-attempts": lazy_gettext("Too many attempts. Try again in %(seconds)s seconds."),
}
_TITLES: Final = {
    400: lazy_gettext("This request cannot be understood"),
    403: lazy_gettext("You may not see this page"),
    404: lazy_gettext("This page does not exist"),
    409: lazy_gettext("This is not possible now"),
    410: lazy_gettext("This page is no longer here"),
    413: lazy_gettext("This is too much at once"),
    422: lazy_gettext("Something is not right in what was sent"),
    500: lazy_gettext("Something went wrong on our side"),
    503: lazy_gettext("This does not work at the moment"),
}
_ADVICE: Final = {
    400: lazy_gettext("Go back, load the page again and try once more."),
    403: lazy_gettext("Ask the research team if you think that you should have access."),
    404: lazy_gettext("Check the address, or use the link in the message that you received."),
    410: lazy_gettext("Ask the person who sent you the link."),
    500: lazy_gettext("It has been noted. What you saved before is kept. Try again in a few minutes."),
    503: lazy_gettext("Try again in a few minutes."),
}


def add_error_pages(app: Flask) -> None:
    """Word and log errors; nothing a user sees shows what went wrong inside."""
    app.register_error_handler(errors.SurveyError, _survey_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def sentence(error: errors.SurveyError) -> str:
    """What a person reads about this error; a code without words of its own gets the advice of its status."""
    worded = _SENTENCES.get(error.code)
    if worded is None:
        return _advice(STATUS[type(error)])
    return str(worded) % error.details if error.details else str(worded)


def page(status: int, sentence: str | None = None) -> tuple[str, int]:
    """The error page of this status."""
    title = str(_TITLES.get(status, _TITLES[400 if status < 500 else 500]))
    return render_template("error.html", title=title, sentence=sentence or _advice(status)), status


def _advice(status: int) -> str:
    return str(_ADVICE.get(status, _("Go back and try again.")))


def _survey_error(error: errors.SurveyError) -> tuple[str, int]:
    return page(STATUS[type(error)], sentence(error))


def _http_error(error: HTTPException) -> tuple[str, int]:
    return page(error.code or 500)


def _unexpected(error: Exception) -> tuple[str, int]:
    """Logged with its trace, but without the address, which may hold an invitation's token."""
    _log.error("an unexpected error", exc_info=error)
    return page(500)
