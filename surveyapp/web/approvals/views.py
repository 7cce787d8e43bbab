"""What was asked for in a study, what became of it, deciding on it, and fetching what was approved."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.actions import answers
from surveyapp.actions import approvals as verbs
from surveyapp.errors import NotFound, SurveyError
from surveyapp.models import Approval
from surveyapp.models.approval import DELETE
from surveyapp.queries import approvals as queries
from surveyapp.queries import downloads as download_queries
from surveyapp.queries import evaluations
from surveyapp.web import downloads, installation, study
from surveyapp.web.approvals.asking import Page, whoever
from surveyapp.web.approvals.forms import DecideForm
from surveyapp.web.approvals.wording import STATES, act_in_words, refusal
from surveyapp.web.database import database, session
from surveyapp.web.errors import STATUS
from surveyapp.web.guard import needs
from surveyapp.web.told import tell
from surveyapp.web.words import _

approvals = Blueprint("approvals", __name__, url_prefix="/evaluations/<slug>/approvals")

_sees = needs(
    Permission.ACT_APPROVE,
    Permission.RESULTS_PUBLISH,
    Permission.ANSWERS_EXPORT,
    Permission.EVALUATION_DELETE,
    on=study.on_evaluation,
)


@dataclass(frozen=True)
class Request:
    """Something that was asked for, as the pages show it."""

    approval: Approval
    title: str
    state: str
    state_in_words: str
    own: bool
    """Whether the visitor asked for it."""


@approvals.get("")
@_sees
def index(slug: str) -> str:
    """What waits for whom, and what happened."""
    found = [_request(approval) for approval in queries.of(session(), study.evaluation(slug))]
    return render_template(
        "approvals/index.html",
        evaluation=study.evaluation(slug),
        four_eyes=installation.settings().four_eyes,
        waiting=[each for each in found if each.state in {"waiting", "approved"}],
        past=[each for each in found if each.state not in {"waiting", "approved"}],
    )


@approvals.get("/<int:number>")
@_sees
def one(slug: str, number: int) -> str:
    """One request, with what can be done about it."""
    return _page(slug, number, DecideForm())


@approvals.post("/<int:number>/decide")
@needs(Permission.ACT_APPROVE, on=study.on_evaluation)
def decide(slug: str, number: int) -> Page:
    """Approve or refuse it, as the button says."""
    form = DecideForm(request.form)
    approval = _found(slug, number)
    if not form.validate():
        return _page(slug, number, form), 422
    approve = request.form.get("decision") == "approve"
    try:
        verbs.decide(session(), approval=approval, approve=approve, answer=form.answer.data or "", by=whoever())
    except SurveyError as problem:
        session().rollback()
        if problem.code == "reason-missing":
            form.answer.errors = [_("Fill in why you refuse it: the reason is kept in the log.")]
        else:
            form.form_errors.append(refusal(problem))
        return _page(slug, number, form), STATUS[type(problem)]
    deleted = approve and approval.act == DELETE
    session().commit()
    if deleted:
        tell(_("The study is being deleted."))
        return redirect(url_for("evaluations.index"), 303)
    tell(_("You have approved this request.") if approve else _("You have refused this request."))
    return _back(slug, number)


@approvals.post("/<int:number>/withdraw")
@_sees
def withdraw(slug: str, number: int) -> Page:
    """Take back what one asked for."""
    try:
        verbs.withdraw(session(), approval=_found(slug, number), by=whoever())
    except SurveyError as problem:
        return _refused(slug, number, problem)
    session().commit()
    tell(_("You have taken back this request."))
    return _back(slug, number)


@approvals.post("/<int:number>/answers.zip")
@needs(Permission.ANSWERS_EXPORT, on=study.on_evaluation)
def fetch(slug: str, number: int) -> Page:
    """The files, once; so that nothing that follows links can fetch them, only a button does.

    They are made in a transaction that only reads, and sent when the approval was used and it was logged.
    """
    by, kind = whoever(), request.form.get("kind", "csv")
    if kind not in downloads.FORMATS:
        raise NotFound("format")
    session().close()
    try:
        with database().session(readonly=True) as reading:
            approval = queries.by_id(reading, evaluations.by_slug(reading, slug), number)
            wave = answers.may_take_out(reading, approval=approval, by=by)
            stem = f"{slug}-{wave.number}-answers"
            file = downloads.packed(download_queries.of_answers(reading, wave), kind, stem)
        answers.take_out(session(), approval=_found(slug, number), by=by, kind=kind)
    except SurveyError as problem:
        return _refused(slug, number, problem)
    session().commit()
    return downloads.sent(file, stem, kind)


def _found(slug: str, number: int) -> Approval:
    return queries.by_id(session(), study.evaluation(slug), number)


def _refused(slug: str, number: int, problem: SurveyError) -> tuple[str, int]:
    session().rollback()
    form = DecideForm()
    form.form_errors.append(refusal(problem))
    return _page(slug, number, form), STATUS[type(problem)]


def _page(slug: str, number: int, form: DecideForm) -> str:
    found = _request(_found(slug, number))
    evaluation = study.evaluation(slug)
    others = queries.deciders(session(), evaluation, found.approval.asker)
    return render_template(
        "approvals/one.html",
        evaluation=evaluation,
        asked=found,
        form=form,
        may_decide=found.state == "waiting" and not found.own and study.allowed(Permission.ACT_APPROVE, evaluation),
        may_fetch=found.state == "approved" and found.own,
        deciders=[user.name for user in others],
        formats=downloads.FORMATS,
        until=(found.approval.decided_at or found.approval.asked_at) + verbs.LASTS,
    )


def _request(approval: Approval) -> Request:
    state = verbs.state(approval)
    return Request(approval, act_in_words(approval), state, _(STATES[state]), approval.asked_by == whoever().id)


def _back(slug: str, number: int) -> Response:
    return redirect(url_for("approvals.one", slug=slug, number=number), 303)
