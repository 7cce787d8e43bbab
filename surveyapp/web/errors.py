"""Every error as a page in the visitor's language, without a trace of the inside."""

import logging
from typing import Final

from flask import Flask, current_app, render_template
from werkzeug.exceptions import HTTPException

from surveyapp import errors
from surveyapp.web import visitor
from surveyapp.web.words import N_, _

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
    "wave-closed": N_("Answering is no longer possible: the questionnaire is closed."),
    "wave-not-open": N_("Answering is not possible yet: the questionnaire has not opened."),
    "already-submitted": N_("These answers have been sent in and can no longer be changed."),
    "already-published": N_("These results have been published already."),
    "nothing-answered": N_("Nothing has been answered yet. Answer at least one question before you send."),
    "wave-still-open": N_("The questionnaire is still open. Close the wave first; then the results can be published."),
    "anonymous-wave": N_(
        "People answer anonymously in this wave. Everybody sees protected results only, after closing and publishing."
    ),
    "nobody-enters-anonymous": N_(
        "These answers are anonymous, so nobody enters them for another. Everybody answers with their own link."
    ),
    "begun-online": N_("This invitee has begun to answer with their own link. What they filled in is theirs alone."),
    "open-link-entry": N_("Only answers of people who were invited by name can be entered."),
    "not-sent": N_("This response has not been sent in, so there is nothing to exclude."),
    "already-excluded": N_("This response has been excluded already."),
    "not-excluded": N_("This response is not excluded."),
    "not-being-entered": N_("Nothing is being entered for this invitee now."),
    "group-not-there": N_(
        "This wave is anonymous and somebody has begun to answer. Nobody can be invited any more in a role and "
        "organisation in which nobody was invited before."
    ),
    "too-few-invited": N_(
        "In an anonymous wave at least %(least)s people must be invited for each organisation. Invite more people for "
        "%(organisations)s, or choose another regime."
    ),
    "role-keys-unfit": N_(
        "These roles have to be kept together, and their keys are too long (more than %(most)s characters) or too much "
        "alike: %(roles)s. Give them other keys in the questionnaire."
    ),
    "already-closed": N_("The wave has been closed already."),
    "wave-not-closed": N_("The wave is not closed, so it cannot be reopened."),
    "already-opened": N_("The wave has been opened already."),
    "wave-frozen": N_("The wave was opened, so this cannot change any more."),
    "wave-being-set-up": N_("A wave is being set up already. Open that one first."),
    "being-published": N_("The results are being published at this moment. After that the wave cannot be reopened."),
    "study-frozen": N_("The client and the name in the address stand: people were told them when the wave was opened."),
    "organisations-frozen": N_(
        "The organisations stand since the wave was opened. In a next wave others can take part."
    ),
    "organisation-in-use": N_(
        "%(organisation)s cannot be removed: people of it were invited, it has an open link, it answered before, or "
        "somebody has a right to read its results. Remove those first."
    ),
    "slug-taken": N_("Another study has the name “%(slug)s” in its address already. Choose another one."),
    "roles-with-people": N_("People were invited in roles that this questionnaire does not have: %(roles)s."),
    "not-later": N_("The new last day must lie after the one that people were told."),
    "closes-in-the-past": N_("The last day lies in the past."),
    "closes-before-opening": N_("The last day lies before the day on which it opens."),
    "link-not-valid": N_("This link does not work any more. Ask for a new link."),
    "role-invited": N_(
        "People were invited by name in this role. A role answers either by invitation or through an open link."
    ),
    "role-open": N_("This role answers through an open link. A role answers either by invitation or through a link."),
    "no-open-role": N_("People were invited by name in every role, so there is no role left to choose."),
    "open-link-exists": N_("There is a link for this role and place already. Use that one, or withdraw it first."),
    "open-link-ended": N_("This link was withdrawn. Ask the person who gave you the link."),
    "most-impossible": N_("Fill in a number from 1 to %(largest)s, or nothing for no limit."),
    "account-disabled": N_("This account lets nobody in any more. Ask whoever manages this installation."),
    "second-step-expired": N_("This took too long, or your password has changed. Sign in again."),
    "second-factor-on": N_("The second step is on already."),
    "passkey-refused": N_("This passkey was not accepted. Try again."),
    "passkey-known": N_("This passkey has been added already."),
    "too-many-passkeys": N_("You have %(most)s passkeys. Remove one first."),
    "unusable-email": N_("This cannot be an e-mail address."),
    "email-taken": N_("There is an account with this e-mail address already."),
    "name-missing": N_("Fill in a name."),
    "organisation-missing": N_("Choose at least one organisation for this role."),
    "last-owner": N_("This is the only owner who can come in. Make somebody else an owner first."),
    "own-account": N_("You cannot disable your own account."),
    "link-by-owner": N_(
        "This person has come in before, or has rights elsewhere. Only an owner of this installation can make a link."
    ),
    "too-busy": N_("Many people are signing in at this moment. Try again in a minute."),
    "already-there": N_("Somebody with this e-mail address is on the list already for this organisation and role."),
    "has-answered": N_("This person has sent answers. Who has answered cannot be replaced or taken off the list."),
    "group-stands": N_(
        "This wave is anonymous and somebody has begun to answer. Nobody can be taken out of a group any more: the "
        "group would become smaller than was promised. You can let somebody else take this person's place."
    ),
    "link-ended": N_("This link has ended. Give this person a new link first."),
    "link-of-anonymous": N_(
        "This wave is anonymous and somebody has begun to answer. Links are shown to nobody any more, because whoever "
        "has a link can see what was filled in with it."
    ),
    "no-file": N_("Choose a file that is not empty."),
    "file-too-large": N_("The file is larger than %(most)s MB. Spread the list over more files."),
    "people-being-let-in": N_("This list is being let in at this moment."),
    "people-file": N_("This list is no longer here. Choose the file again."),
    "too-many-attempts": N_("Too many attempts. Try again in %(seconds)s seconds."),
}
_TITLES: Final = {
    400: N_("This request cannot be understood"),
    403: N_("You may not see this page"),
    404: N_("This page does not exist"),
    405: N_("This cannot be done at this address"),
    409: N_("This is not possible now"),
    410: N_("This page is no longer here"),
    413: N_("This is too much at once"),
    422: N_("Something is not right in what was sent"),
    500: N_("Something went wrong on our side"),
    503: N_("This does not work at the moment"),
}
_TITLES_BY_CODE: Final = {
    "link-not-valid": N_("This link does not work"),
    "too-many-attempts": N_("Wait a moment"),
}
"""Where the title of the status would say something else than the sentence."""

_ADVICE: Final = {
    400: N_("Go back, load the page again and try once more."),
    403: N_("Ask the research team if you think that you should have access."),
    404: N_("Check the address, or use the link in the message that you received."),
    405: N_("Go back, load the page again and use the buttons on it."),
    410: N_("Ask the person who sent you the link."),
    413: N_("Go back and send less text at once."),
    500: N_("It has been noted. What you saved before is kept. Try again in a few minutes."),
    503: N_("Try again in a few minutes."),
}
_OTHERWISE: Final = N_("Go back and try again.")
_TELLING: Final = frozenset({"Allow", "Retry-After"})
"""Headers of an error that tell a program what it can do."""


def add_error_pages(app: Flask) -> None:
    """Word and log errors; nothing a user sees shows what went wrong inside."""
    app.register_error_handler(errors.SurveyError, _survey_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def sentence(error: errors.SurveyError) -> str:
    """What a person reads about this error; a code without words of its own gets the advice of its status."""
    worded = _SENTENCES.get(error.code)
    if worded is None:
        return advice(STATUS[type(error)])
    return _(worded, **error.details)


def page(status: int, sentence: str | None = None, title: str | None = None) -> tuple[str, int]:
    """The error page of this status; without a ``title`` of its own the usual one."""
    title = title or _TITLES.get(status, _TITLES[400 if status < 500 else 500])
    worded = sentence or advice(status)
    return render_template("error.html", title=_(title), sentence=worded, way_back=_way_back()), status


def advice(status: int) -> str:
    """What somebody can do about an error of this status."""
    return _(_ADVICE.get(status, _OTHERWISE))


def _way_back() -> str | None:
    """The view that somebody who works here goes on from; by the cookie alone, as the database may be what failed."""
    view = "evaluations.index"
    return view if visitor.token() and view in current_app.view_functions else None


def _survey_error(error: errors.SurveyError) -> tuple[str, int]:
    return page(STATUS[type(error)], sentence(error), _TITLES_BY_CODE.get(error.code))


def _http_error(error: HTTPException) -> tuple[str, int, dict[str, str]]:
    telling = {name: value for name, value in error.get_headers() if name in _TELLING}
    return *page(error.code or 500), telling


def _unexpected(error: Exception) -> tuple[str, int]:
    """Logged with its trace, but without the address, which may hold an invitation's token."""
    _log.error("an unexpected error", exc_info=error)
    return page(500)
