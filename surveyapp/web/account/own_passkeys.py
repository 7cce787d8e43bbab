"""One's own passkeys: adding, naming and removing them."""

from flask import Response as Answer
from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import passkeys, second_factors, sessions
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.queries import users
from surveyapp.web import visitor
from surveyapp.web.account import asking, once
from surveyapp.web.account.forms import NameForm, PasskeyForm
from surveyapp.web.account.own import own_page
from surveyapp.web.account.room import account, fresh, secret_key, whoever
from surveyapp.web.account.two_steps import CODES
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import own_account
from surveyapp.web.told import tell
from surveyapp.web.words import _


@account.post("/account/passkeys/question")
@own_account("changes a visitor's own account")
@fresh
def new_passkey_question() -> Answer:
    """What the browser must sign to make a key."""
    at = asking.place()
    if at is None:
        raise NotFound("page")
    return asking.ask(passkeys.to_register(session(), user=whoever(), at=at, secret_key=secret_key()), "register")


@account.post("/account/passkeys")
@own_account("changes a visitor's own account")
@fresh
def add_passkey() -> Response | tuple[str, int]:
    """Keep the key that the browser made."""
    form, at, asked, here = PasskeyForm(request.form), asking.place(), asking.asked("register"), visitor.sign_in()
    if at is None or here is None:
        raise NotFound("page")
    if not form.validate():
        return own_page(_name(), form), 422
    first = not users.has_second_factor(session(), whoever())
    try:
        if asked is None:
            raise InvalidContent("passkey-refused")
        passkeys.register(
            session(),
            user=whoever(),
            at=at,
            asked=asked,
            credential=request.form.get("credential", ""),
            name=form.name.data or "",
            by=whoever(),
        )
    except (InvalidContent, WrongState) as refused:
        form.form_errors.append(sentence(refused))
        return own_page(_name(), form), 422
    sessions.strengthen(session(), sign_in=here)
    if first:
        sessions.end_others(session(), user=whoever(), keep=here.token_hash, by=whoever())
        once.keep(CODES, _codes())
    session().commit()
    tell(_("The passkey has been added. From now on you can sign in with it."))
    return redirect(url_for("account.recovery_codes") if first else url_for("account.own") + "#passkeys", 303)


@account.post("/account/passkeys/<int:number>/rename")
@own_account("changes a visitor's own account")
def rename_passkey(number: int) -> Response:
    """Call a passkey otherwise."""
    name = request.form.get("name", "").replace("\x00", "")
    if name.strip():
        passkeys.rename(session(), user=whoever(), number=number, name=name, by=whoever())
        session().commit()
        tell(_("The passkey has another name now."))
    return redirect(url_for("account.own") + "#passkeys", 303)


@account.post("/account/passkeys/<int:number>/remove")
@own_account("changes a visitor's own account")
@fresh
def remove_passkey(number: int) -> Response:
    """Let nobody in with this key any more."""
    try:
        passkeys.remove(session(), user=whoever(), number=number, by=whoever())
    except NotFound:  # pressed twice
        return redirect(url_for("account.own") + "#passkeys", 303)
    session().commit()
    tell(_("The passkey has been removed. You can delete it from your device too."))
    return redirect(url_for("account.own") + "#passkeys", 303)


def _codes() -> list[str]:
    return second_factors.renew_recovery_codes(session(), user=whoever(), secret_key=secret_key(), by=whoever())


def _name() -> NameForm:
    return NameForm(name=whoever().name)
