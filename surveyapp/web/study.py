"""The study that an address names, and where its pages are: shared by all rooms of signed-in visitors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask, g, request, url_for

from surveyapp.access import Permission, Scope, may
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.queries import evaluations
from surveyapp.web import visitor
from surveyapp.web.database import session
from surveyapp.web.words import N_, _


@dataclass(frozen=True)
class Page:
    """A page of the study in the navigation."""

    title: str
    address: str
    current: bool


@dataclass(frozen=True)
class Group:
    """Pages that belong together; who has few pages has one group, without a title."""

    title: str
    pages: list[Page]

    @property
    def current(self) -> bool:
        return any(page.current for page in self.pages)


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
    """Give templates ``navigation()``, the pages of the study that this visitor may open, ``allowed()``,
    ``installation_navigation()`` and ``chooses_studies()``."""
    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["installation_navigation"] = installation_navigation
    app.jinja_env.globals["allowed"] = allowed
    app.jinja_env.globals["chooses_studies"] = chooses_studies


def allowed(permission: str, study: Evaluation) -> bool:
    """Whether the visitor has this permission on the whole study."""
    return may(visitor.user(), Permission(permission), Scope(study.id))


def chooses_studies() -> bool:
    """Whether the visitor has a list of studies to come back to: who sees one only is always brought to that one."""
    user = visitor.user()
    if user is None:
        return False
    return may(user, Permission.EVALUATION_CREATE, Scope()) or len({grant.evaluation_id for grant in user.grants}) != 1


_OF_A_STUDY: Final = (
    ("", ((Permission.EVALUATION_READ, N_("Overview"), "evaluations.overview"),)),
    (
        N_("Preparation"),
        (
            (Permission.EVALUATION_SET_UP, N_("Set-up"), "set_up.index"),
            (Permission.STAFF_MANAGE, N_("Colleagues and readers"), "staff.index"),
            (Permission.PERSONAL_DATA_MANAGE, N_("Privacy"), "privacy.index"),
        ),
    ),
    (
        N_("Fieldwork"),
        (
            (Permission.INVITATION_MANAGE, N_("People"), "people.index"),
            (Permission.INVITATION_MANAGE, N_("Open links"), "open_links.index"),
            (Permission.MAIL_SEND, N_("Mail"), "mail.index"),
            (Permission.RESPONSE_MONITOR, N_("Response"), "monitor.index"),
        ),
    ),
    (
        N_("Analysis"),
        (
            (Permission.RESULTS_ANALYSE, N_("Scores"), "results.heatmap"),
            (Permission.INTERVIEW_PREPARE, N_("Interviews"), "interviews.index"),
            (Permission.ANSWERS_CODE, N_("Themes"), "themes.index"),
        ),
    ),
    (
        N_("Report"),
        (
            (Permission.FINDING_WRITE, N_("Findings"), "findings.index"),
            (Permission.PUBLICATION_READ, N_("Publication"), "publication.heatmap"),
            (Permission.PUBLICATION_READ, N_("Reports"), "reports.index"),
        ),
    ),
    (
        N_("Accountability"),
        (
            (Permission.ACT_APPROVE, N_("Approvals"), "approvals.index"),
            (Permission.LOG_READ, N_("Log"), "log.of_study"),
        ),
    ),
)
"""Groups, in the order of the work: the permission that a page needs, its title, and its view."""
_FEW: Final = 6
"""So many pages need no groups."""


_BESIDE: Final = {"open_answers": ("results.heatmap", "interviews.index")}
"""Room without a page in the navigation -> the views that lead to it, the first of which that is there is marked."""


_OF_THE_INSTALLATION: Final = (
    (Permission.INSTALLATION_MANAGE, N_("Accounts"), "users.index"),
    (Permission.INSTALLATION_MANAGE, N_("Work in the background"), "jobs.of_installation"),
    (Permission.LOG_READ, N_("Log"), "log.of_all"),
)
"""The same for pages that belong to no study."""


def navigation() -> list[Group]:
    """The pages of the study of this request that the visitor may open, in groups where they are many."""
    study: Evaluation = g.evaluation
    groups = [(_(title) if title else "", _opened(pages, study)) for title, pages in _OF_A_STUDY]
    groups.append(("", _for_readers(study)))
    every = _pages([page for _title, pages in groups for page in pages])
    if len(every) <= _FEW:
        return [Group("", every)]
    known = {page.address: page for page in every}
    return [Group(title, [known[address] for _title, address in pages]) for title, pages in groups if pages]


def _opened(pages: Sequence[tuple[Permission, str, str]], study: Evaluation) -> list[tuple[str, str]]:
    return [(_(title), url_for(view, slug=study.slug)) for need, title, view in pages if _opens(need, study)]


def _for_readers(study: Evaluation) -> list[tuple[str, str]]:
    """What who writes nothing reads: the findings of the publication, and the pages of their own organisations."""
    own = own_memberships(study)
    pages = []
    if not allowed(Permission.FINDING_WRITE, study) and (allowed(Permission.PUBLICATION_READ, study) or own):
        pages.append((_("Findings"), url_for("thread.index", slug=study.slug)))
    pages += [
        (member.organisation.name, url_for("publication.organisation", slug=study.slug, code=member.organisation.code))
        for member in own
    ]
    return [*pages, (_("Reports"), url_for("reports.index", slug=study.slug))] if own else pages


def installation_navigation() -> list[Group]:
    """The pages that belong to no study and that the visitor may open; none for who only has studies."""
    user = visitor.user()
    pages = [(_(title), url_for(view)) for need, title, view in _OF_THE_INSTALLATION if may(user, need, Scope())]
    return [Group("", _pages([(_("Studies"), url_for("evaluations.index")), *pages]))] if pages else []


def _pages(found: list[tuple[str, str]]) -> list[Page]:
    addresses = [address for _title, address in found]
    return [Page(title, address, _is_current(address, addresses)) for title, address in found]


def _opens(permission: Permission, study: Evaluation) -> bool:
    """Interviews open for who has them at one organisation too."""
    at_one = permission is Permission.INTERVIEW_PREPARE
    return allowed(permission, study) or (at_one and bool(memberships_for(study, permission)))


def _is_current(address: str, addresses: list[str]) -> bool:
    """Whether this is the page of the navigation that the visitor is on or below."""
    path = address.partition("?")[0]
    above = [other.partition("?")[0] for other in addresses]
    here = _here(above)
    inside = [other for other in above if here == other or here.startswith(other + "/")]
    return bool(inside) and path == max(inside, key=len)


def _here(above: list[str]) -> str:
    """The path of this page, or of the page in the navigation that leads to it."""
    beside = [url_for(view, slug=g.evaluation.slug) for view in _BESIDE.get(request.blueprint or "", ())]
    return next((path for path in (other.partition("?")[0] for other in beside) if path in above), request.path)
