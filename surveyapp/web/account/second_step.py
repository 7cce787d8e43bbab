"""The second step of signing in: a code of an app, a recovery code, or a passkey."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import sign_ins
from surveyapp.errors import NotAllowed
from surveyapp.models import User
from surveyapp.queries import users
from surveyapp.web.account import asking
from surveyapp.web.account.forms import CodeForm
from surveyapp.web.account.room import account, come_in, device_in_words, halfway, secret_key, turn_back
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import public
from surveyapp.web.words import _


@account.route("/sign-in/second-step", methods=["GET", "POST"])
@public("who has shown a password has a signed note of that, and no more")
def second_step() -> str | Response | tuple[str, int]:
    """Ask for a code; a wrong one is counted."""
    state, target = halfway()
    try:
        user = sign_ins.of_halfway(session(), state, secret_key())
    except NotAllowed:
        turn_back()
        return redirect(url_for("account.sign_in"), 303)
    form = CodeForm(request.form)
    if request.method != "POST":
        return _page(form, user)
    if not form.validate():
        return _page(form, user), 422
    try:
        entered = sign_ins.with_code(
            session(),
            state=state,
            code=form.code.data or "",
            secret_key=secret_key(),
            address=request.remote_addr,
            device=device_in_words(),
        )
    except NotAllowed as refused:
        form.form_errors.append(sentence(refused))
        return _page(form, user), 429
    if entered is None:
        session().commit()
        form.code.errors = [_("This code is not right, or was used before. Wait for the next code and type that one.")]
        return _page(form, user), 422
    return come_in(entered, target)


def _page(form: CodeForm, user: User) -> str:
    passkey = asking.place() is not None and bool(users.passkeys(session(), user))
    return render_template(
        "account/second_step.html", form=form, with_app=user.totp_secret is not None, with_passkey=passkey
    )
