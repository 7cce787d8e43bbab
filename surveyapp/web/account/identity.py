"""Coming in with the account of one's own organisation, at the identity provider of this installation."""

from typing import Final

import flask
from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.actions import identities
from surveyapp.errors import NotAllowed, NotFound, SurveyError, Unavailable
from surveyapp.web import installation
from surveyapp.web.account.provider import Begun, Provider, Told
from surveyapp.web.account.room import account, come_in, device_in_words, safe
from surveyapp.web.database import writing
from surveyapp.web.errors import STATUS
from surveyapp.web.guard import public
from surveyapp.web.words import N_, _

_NOTE: Final = "provider"
_EXTENSION: Final = "surveyapp.provider"
VISIT: Final = 600
"""Seconds that a visit to the provider may take."""
_SENTENCES: Final = {
    "provider-away": N_("%(provider)s does not answer at the moment. Try again in a few minutes."),
    "provider-refused": N_("%(provider)s did not sign you in. Try again, or ask who looks after your account there."),
    "provider-not-trusted": N_("The answer of %(provider)s was not right, so you were not signed in. Try again."),
    "visit-expired": N_("Signing in took too long, or was done already. Try again."),
    "no-right-yet": N_(
        "%(provider)s knows you, but nobody has given you a right here yet. Ask your researcher to invite you, with "
        "the e-mail address of your account there."
    ),
    "identity-taken": N_(
        "Your account here belongs to another account at %(provider)s. Ask the owner of this installation."
    ),
    "account-disabled": N_("Your account lets nobody in any more. Ask the owner of this installation."),
}


@account.get("/sign-in/provider")
@public("this is the door")
def to_provider() -> Response | tuple[str, int]:
    """Off to the provider, with a note of what to compare when the visitor is back."""
    provider = _provider()
    try:
        begun = provider.begin(_back())
    except (NotAllowed, Unavailable) as problem:
        return _outside(problem)
    target = safe(request.args.get("next")) or ""
    kept = [begun.state, begun.nonce, begun.verifier, target, int(clock.now().timestamp())]
    flask.session[_NOTE] = kept
    return redirect(begun.address)


@account.get("/sign-in/provider/back")
@public("this is the door")
def from_provider() -> Response | tuple[str, int]:
    """Back from the provider: in, if everything is right; the note is used once."""
    provider = _provider()
    note = flask.session.pop(_NOTE, None)
    if not isinstance(note, list) or clock.now().timestamp() > note[4] + VISIT:
        return _outside(NotAllowed("visit-expired"))
    begun, target = Begun("", *note[:3]), note[3]
    try:
        told = provider.finish(begun, request.args.to_dict(), _back())
        return _inside(provider, told, target)
    except (NotAllowed, Unavailable) as problem:
        return _outside(problem)


def _inside(provider: Provider, told: Told, target: str) -> Response:
    """In, with the rights that the provider's groups give."""
    entered = identities.come_in(
        writing(),
        issuer=told.issuer,
        subject=told.subject,
        email=told.email,
        name=told.name,
        groups=told.groups,
        mapping=provider.known.groups,
        second_factor=told.second_factor,
        device=device_in_words(),
    )
    return come_in(entered, target)


def _outside(problem: SurveyError) -> tuple[str, int]:
    """Not in, and why, with what to do."""
    sentence = _(_SENTENCES[problem.code], provider=_provider().known.name)
    current_app.logger.info("signing in at the provider: %s", problem.code)
    return render_template("account/not_signed_in.html", sentence=sentence), STATUS[type(problem)]


def _back() -> str:
    return f"{current_app.config['BASE_URL']}{url_for('account.from_provider')}"


def _provider() -> Provider:
    """The provider of this installation, with what is known of it; raises ``NotFound`` where there is none."""
    known = installation.settings().identity_provider
    if known is None:
        raise NotFound("page")
    found: Provider = current_app.extensions.setdefault(_EXTENSION, Provider(known))
    return found
