"""The open links of a wave: who may come, how many came, the address and its QR code; adding and ending them."""

import io
from dataclasses import dataclass
from typing import Final

import segno
from flask import Blueprint, current_app, render_template, request, url_for
from flask import Response as Answer
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import open_links as verbs
from surveyapp.errors import InvalidContent, NotFound
from surveyapp.models import Membership, OpenLink, Wave
from surveyapp.queries import editions, open_roles
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.queries import open_links as queries
from surveyapp.questionnaires.questionnaire import Role
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.evaluations.link_form import LinkForm
from surveyapp.web.guard import needs
from surveyapp.web.language import said
from surveyapp.web.words import _

open_links = Blueprint("open_links", __name__, url_prefix="/evaluations/<slug>/open-links")

_team = needs(Permission.INVITATION_MANAGE, on=study.on_evaluation)
_WRONG_FIELD: Final = {"most-impossible": "most", "role-invited": "role", "no-open-role": "role"}
"""Code of a refusal -> the field that it is about."""


@dataclass(frozen=True)
class Row:
    """A link as the page shows it."""

    listed: queries.Listed
    role: Role | None
    """In the words of the questionnaire; empty where who follows it chooses."""
    address: str


@open_links.get("")
@_team
def index(slug: str) -> str:
    """All links of the latest wave."""
    wave = study.latest_wave(study.evaluation(slug))
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=study.evaluation(slug))
    return _page(wave, _form(wave))


@open_links.post("")
@_team
def add(slug: str) -> Response | tuple[str, int]:
    """Make a link; with a mistake the same page with everything chosen."""
    wave = evaluation_queries.wave(session(), study.evaluation(slug))
    form = _form(wave)
    if not form.validate():
        return _page(wave, form), 422
    try:
        link, _token = verbs.add(
            session(),
            wave=wave,
            membership=_member(wave, str(form.place.data)),
            role=str(form.role.data) or None,
            most=form.most.data,
            secret_key=current_app.config["SECRET_KEY"],
            by=visitor.user(),
        )
    except InvalidContent as problem:
        field = form[_WRONG_FIELD.get(problem.code, "role")]
        field.errors = [*field.errors, sentence(problem)]
        return _page(wave, form), 422
    session().commit()
    return _back(slug, link)


@open_links.post("/<int:number>/revoke")
@_team
def revoke(slug: str, number: int) -> Response:
    """Let nobody start through this link any more."""
    link = _link(slug, number)
    verbs.revoke(session(), link=link, by=visitor.user())
    session().commit()
    return _back(slug, link)


@open_links.post("/<int:number>/reissue")
@_team
def reissue(slug: str, number: int) -> Response:
    """Give this link another address."""
    link = _link(slug, number)
    verbs.reissue(session(), link=link, secret_key=current_app.config["SECRET_KEY"], by=visitor.user())
    session().commit()
    return _back(slug, link)


@open_links.get("/<int:number>/qr-code.svg")
@_team
def code(slug: str, number: int) -> Answer:
    """The address of a link as a QR code, for a letter or a poster."""
    link = _link(slug, number)
    drawn = io.BytesIO()
    segno.make(_address(link), micro=False, error="m").save(drawn, kind="svg", scale=8, border=4, light="#fff")
    answer = Answer(drawn.getvalue(), mimetype="image/svg+xml")
    if request.args.get("download"):
        answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}-open-link-{number}.svg")
    return answer


def _page(wave: Wave, form: LinkForm) -> str:
    edition = editions.by_digest(session(), wave.edition_digest)
    roles = {role.key: role for role in edition.questionnaire.roles}
    return render_template(
        "evaluations/open_links.html",
        evaluation=wave.evaluation,
        wave=wave,
        state=wave.state_at(clock.now()),
        rows=[
            Row(listed, roles.get(listed.link.role or ""), _address(listed.link))
            for listed in queries.listed(session(), wave)
        ],
        form=form,
    )


def _form(wave: Wave) -> LinkForm:
    form = LinkForm(request.form)
    questionnaire = editions.by_digest(session(), wave.edition_digest).questionnaire
    invited = open_roles.invited(session(), wave)
    form.role.choices = [("", _("Chosen by who follows the link"))]
    form.role.choices += [(role.key, said(role.plural)) for role in questionnaire.roles if role.key not in invited]
    form.place.choices = [("", _("Chosen by who follows the link"))]
    form.place.choices += [
        (str(member.id), member.organisation.name)
        for member in evaluation_queries.memberships(session(), wave.evaluation)
    ]
    return form


def _member(wave: Wave, place: str) -> Membership | None:
    members = evaluation_queries.memberships(session(), wave.evaluation)
    return next((member for member in members if str(member.id) == place), None)


def _link(slug: str, number: int) -> OpenLink:
    wave = evaluation_queries.wave(session(), study.evaluation(slug))
    link = queries.by_id(session(), wave, number)
    if link is None:
        raise NotFound("open-link")
    return link


def _address(link: OpenLink) -> str:
    token = verbs.token_of(link, current_app.config["SECRET_KEY"])
    return f"{current_app.config['BASE_URL']}/o/{token}"


def _back(slug: str, link: OpenLink) -> Response:
    return redirect(url_for("open_links.index", slug=slug) + f"#link-{link.id}", 303)
