"""Coming in with a passkey, alone or as the second step."""

from flask import Response as Answer
from flask import render_template, request
from werkzeug.wrappers import Response

from surveyapp.actions import passkeys, sign_ins
from surveyapp.errors import NotAllowed, NotFound
from surveyapp.queries import users
from surveyapp.web.account import asking
from surveyapp.web.account.forms import CodeForm, SignInForm
from surveyapp.web.account.room import account, come_in, device_in_words, halfway, secret_key
from surveyapp.web.account.views import door
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import public
from surveyapp.web.words import _


@account.post("/sign-in/passkey/question")
@public("this is the door")
def passkey_question() -> Answer:
    """What the browser must sign: at the door with any passkey of this host, halfway with one of theirs."""
    at = _place()
    state, _target = halfway()
    if request.form.get("step") != "second":
        return asking.ask(passkeys.to_sign_in(at), "sign-in")
    user = sign_ins.of_halfway(session(), state, secret_key())
    return asking.ask(passkeys.to_sign_in(at, users.passkeys(session(), user)), "second-step")


@account.post("/sign-in/passkey")
@public("this is the door")
def with_passkey() -> Response | tuple[str, int]:
    """Come in with what the browser signed; what is wrong with it is counted and not told."""
    second = request.form.get("step") == "second"
    state, target = halfway()
    asked = asking.asked("second-step" if second else "sign-in")
    if asked is None:
        return _refuse(second, _refused()), 422
    try:
        entered = sign_ins.with_passkey(
            session(),
            at=_place(),
            asked=asked,
            credential=request.form.get("credential", ""),
            secret_key=secret_key(),
            state=state if second else None,
            address=request.remote_addr,
            device=device_in_words(),
        )
    except NotAllowed as refused:
        return _refuse(second, sentence(refused)), 429
    if entered is None:
        session().commit()
        return _refuse(second, _refused()), 422
    return come_in(entered, target if second else request.form.get("next"))


def _refuse(second: bool, words: str) -> str:
    if second:
        code = CodeForm()
        code.form_errors.append(words)
        return render_template("account/second_step.html", form=code, with_app=True, with_passkey=True)
    form = SignInForm(next=request.form.get("next", ""))
    form.form_errors.append(words)
    return door(form)


def _refused() -> str:
    return _("This passkey was not accepted. Try again, or sign in in another way.")


def _place() -> passkeys.Place:
    at = asking.place()
    if at is None:
        raise NotFound("page")
    return at
