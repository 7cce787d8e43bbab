"""Links with which a colleague chooses a password: by mail where this installation sends any, else to pass on."""

from typing import Any, Final

from flask import current_app, url_for

from surveyapp import clock
from surveyapp.actions import mails, sign_ins
from surveyapp.models import User
from surveyapp.web.account import once
from surveyapp.web.database import session
from surveyapp.web.formats import moment
from surveyapp.web.told import tell
from surveyapp.web.words import _

_KEPT: Final = "link"


def sends_mail() -> bool:
    """Whether this installation sends mail."""
    return bool(current_app.config["SENDS_MAIL"])


def hand_out(user: User, by: User) -> None:
    """Send this user a link, or keep one for the next page to show once."""
    if sends_mail():
        mails.for_user(session(), user=user, by=by)
        tell(_("A link has been sent to %(email)s. It works once.", email=user.email))
        return
    expires = clock.now() + sign_ins.link_lasts(user)
    token = sign_ins.one_time_link(session(), user=user, purpose="password", expires_at=expires, by=by)
    address = current_app.config["BASE_URL"] + url_for("account.password", token=token)
    once.keep(_KEPT, {"name": user.name, "email": user.email, "address": address, "until": moment(expires)})


def to_pass_on() -> Any:  # noqa: ANN401 - a template reads it
    """The link that was just made: ``name``, ``email`` and ``address``; asked again, there is none."""
    return once.take(_KEPT)
