"""Coming in with a password or a link, and going out."""

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import attempts, passkeys, sign_ins
from surveyapp.errors import InvalidContent, NotAllowed, NotFound
from surveyapp.models import OneTimeLink
from surveyapp.queries import users
from surveyapp.web import installation, visitor
from surveyapp.web.account import weakness
from surveyapp.web.account.forms import PasswordForm, SignInForm
from surveyapp.web.account.room import account, come_in, device_in_words, on_this_machine, safe, secret_key
from surveyapp.web.database import database, session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import public
from surveyapp.web.words import _


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
        inside = visitor.somebody() is not None and not request.args.get("again")
        return redirect(url_for("evaluations.index" if visitor.user() else "account.own")) if inside else door(form)
    if not form.validate():
        return door(form), 422
    try:
        entered = sign_ins.with_password(
            session(),
            email=form.email.data or "",
            password=form.password.data or "",
            secret_key=secret_key(),
            address=request.remote_addr,
            device=device_in_words(),
        )
    except NotAllowed as refused:
        form.form_errors.append(sentence(refused))
        return door(form), 429
    if entered is None:
        session().commit()
        form.form_errors.append(_("This combination of e-mail address and password is not known."))
        return door(form), 422
    return come_in(entered, form.next.data)


def door(form: SignInForm) -> str:
    """The sign-in page."""
    with_passkey = passkeys.place(current_app.config["BASE_URL"]) is not None
    provider = installation.settings().identity_provider
    return render_template(
        "account/sign_in.html",
        form=form,
        with_passkey=with_passkey,
        provider=provider.name if provider is not None else None,
        again=request.args.get("again"),
    )


@account.post("/sign-out")
@public("who is not signed in is signed out already")
def sign_out() -> Response:
    """End the session on the server, take the cookie away, and let the browser wipe notes that it still stores."""
    if visitor.token():
        sign_ins.end(session(), token=visitor.token())
        session().commit()
    response = redirect(url_for("account.sign_in"))
    response.headers["Clear-Site-Data"] = '"storage"'
    visitor.forget(response)
    return response


@account.route("/password/<token>", methods=["GET", "POST"])
@public("the link is the key, once")
def password(token: str) -> str | Response | tuple[str, int]:
    """Set a password with a one-time link, and come in."""
    link = _link(token)
    form = PasswordForm(request.form)
    if request.method != "POST":
        return render_template("account/password.html", form=form, user=link.user)
    if not form.validate():
        return render_template("account/password.html", form=form, user=link.user), 422
    try:
        entered = sign_ins.with_new_password(
            session(), token=token, password=form.password.data or "", device=device_in_words()
        )
    except InvalidContent as refused:
        form.password.errors = [weakness.sentence(refused)]
        return render_template("account/password.html", form=form, user=link.user), 422
    return come_in(entered, None)


def _link(token: str) -> OneTimeLink:
    """The link while it can be used. Who tries many that do not exist has to wait, as at the door."""
    names = [attempts.who("address", request.remote_addr or "", secret_key())]
    attempts.must_wait_no_longer(session().connection(), names)
    link = users.one_time_link(session(), token)
    if link is not None and link.purpose == "password":
        return link
    session().rollback()
    with database().session() as counting:
        attempts.failed(counting, names)
        counting.commit()
    raise NotFound("link-not-valid")


@account.get("/demonstration/<token>")
@public("signs in to a demonstration database, on this machine only")
def demonstration(token: str) -> Response:
    """Sign in at once; the demonstration's own database must allow it, and the visitor must be on this machine."""
    with database().session() as writing:
        entered = sign_ins.with_link(writing, token=token, loopback=on_this_machine(), device=device_in_words())
        if entered.token is None or entered.purpose != "demonstration":
            raise NotFound("link-not-valid")
        writing.commit()
    response = redirect(safe(request.args.get("next")) or url_for("evaluations.index"))
    visitor.remember(response, entered.token)
    return response
