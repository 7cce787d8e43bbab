"""The people of a study and their roles."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.access import OF_ONE_ORGANISATION, OWNER, STAFF_ROLES, Permission, Scope, may
from surveyapp.actions import users as verbs
from surveyapp.errors import InvalidContent, NotAllowed, NotFound
from surveyapp.models import Grant, Membership, User
from surveyapp.queries import evaluations
from surveyapp.queries import users as queries
from surveyapp.web import study, visitor
from surveyapp.web.account import links
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import needs
from surveyapp.web.rights import role_name, role_sentence
from surveyapp.web.staff.forms import InviteForm
from surveyapp.web.told import tell
from surveyapp.web.words import _

staff = Blueprint("staff", __name__, url_prefix="/evaluations/<slug>/staff")

_manages = needs(Permission.STAFF_MANAGE, on=study.on_evaluation)
_WRONG_FIELD = {"name-missing": "name", "organisation-missing": "organisations"}


@dataclass(frozen=True)
class Right:
    """A right that somebody has here, in a role."""

    number: int
    place: str
    """The organisation that it is for; empty for the whole study."""
    by_group: bool


@dataclass
class Person:
    """Somebody with rights here, by role."""

    user: User
    rights: dict[str, list[Right]]
    has_entered: bool
    may_get_link: bool
    oneself: bool


@staff.get("")
@_manages
def index(slug: str) -> str:
    """Who has which role, and the link that was just made, once."""
    return _page(slug, _form(slug))


@staff.post("")
@_manages
def invite(slug: str) -> Response | tuple[str, int]:
    """Give somebody a role; who has no account gets one, and a link."""
    form = _form(slug)
    if not form.validate():
        return _page(slug, form), 422
    chosen = set(form.organisations.data or ())
    members = [member for member in _members(slug) if str(member.id) in chosen]
    role = str(form.role.data)
    try:
        invited = verbs.invite(
            session(),
            email=form.email.data or "",
            name=form.name.data or "",
            role=role,
            by=visitor.user(),
            evaluation=study.evaluation(slug),
            memberships=members if role in OF_ONE_ORGANISATION else (),
        )
    except InvalidContent as refused:
        session().rollback()
        field = form[_WRONG_FIELD.get(refused.code, "email")]
        field.errors = [*field.errors, sentence(refused)]
        return _page(slug, form), 422
    if invited.new:
        links.hand_out(invited.user, by=_visitor())
    session().commit()
    tell(_("%(name)s has the role of %(role)s now.", name=invited.user.name, role=role_name(role).lower()))
    return _back(slug)


@staff.post("/<int:number>/link")
@_manages
def send_link(slug: str, number: int) -> Response:
    """Another link for who has not come in yet."""
    user = next((grant.user for grant in _grants(slug) if grant.user_id == number), None)
    if user is None:
        raise NotFound("account")
    if not _may_get_link(user):
        raise NotAllowed("link-by-owner")
    links.hand_out(user, by=_visitor())
    session().commit()
    return _back(slug)


@staff.post("/rights/<int:number>/take-away")
@_manages
def take_away(slug: str, number: int) -> Response:
    """Take a role away; pressed twice, it is gone."""
    grant = next((grant for grant in _grants(slug) if grant.id == number), None)
    if grant is not None:
        name, role = grant.user.name, role_name(grant.role).lower()
        verbs.take_away(session(), grant=grant, by=visitor.user(), evaluation=study.evaluation(slug))
        session().commit()
        tell(_("%(name)s no longer has the role of %(role)s.", name=name, role=role))
    return _back(slug)


def _page(slug: str, form: InviteForm) -> str:
    return render_template(
        "staff/index.html",
        evaluation=study.evaluation(slug),
        people=_people(slug),
        owners=[grant.user for grant in queries.owners(session())],
        form=form,
        role_name=role_name,
        role_sentence=role_sentence,
        of_one=OF_ONE_ORGANISATION,
        link=links.to_pass_on(),
        sends_mail=links.sends_mail(),
    )


def _people(slug: str) -> list[Person]:
    places = {member.id: member.organisation.name for member in _members(slug)}
    found: dict[int, Person] = {}
    for grant in _grants(slug):
        person = found.setdefault(grant.user_id, _person(grant.user))
        place = places.get(grant.membership_id or 0, "")
        person.rights.setdefault(grant.role, []).append(Right(grant.id, place, grant.source == "group"))
    return list(found.values())


def _person(user: User) -> Person:
    entered = queries.has_entered(session(), user)
    return Person(user, {}, entered, not entered and _may_get_link(user), user.id == _visitor().id)


def _may_get_link(user: User) -> bool:
    """Whether the visitor may hand this user a link: with it one comes in as them, so it must open nothing that the
    visitor does not manage, unless it goes to their own letter box."""
    if queries.has_entered(session(), user) or user.disabled_at is not None:
        return False
    scopes = [Scope(grant.evaluation_id) for grant in user.grants]
    return links.sends_mail() or all(may(visitor.user(), Permission.STAFF_MANAGE, scope) for scope in scopes)


def _grants(slug: str) -> list[Grant]:
    return queries.staff(session(), study.evaluation(slug))


def _members(slug: str) -> list[Membership]:
    return evaluations.memberships(session(), study.evaluation(slug))


def _form(slug: str) -> InviteForm:
    form = InviteForm(request.form)
    form.role.choices = [(role, role_name(role)) for role in STAFF_ROLES if role != OWNER.name]
    form.organisations.choices = [(str(member.id), member.organisation.name) for member in _members(slug)]
    return form


def _visitor() -> User:
    found = visitor.user()
    if found is None:
        raise NotFound("page")
    return found


def _back(slug: str) -> Response:
    return redirect(url_for("staff.index", slug=slug), 303)
