"""The accounts, and letting people in or out."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.access import OWNER, Permission, Scope
from surveyapp.actions import second_factors
from surveyapp.actions import users as verbs
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import User
from surveyapp.queries import users as queries
from surveyapp.web import visitor
from surveyapp.web.account import links
from surveyapp.web.account.room import fresh
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import needs
from surveyapp.web.rights import role_name
from surveyapp.web.told import tell
from surveyapp.web.users.forms import OwnerForm
from surveyapp.web.words import _

users = Blueprint("users", __name__, url_prefix="/users")


def _everywhere(**_arguments: object) -> Scope:
    return Scope()


_owner = needs(Permission.INSTALLATION_MANAGE, on=_everywhere)


@dataclass(frozen=True)
class Row:
    """An account as the page shows it."""

    user: User
    roles: str
    studies: int
    is_owner: bool
    has_entered: bool
    protected: bool
    oneself: bool


@users.get("")
@_owner
def index() -> str:
    """Everybody, and the link that was just made, once."""
    return _page(OwnerForm())


@users.post("")
@_owner
@fresh
def add_owner() -> Response | tuple[str, int]:
    """Make somebody an owner, with an account if they have none."""
    form = OwnerForm(request.form)
    if not form.validate():
        return _page(form), 422
    known = queries.by_email(session(), form.email.data or "") is not None
    try:
        user = verbs.make_owner(session(), email=form.email.data or "", name=form.name.data or "", by=visitor.user())
    except InvalidContent as refused:
        form.email.errors = [sentence(refused)]
        return _page(form), 422
    if not known:
        links.hand_out(user, by=_visitor())
    session().commit()
    tell(_("%(name)s is an owner now.", name=user.name))
    return _back()


@users.post("/<int:number>/disable")
@_owner
def disable(number: int) -> Response | tuple[str, int]:
    """Let this account in no longer."""
    return _change(number, verbs.disable, _("This account lets nobody in any more."))


@users.post("/<int:number>/enable")
@_owner
def enable(number: int) -> Response | tuple[str, int]:
    """Let this account in again."""
    return _change(number, verbs.enable, _("This account lets in again."))


@users.post("/<int:number>/reset-second-factor")
@_owner
@fresh
def reset_second_factor(number: int) -> Response | tuple[str, int]:
    """For who lost telephone, passkeys and recovery codes."""
    return _change(number, second_factors.reset, _("The second step of this account has been taken away."))


@users.post("/<int:number>/end-ownership")
@_owner
@fresh
def end_ownership(number: int) -> Response | tuple[str, int]:
    """Take the owner's right away; those in studies stay."""
    user = queries.by_id(session(), number)
    for grant in [grant for grant in user.grants if grant.role == OWNER.name]:
        try:
            verbs.take_away(session(), grant=grant, by=visitor.user())
        except WrongState as refused:
            return _refused(refused)
    session().commit()
    tell(_("%(name)s is no longer an owner.", name=user.name))
    return _back()


@users.post("/<int:number>/link")
@_owner
@fresh
def make_link(number: int) -> Response:
    """A link with which this user chooses a new password."""
    links.hand_out(queries.by_id(session(), number), by=_visitor())
    session().commit()
    return _back()


def _change(number: int, verb: Callable[..., None], words: str) -> Response | tuple[str, int]:
    user = queries.by_id(session(), number)
    try:
        verb(session(), user=user, by=visitor.user())
    except WrongState as refused:
        return _refused(refused)
    session().commit()
    tell(f"{user.name}: {words}")
    return _back()


def _refused(refused: WrongState) -> tuple[str, int]:
    session().rollback()
    form = OwnerForm()
    form.form_errors.append(sentence(refused))
    return _page(form), 409


def _page(form: OwnerForm) -> str:
    rows = [_row(user) for user in queries.everybody(session())]
    return render_template(
        "users/index.html", rows=rows, form=form, link=links.to_pass_on(), sends_mail=links.sends_mail()
    )


def _row(user: User) -> Row:
    roles = list(dict.fromkeys(role_name(grant.role) for grant in user.grants))
    return Row(
        user=user,
        roles=", ".join(roles),
        studies=len({grant.evaluation_id for grant in user.grants} - {None}),
        is_owner=any(grant.role == OWNER.name for grant in user.grants),
        has_entered=queries.has_entered(session(), user),
        protected=queries.has_second_factor(session(), user),
        oneself=user.id == _visitor().id,
    )


def _visitor() -> User:
    found = visitor.user()
    if found is None:
        raise NotFound("page")
    return found


def _back() -> Response:
    return redirect(url_for("users.index"), 303)
