"""The study that an address names, and where its pages are: shared by all rooms of signed-in visitors."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, g, request, url_for

from surveyapp.access import Permission, Scope, may
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.queries import evaluations
from surveyapp.web import visitor
from surveyapp.web.database import session
from surveyapp.web.words import _


@dataclass(frozen=True)
class Page:
    """A page of the study in the navigation."""

    title: str
    address: str
    current: bool


def evaluation(slug: str) -> Evaluation:
    """The study of this request; raises ``NotFound``. Looked up once."""
    if "evaluation" not in g:
        g.evaluation = evaluations.by_slug(session(), slug)
    found: Evaluation = g.evaluation
    return found


def latest_wave(study: Evaluation) -> Wave | None:
    """The latest wave of a study; None while it has none."""
    try:
        return evaluations.wave(session(), study)
    except NotFound:
        return None


def asked_wave(study: Evaluation) -> Wave | None:
    """The latest wave that was opened; None while there is none. What is being set up has no answers to show."""
    return evaluations.asked_wave(session(), study)


def on_evaluation(slug: str, **_others: object) -> Scope:
    """The scope of a page about a whole study, for ``guard.needs``."""
    return Scope(evaluation_id=evaluation(slug).id)


def on_organisation(slug: str, code: str, **_others: object) -> Scope:
    """The scope of a page about one organisation in a study, for ``guard.needs``."""
    return Scope(evaluation_id=evaluation(slug).id, membership_id=membership(slug, code).id)


def membership(slug: str, code: str) -> Membership:
    """The organisation with this code in the study; raises ``NotFound``."""
    for member in evaluations.memberships(session(), evaluation(slug)):
        if member.organisation.code == code:
            return member
    raise NotFound("organisation", organisation=code)


def own_memberships(study: Evaluation) -> list[Membership]:
    """The organisations whose own page of the publication this visitor may see, and not everybody's."""
    if allowed(Permission.PUBLICATION_READ, study):
        return []
    return memberships_for(study, Permission.PUBLICATION_READ_OWN)


def memberships_for(study: Evaluation, permission: Permission) -> list[Membership]:
    """The organisations of the study for which this visitor has the permission."""
    user = visitor.user()
    members = evaluations.memberships(session(), study)
    return [member for member in members if may(user, permission, Scope(study.id, member.id))]


def on_any_organisation(permission: Permission) -> Callable[..., Scope]:
    """The scope of a page that shows no more than the visitor's own organisations, for ``guard.needs``."""

    def scope(slug: str, **_others: object) -> Scope:
        found = evaluation(slug)
        own = memberships_for(found, permission)
        return Scope(evaluation_id=found.id, membership_id=own[0].id if own else None)

    return scope


def add_navigation(app: Flask) -> None:
    """Give templates ``navigation()``, the pages of the study that this visitor may open, and ``allowed()``."""
    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["allowed"] = allowed


def allowed(permission: str, study: Evaluation) -> bool:
    """Whether the visitor has this permission on the whole study."""
    return may(visitor.user(), Permission(permission), Scope(study.id))


def navigation() -> list[Page]:
    """The pages of the study of this request that the visitor may open."""
    study: Evaluation = g.evaluation
    pages = [(_("Overview"), url_for("evaluations.overview", slug=study.slug))]
    if allowed(Permission.EVALUATION_SET_UP, study):
        pages.append((_("Set-up"), url_for("set_up.index", slug=study.slug)))
    if allowed(Permission.RESPONSE_MONITOR, study):
        pages.append((_("Response"), url_for("monitor.index", slug=study.slug)))
    if allowed(Permission.INVITATION_MANAGE, study):
        pages.append((_("People"), url_for("people.index", slug=study.slug)))
        pages.append((_("Open links"), url_for("open_links.index", slug=study.slug)))
    if allowed(Permission.MAIL_SEND, study):
        pages.append((_("Mail"), url_for("mail.index", slug=study.slug)))
    if allowed(Permission.RESULTS_ANALYSE, study):
        pages.append((_("Scores"), url_for("results.heatmap", slug=study.slug)))
    if allowed(Permission.INTERVIEW_PREPARE, study) or memberships_for(study, Permission.INTERVIEW_PREPARE):
        pages.append((_("Interviews"), url_for("interviews.index", slug=study.slug)))
    if allowed(Permission.PUBLICATION_READ, study):
        pages.append((_("Publication"), url_for("publication.heatmap", slug=study.slug)))
    if allowed(Permission.STAFF_MANAGE, study):
        pages.append((_("Colleagues and readers"), url_for("staff.index", slug=study.slug)))
    if allowed(Permission.PERSONAL_DATA_MANAGE, study):
        pages.append((_("Privacy"), url_for("privacy.index", slug=study.slug)))
    if allowed(Permission.LOG_READ, study):
        pages.append((_("Log"), url_for("log.of_study", slug=study.slug)))
    pages += [
        (member.organisation.name, url_for("publication.organisation", slug=study.slug, code=member.organisation.code))
        for member in own_memberships(study)
    ]
    return [Page(title, address, _is_current(address, [other for _title, other in pages])) for title, address in pages]


def _is_current(address: str, addresses: list[str]) -> bool:
    """Whether this is the page of the navigation that the visitor is on or below."""
    path = address.partition("?")[0]
    above = [other.partition("?")[0] for other in addresses]
    inside = [other for other in above if request.path == other or request.path.startswith(other + "/")]
    return bool(inside) and path == max(inside, key=len)
