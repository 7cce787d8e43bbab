"""Coming in and going out."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import sign_ins
from surveyapp.errors import NotAllowed, NotFound
from surveyapp.queries import users
from surveyapp.web import visitor
from surveyapp.web.account.forms import PasswordForm, SignInForm
from surveyapp.web.database import database, session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import public
from surveyapp.web.words import _

account = Blueprint("account", __name__)


@account.get("/")
@public("leads to the sign-in page")
def home() -> Response:
    """The front door is for staff; respondents have a link of their own."""
    return redirect(url_for("account.sign_in"))


@account.route("/sign-in", methods=["GET", "POST"])
@public("this is the door")
def sign_in() -> str | Response | tuple[str, int]:
    """Ask for address and password; a wrong pair is counted, and says no more than that it is wrong."""
    form = SignInForm(request.form, next=request.args.get("next", ""))
    if request.method != "POST":
        return redirect(url_for("evaluations.index")) if visitor.user() else _door(form)
    if not form.validate():
        return _door(form), 422
    try:
        token = sign_ins.with_password(
            session(),
            email=form.email.data or "",
            password=form.password.data or "",
            secret_key=current_app.config["SECRET_KEY"],
            address=request.remote_addr,
        )
    except NotAllowed as refused:
        form.form_errors.append(sentence(refused))
        return _door(form), 429
    session().commit()
    if token is None:
        form.form_errors.append(_("This combination of e-mail address and password is not known."))
        return _door(form), 422
    return _inside(token, _safe(form.next.data))


def _door(form: SignInForm) -> str:
    return render_template("account/sign_in.html", form=form)


@account.post("/sign-out")
@public("who is not signed in is signed out already")
def sign_out() -> Response:
    """End the session on the server and take the cookie away."""
    token = request.cookies.get(visitor.cookie_name())
    if token:
        sign_ins.end(session(), token=token)
        session().commit()
    response = redirect(url_for("account.sign_in"))
    visitor.forget(response)
    return response


@account.route("/password/<token>", methods=["GET", "POST"])
@public("the link is the key, once")
def password(token: str) -> str | Response | tuple[str, int]:
    """Set a password with a one-time link, and come in."""
    link = users.one_time_link(session(), token)
    if link is None or link.purpose != "password":
        raise NotFound("link-not-valid")
    form = PasswordForm(request.form)
    if request.method != "POST":
        return render_template("account/password.html", form=form, user=link.user)
    if not form.validate():
        return render_template("account/password.html", form=form, user=link.user), 422
    entered = sign_ins.with_new_password(session(), token=token, password=form.password.data or "")
    session().commit()
    return _inside(entered.token, None)


@account.get("/demonstration/<token>")
@public("signs in to a demonstration database, on this machine only")
def demonstration(token: str) -> Response:
    """Sign in at once; the demonstration's own database must allow it, and the visitor must be on this machine."""
    with database().session() as writing:
        entered = sign_ins.with_link(writing, token=token, loopback=_on_this_machine())
        if entered.purpose != "demonstration":
            raise NotFound("link-not-valid")
        writing.commit()
    return _inside(entered.token, _safe(request.args.get("next")))


def _on_this_machine() -> bool:
    """Whether the request itself comes from loopback, and not through a proxy that stands there."""
    forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip"))
    try:
        return ip_address(request.remote_addr or "").is_loopback and not forwarded
    except ValueError:
        return False


def _inside(token: str, address: str | None) -> Response:
    response = redirect(address or url_for("evaluations.index"))
    visitor.remember(response, token)
    return response


def _safe(address: str | None) -> str | None:
    """An address within these pages, or nothing: never lead a visitor to another site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
