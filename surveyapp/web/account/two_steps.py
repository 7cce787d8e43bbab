"""Turning the second step on and off, and recovery codes."""

import io
from typing import Final

import segno
from flask import Response as Answer
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import second_factors, sessions
from surveyapp.errors import InvalidContent, NotAllowed, NotFound
from surveyapp.queries import users
from surveyapp.web import visitor
from surveyapp.web.account import once
from surveyapp.web.account.forms import CodeForm, TurnOffForm
from surveyapp.web.account.room import account, fresh, secret_key, whoever
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import own_account
from surveyapp.web.told import tell
from surveyapp.web.words import _

_OFFER: Final = "offer"
CODES: Final = "codes"


@account.post("/account/two-steps")
@own_account("changes a visitor's own account")
@fresh
def begin_two_steps() -> Response:
    """Offer a new secret, which counts only once a code of it was typed."""
    if whoever().totp_secret is None:
        once.keep(_OFFER, [whoever().id, second_factors.offer()])
    return redirect(url_for("account.two_steps"), 303)


@account.get("/account/two-steps")
@own_account("shows a visitor's own account")
def two_steps() -> str | Response:
    """The secret to scan, or, where the second step is on, how to turn it off."""
    if whoever().totp_secret is not None:
        return _turning_off(TurnOffForm())
    return _turning_on(CodeForm()) if _offered() else redirect(url_for("account.own"), 303)


@account.get("/account/two-steps/qr-code.svg")
@own_account("shows a visitor's own secret, until it is in use")
def two_steps_code() -> Answer:
    """The secret for the camera of a telephone."""
    secret = _offered()
    if not secret:
        raise NotFound("page")
    drawn = io.BytesIO()
    address = second_factors.address(secret, whoever())
    segno.make(address, micro=False, error="m").save(drawn, kind="svg", scale=5, border=4, light="#fff")
    return Answer(drawn.getvalue(), mimetype="image/svg+xml")


@account.post("/account/two-steps/on")
@own_account("changes a visitor's own account")
@fresh
def turn_on() -> Response | tuple[str, int]:
    """Turn it on with a first code; asked twice, it is on."""
    secret, form, here = _offered(), CodeForm(request.form), visitor.sign_in()
    if not secret or here is None or whoever().totp_secret is not None:
        return redirect(url_for("account.own"), 303)
    if not form.validate():
        return _turning_on(form), 422
    try:
        codes = second_factors.turn_on(
            session(), user=whoever(), secret=secret, code=form.code.data or "", secret_key=secret_key(), by=whoever()
        )
    except InvalidContent:
        form.code.errors = [_("This code is not right. Look in the app for the code of now, and check its clock.")]
        return _turning_on(form), 422
    sessions.strengthen(session(), sign_in=here)
    sessions.end_others(session(), user=whoever(), keep=here.token_hash, by=whoever())
    session().commit()
    once.take(_OFFER)
    once.keep(CODES, codes)
    tell(_("Signing in with a second step is on. Wherever else you were signed in, you are no longer."))
    return redirect(url_for("account.recovery_codes"), 303)


@account.post("/account/two-steps/off")
@own_account("changes a visitor's own account, who must show password and code")
def turn_off() -> Response | tuple[str, int]:
    """Turn it off with password and code."""
    form, user = TurnOffForm(request.form), whoever()
    if user.totp_secret is None:
        return redirect(url_for("account.own"), 303)
    if not form.validate():
        return _turning_off(form), 422
    try:
        done = second_factors.turn_off(
            session(),
            user=user,
            password=form.current.data or "",
            code=form.code.data or "",
            secret_key=secret_key(),
            address=request.remote_addr,
            by=user,
        )
    except NotAllowed as refused:
        form.form_errors.append(sentence(refused))
        return _turning_off(form), 429
    session().commit()
    if not done:
        form.form_errors.append(_("Password or code is not right. A code that was used before does not work again."))
        return _turning_off(form), 422
    tell(_("Signing in with a second step is off."))
    return redirect(url_for("account.own"), 303)


@account.get("/account/recovery-codes")
@own_account("shows a visitor's own codes, once")
def recovery_codes() -> str | Response:
    """The codes that were just made; looked at again, only how many are left."""
    codes = once.take(CODES)
    left = users.recovery_codes_left(session(), whoever())
    return render_template("account/recovery_codes.html", codes=codes, left=left, protected=_protected())


@account.post("/account/recovery-codes")
@own_account("changes a visitor's own account")
@fresh
def renew_recovery_codes() -> Response:
    """Make ten new codes; the old ones work no longer."""
    if not _protected():
        return redirect(url_for("account.own"), 303)
    codes = second_factors.renew_recovery_codes(session(), user=whoever(), secret_key=secret_key(), by=whoever())
    session().commit()
    once.keep(CODES, codes)
    return redirect(url_for("account.recovery_codes"), 303)


def _protected() -> bool:
    return users.has_second_factor(session(), whoever())


def _offered() -> str:
    """The secret that was offered to this visitor; empty where there is none."""
    kept = once.look(_OFFER)
    return str(kept[1]) if kept and kept[0] == whoever().id else ""


def _turning_on(form: CodeForm) -> str:
    secret = _offered()
    parts = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    return render_template("account/turn_on.html", form=form, secret=" ".join(parts))


def _turning_off(form: TurnOffForm) -> str:
    return render_template("account/turn_off.html", form=form, with_password=whoever().password_hash is not None)
