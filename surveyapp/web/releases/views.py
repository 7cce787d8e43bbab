"""The history of what was published, and the organisations or roles that publications show as one."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import mergers as verbs
from surveyapp.actions import publications as publishing
from surveyapp.analysis.merging import Group
from surveyapp.errors import NotAllowed, NotFound, SurveyError
from surveyapp.models import Evaluation, Merger, Publication, User, Wave
from surveyapp.models.publication import AUDIENCES, ORGANISATIONS, PUBLIC
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, evaluations, mergers, publications
from surveyapp.queries.mergers import Proposal
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.guard import needs
from surveyapp.web.language import current, said
from surveyapp.web.releases.forms import MergeForm
from surveyapp.web.releases.wording import refusal
from surveyapp.web.told import tell
from surveyapp.web.words import _

releases = Blueprint("releases", __name__, url_prefix="/evaluations/<slug>/releases")

Page = str | tuple[str, int] | Response
_publishes = needs(Permission.RESULTS_PUBLISH, on=study.on_evaluation)


@dataclass(frozen=True)
class Released:
    """One publication in the history."""

    publication: Publication
    shown: int
    """Means that it shows, of organisations, roles and the region."""
    hidden: int
    approved_by: str
    digest: str


@dataclass(frozen=True)
class Together:
    """What is shown as one, or could be."""

    kind: str
    members: tuple[str, ...]
    name: str
    merger: Merger | None = None


@releases.get("")
@needs(Permission.RESULTS_PUBLISH, Permission.LOG_READ, on=study.on_evaluation)
def history(slug: str) -> str:
    """Everything that was released of every wave, the newest wave first."""
    evaluation = study.evaluation(slug)
    waves = [wave for wave in evaluations.asked_waves(session(), evaluation) if wave.state_at(clock.now()) == "closed"]
    may_publish = study.allowed(Permission.RESULTS_PUBLISH, evaluation)
    return render_template(
        "releases/history.html",
        evaluation=evaluation,
        waves=[(wave, [_released(each) for each in publications.history(session(), wave)]) for wave in waves],
        publishable={wave.id: publishing.publishable(session(), wave) for wave in waves} if may_publish else {},
    )


@releases.get("/waves/<int:wave>/together")
@_publishes
def together(slug: str, wave: int) -> str:
    """What is too small, what is proposed, and what was approved."""
    return _shown(study.evaluation(slug), _wave(slug, wave), MergeForm())


@releases.post("/waves/<int:wave>/together")
@_publishes
def merge(slug: str, wave: int) -> Page:
    """Show these as one from now on."""
    found = _wave(slug, wave)
    form = MergeForm(request.form)
    if not form.validate():
        return _shown(study.evaluation(slug), found, form), 422
    kind, members = str(form.kind.data), request.form.getlist("members")
    try:
        verbs.merge(session(), wave=found, kind=kind, members=members, reason=str(form.reason.data), by=_whoever())
    except SurveyError as problem:
        session().rollback()
        form.form_errors.append(refusal(problem))
        return _shown(study.evaluation(slug), found, form), STATUS[type(problem)]
    session().commit()
    tell(_("From now on these are shown as one in everything that is published of this wave."))
    return redirect(url_for("releases.together", slug=slug, wave=wave), 303)


@releases.post("/waves/<int:wave>/together/<int:number>/separate")
@_publishes
def separate(slug: str, wave: int, number: int) -> Page:
    """Show them apart after all."""
    found = _wave(slug, wave)
    try:
        verbs.separate(session(), merger=mergers.by_id(session(), found, number), by=_whoever())
    except NotFound:
        raise
    except SurveyError as problem:
        session().rollback()
        form = MergeForm()
        form.form_errors.append(refusal(problem))
        return _shown(study.evaluation(slug), found, form), STATUS[type(problem)]
    session().commit()
    tell(_("They are shown apart."))
    return redirect(url_for("releases.together", slug=slug, wave=wave), 303)


def _wave(slug: str, number: int) -> Wave:
    found = session().get(Wave, number)
    if found is None or found.evaluation_id != study.evaluation(slug).id:
        raise NotFound("wave", evaluation=slug)
    return found


def _whoever() -> User:
    user = visitor.user()
    if user is None:
        raise NotAllowed("permission")
    return user


def _released(publication: Publication) -> Released:
    scores = publications.safe_results(publication).scores
    shown = int(scores["mean"].notna().sum())
    approval = publication.approval
    decider = approval.decider.name if approval is not None and approval.decider is not None else ""
    return Released(
        publication, shown, int(scores["suppressed"].ne("").sum()), decider, publications.numbers_digest(publication)
    )


def _shown(evaluation: Evaluation, wave: Wave, form: MergeForm) -> str:
    names = _names(evaluation, wave)
    audiences = [each for each in AUDIENCES if each != PUBLIC or wave.for_public]
    proposals = [mergers.proposal(session(), wave, audience) for audience in audiences]
    approved = [_named(each.kind, tuple(each.members), names, each) for each in mergers.of(session(), wave)]
    taken = {code for each in approved for code in each.members}
    asked = editions.by_digest(session(), wave.edition_digest).questionnaire
    return render_template(
        "releases/together.html",
        evaluation=evaluation,
        wave=wave,
        form=form,
        approved=approved,
        proposals=[(each, _groups(each, names), _small(each, names)) for each in proposals if each is not None],
        organisations=[(code, names[code]) for code in _codes(evaluation) if code not in taken],
        roles=[
            (role.key, said(role.plural)) for role in asked.roles if wave.regime != ANONYMOUS and role.key not in taken
        ],
        is_published=bool(publications.history(session(), wave)),
        is_closed=wave.state_at(clock.now()) == "closed",
    )


def _codes(evaluation: Evaluation) -> list[str]:
    return [member.organisation.code for member in evaluations.memberships(session(), evaluation)]


def _names(evaluation: Evaluation, wave: Wave) -> dict[str, str]:
    """Code of an organisation or key of a role -> its name."""
    members = evaluations.memberships(session(), evaluation)
    asked = editions.by_digest(session(), wave.edition_digest).questionnaire
    names = {role.key: said(role.plural) for role in asked.roles}
    names |= {member.organisation.code: member.organisation.name for member in members}
    for each in mergers.of(session(), wave):
        group = Group("organisations" if each.kind == ORGANISATIONS else "roles", tuple(each.members))
        names[group.key] = publications.together_name([names[code] for code in each.members], current())
    return names


def _named(kind: str, members: tuple[str, ...], names: dict[str, str], merger: Merger | None = None) -> Together:
    name = publications.together_name([names[code] for code in members], current())
    return Together(kind, members, name, merger)


def _groups(proposal: Proposal, names: dict[str, str]) -> list[Together]:
    return [_named(group.kind, group.members, names) for group in proposal.groups]


def _small(proposal: Proposal, names: dict[str, str]) -> list[str]:
    return [names[code] for code in proposal.small]
