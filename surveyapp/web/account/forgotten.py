"""Asking for a link because a password is forgotten: whatever the address, the answer is the same."""

import time
from typing import Final

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import attempts, mails
from surveyapp.errors import NotAllowed
from surveyapp.queries import users
from surveyapp.web.account import links
from surveyapp.web.account.forms import ForgottenForm
from surveyapp.web.account.room import account, secret_key
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import public

TAKES: Final = 0.3
"""Seconds that the answer takes at least, so that time does not tell whether there is such an account."""


@account.route("/sign-in/forgotten", methods=["GET", "POST"])
@public("who forgot a password cannot sign in")
def forgotten() -> str | Response | tuple[str, int]:
    """Send a link to this address, if it is of an account; without mail, say whom to ask."""
    form, began = ForgottenForm(request.form), time.monotonic()
    if request.method != "POST" or not links.sends_mail():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        _send(form.email.data or "")
    except NotAllowed as refused:
        form.form_errors.append(sentence(refused))
        return _page(form), 429
    time.sleep(max(0.0, TAKES - (time.monotonic() - began)))
    return redirect(url_for("account.forgotten", sent="yes"), 303)


def _send(email: str) -> None:
    """Counts every request, so that nobody's letter box is filled; commits."""
    names = [attempts.who("forgotten", users.normal(email), secret_key())]
    names.append(attempts.who("address", request.remote_addr or "", secret_key()))
    attempts.must_wait_no_longer(session().connection(), names)
    attempts.failed(session(), names)
    user = users.by_email(session(), email)
    if user is not None and user.disabled_at is None:
        mails.for_user(session(), user=user, by=None)
    session().commit()


def _page(form: ForgottenForm) -> str:
    sent = bool(request.args.get("sent"))
    return render_template("account/forgotten.html", form=form, sent=sent, sends_mail=links.sends_mail())
