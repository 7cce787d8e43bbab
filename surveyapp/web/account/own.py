"""One's own account: name, password, second step, passkeys, and where one is signed in."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form

from surveyapp.access import STAFF_ROLES, Permission, Scope, may
from surveyapp.actions import sessions, users
from surveyapp.actions.second_factors import RECOVERY_CODES
from surveyapp.errors import InvalidContent, NotAllowed
from surveyapp.queries import users as queries
from surveyapp.web import visitor
from surveyapp.web.account import asking, weakness
from surveyapp.web.account.forms import ChangePasswordForm, NameForm, PasskeyForm
from surveyapp.web.account.room import account, come_in_again, secret_key, whoever
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import own_account
from surveyapp.web.rights import role_name
from surveyapp.web.told import tell
from surveyapp.web.words import _


@account.get("/account")
@own_account("shows a visitor's own account")
def own() -> str:
    """Everything at a glance, and what can be changed."""
    return own_page(NameForm(name=whoever().name), PasskeyForm())


def own_page(name: NameForm, passkey: PasskeyForm) -> str:
    """The page of the account, with these forms."""
    user, here = whoever(), visitor.sign_in()
    return render_template(
        "account/own.html",
        faults=[*_faults(name, "own-name", "own-name"), *_faults(passkey, "name", "passkeys")],
        user=user,
        roles=[role_name(role) for role in STAFF_ROLES if role in {grant.role for grant in user.grants}],
        must_show_more=visitor.must_show_more(),
        asks_for_more=visitor.is_asked_for_more(),
        manages=may(visitor.user(), Permission.INSTALLATION_MANAGE, Scope()),
        codes_left=queries.recovery_codes_left(session(), user),
        codes=RECOVERY_CODES,
        protected=queries.has_second_factor(session(), user),
        place=asking.place(),
        passkeys=queries.passkeys(session(), user),
        sign_ins=queries.sign_ins(session(), user),
        here=here.token_hash if here is not None else "",
        name_form=name,
        passkey_form=passkey,
    )


def _faults(form: Form, field: str, whole: str) -> list[tuple[str, str]]:
    """Where each fault of a form is on the page, and what it is."""
    return [(field if name else whole, words) for name, found in form.errors.items() for words in found]


@account.post("/account/name")
@own_account("changes a visitor's own account")
def rename() -> Response | tuple[str, int]:
    """Be called otherwise."""
    form = NameForm(request.form)
    if not form.validate():
        return own_page(form, PasskeyForm()), 422
    users.rename(session(), user=whoever(), name=form.name.data or "", by=whoever())
    session().commit()
    tell(_("Your name has been changed."))
    return redirect(url_for("account.own"), 303)


@account.route("/account/password", methods=["GET", "POST"])
@own_account("changes a visitor's own password, who must type the one that there is")
def change_password() -> str | Response | tuple[str, int]:
    """Another password; every other session ends, and this one goes on with a new key."""
    form, user, here = ChangePasswordForm(request.form), whoever(), visitor.sign_in()
    second_factor = here is not None and here.second_factor
    if user.password_hash is None:
        return redirect(url_for("account.own"), 303)
    if request.method != "POST":
        return render_template("account/change_password.html", form=form)
    if not form.validate():
        return render_template("account/change_password.html", form=form), 422
    try:
        known = users.change_password(
            session(),
            user=user,
            current=form.current.data or "",
            password=form.password.data or "",
            secret_key=secret_key(),
            address=request.remote_addr,
            by=user,
        )
    except InvalidContent as refused:
        form.password.errors = [weakness.sentence(refused)]
        return render_template("account/change_password.html", form=form), 422
    except NotAllowed as refused:
        form.form_errors.append(sentence(refused))
        return render_template("account/change_password.html", form=form), 429
    if not known:
        session().commit()
        form.current.errors = [_("This is not your password of now.")]
        return render_template("account/change_password.html", form=form), 422
    response = come_in_again(user, second_factor=second_factor)
    tell(_("Your password has been changed. Wherever else you were signed in, you are no longer."))
    return response


@account.post("/account/sessions/end")
@own_account("ends a visitor's own session")
def end_session() -> Response:
    """End one session elsewhere; ended before, nothing happens."""
    ended = request.form.get("session", "").replace("\x00", "")
    sessions.end_one(session(), user=whoever(), token_hash=ended, by=whoever())
    session().commit()
    tell(_("That session has ended."))
    return redirect(url_for("account.own") + "#sessions", 303)


@account.post("/account/sessions/end-others")
@own_account("ends a visitor's own sessions")
def end_others() -> Response:
    """End every session but this one."""
    here = visitor.sign_in()
    if here is not None:
        sessions.end_others(session(), user=whoever(), keep=here.token_hash, by=whoever())
        session().commit()
    tell(_("Wherever else you were signed in, you are no longer."))
    return redirect(url_for("account.own") + "#sessions", 303)
