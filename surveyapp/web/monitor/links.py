"""The links with which contact persons see how many of their organisation answered: shown, made, renewed, withdrawn."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, current_app, render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.actions import count_links as verbs
from surveyapp.errors import NotFound
from surveyapp.models import CountLink, Membership, Wave
from surveyapp.queries import count_links as queries
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.guard import needs
from surveyapp.web.language import said
from surveyapp.web.told import tell
from surveyapp.web.words import _, ngettext

count_links = Blueprint("count_links", __name__, url_prefix="/evaluations/<slug>/monitor/links")

_team = needs(Permission.RESPONSE_MONITOR, on=study.on_evaluation)


@dataclass(frozen=True)
class Row:
    """An organisation with its link, if it has one that works."""

    member: Membership
    link: CountLink | None
    address: str
    mail: str
    """The address of an empty mail with the link in it, for whoever writes to the contact person themselves."""


@count_links.get("")
@_team
def index(slug: str) -> str:
    """Every organisation of the study, with its link to the latest wave."""
    evaluation = study.evaluation(slug)
    wave = study.latest_wave(evaluation)
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=evaluation)
    links = queries.of_wave(session(), wave)
    rows = [
        _row(wave, member, links.get(member.id)) for member in evaluation_queries.memberships(session(), evaluation)
    ]
    return render_template("monitor/links.html", evaluation=evaluation, rows=rows)


@count_links.post("")
@_team
def make(slug: str) -> Response:
    """Make a link for the organisation that the form names, or for all that have none."""
    wave = evaluation_queries.wave(session(), study.evaluation(slug))
    place = request.form.get("place", "")
    members = [
        member for member in evaluation_queries.memberships(session(), wave.evaluation) if place in {"", str(member.id)}
    ]
    if not members:
        raise NotFound("organisation")
    made = verbs.make(session(), wave=wave, memberships=members, secret_key=_key(), by=visitor.user())
    session().commit()
    tell(ngettext("%(num)s link was made.", "%(num)s links were made.", len(made)))
    return _back(slug, members[0] if place else None)


@count_links.post("/<int:number>/reissue")
@_team
def reissue(slug: str, number: int) -> Response:
    """Give this link another address."""
    link = _link(slug, number)
    verbs.reissue(session(), link=link, secret_key=_key(), by=visitor.user())
    session().commit()
    tell(_("%(name)s has a new link; the old one has ended.", name=link.membership.organisation.name))
    return _back(slug, link.membership)


@count_links.post("/<int:number>/revoke")
@_team
def revoke(slug: str, number: int) -> Response:
    """Let nobody look through this link any more."""
    link = _link(slug, number)
    verbs.revoke(session(), link=link, by=visitor.user())
    session().commit()
    tell(_("The link of %(name)s has ended.", name=link.membership.organisation.name))
    return _back(slug, link.membership)


def _row(wave: Wave, member: Membership, link: CountLink | None) -> Row:
    if link is None or link.revoked_at is not None:
        return Row(member, None, "", "")
    address = f"{current_app.config['BASE_URL']}/count/{verbs.token_of(link, _key())}"
    subject = _("Response of %(name)s", name=member.organisation.name)
    body = _(
        "With this link you see at any moment how many people of %(name)s have answered “%(title)s”. You see "
        "totals only.",
        name=member.organisation.name,
        title=said(wave.evaluation.title),
    )
    written = quote(f"{body}\n\n{address}\n")
    return Row(member, link, address, f"mailto:?subject={quote(subject)}&body={written}")


def _link(slug: str, number: int) -> CountLink:
    wave = evaluation_queries.wave(session(), study.evaluation(slug))
    link = queries.by_id(session(), wave, number)
    if link is None:
        raise NotFound("count-link")
    return link


def _key() -> str:
    key: str = current_app.config["SECRET_KEY"]
    return key


def _back(slug: str, member: Membership | None) -> Response:
    anchor = f"of-{member.id}" if member is not None else None
    return redirect(url_for("count_links.index", slug=slug, _anchor=anchor), 303)
