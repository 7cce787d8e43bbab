"""Asking: to publish, to export answers, to delete the study. Each with a reason, and with what follows from it."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import approvals as verbs
from surveyapp.actions import publications
from surveyapp.errors import NotAllowed, SurveyError, WrongState
from surveyapp.models import Evaluation, User, Wave
from surveyapp.models.approval import DELETE, EXPORT, PUBLISH
from surveyapp.models.publication import AUDIENCES, LEAD, PUBLIC
from surveyapp.queries import approvals as queries
from surveyapp.queries import evaluations
from surveyapp.queries import mergers as merger_queries
from surveyapp.queries import publications as released
from surveyapp.web import installation, study, visitor
from surveyapp.web.approvals.forms import AskForm, DeleteForm, ExportForm, PublishForm
from surveyapp.web.approvals.wording import refusal
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.guard import needs
from surveyapp.web.language import said
from surveyapp.web.told import tell
from surveyapp.web.words import N_, _

asking = Blueprint("asking", __name__, url_prefix="/evaluations/<slug>/approvals")

Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Asked:
    """What is being asked: the act, of which wave, and the page that asks it."""

    act: str
    evaluation: Evaluation
    form: AskForm
    wave: Wave | None = None


@asking.route("/publish", methods=["GET", "POST"])
@needs(Permission.RESULTS_PUBLISH, on=study.on_evaluation)
def publish(slug: str) -> Page:
    """Freeze the protected results of a wave (``?wave=1``, else the latest), or correct what was published."""
    evaluation = study.evaluation(slug)
    wave = _wave_to_publish(evaluation)
    if wave is None or wave.state_at(clock.now()) != "closed":
        raise WrongState("wave-still-open")
    form = PublishForm(request.form)
    possible = publications.publishable(session(), wave)
    choices = [*possible, *([publications.BOTH] if len(possible) == len(AUDIENCES) else [])]
    form.audience.choices = [(each, _(_FOR_WHOM[each])) for each in choices]
    if choices and "audience" not in request.form:
        form.audience.data = choices[0]
    asked = Asked(PUBLISH, evaluation, form, wave)
    return _answer(asked, {"wave": wave.id, "audience": form.audience.data or LEAD})


def _wave_to_publish(evaluation: Evaluation) -> Wave | None:
    number = request.args.get("wave", type=int)
    if number is None:
        return study.asked_wave(evaluation)
    return next((each for each in evaluations.asked_waves(session(), evaluation) if each.number == number), None)


_FOR_WHOM: Final = {
    LEAD: N_("The project lead, and each organisation of itself"),
    PUBLIC: N_("Everybody, on a public page"),
    publications.BOTH: N_("Both: first the project lead, then everybody"),
}


@asking.route("/export", methods=["GET", "POST"])
@needs(Permission.ANSWERS_EXPORT, on=study.on_evaluation)
def export(slug: str) -> Page:
    """Take the raw answers of a wave out of the installation."""
    evaluation = study.evaluation(slug)
    form = ExportForm(request.form)
    waves = queries.exportable(session(), evaluation)
    form.wave.choices = [(wave.id, _("Wave %(number)s", number=wave.number)) for wave in waves]
    if not waves:
        return render_template("approvals/nothing_to_export.html", evaluation=evaluation)
    asked = Asked(EXPORT, evaluation, form)
    return _answer(asked, {"wave": form.wave.data} if form.wave.data else {})


@asking.route("/delete", methods=["GET", "POST"])
@needs(Permission.EVALUATION_DELETE, on=study.on_evaluation)
def delete(slug: str) -> Page:
    """Delete the study with everything in it."""
    evaluation = study.evaluation(slug)
    return _answer(Asked(DELETE, evaluation, DeleteForm(request.form, expected=said(evaluation.title))), {})


def _answer(asked: Asked, arguments: dict[str, int | str]) -> Page:
    """The form; sent in order, what follows from it."""
    if request.method != "POST":
        return _shown(asked)
    if not asked.form.validate():
        return _shown(asked), 422
    try:
        approval = verbs.ask(
            session(),
            evaluation=asked.evaluation,
            act=asked.act,
            reason=str(asked.form.reason.data),
            by=whoever(),
            four_eyes=installation.settings().four_eyes,
            **arguments,
        )
    except SurveyError as problem:
        asked.form.form_errors.append(refusal(problem))
        return _shown(asked), STATUS[type(problem)]
    session().commit()
    return _onward(asked, approval.id)


def _onward(asked: Asked, number: int) -> Response:
    slug = asked.evaluation.slug
    if installation.settings().four_eyes:
        tell(_("Your request waits for a colleague. It expires after seven days."))
        return redirect(url_for("approvals.one", slug=slug, number=number), 303)
    if asked.act == EXPORT:
        return redirect(url_for("approvals.one", slug=slug, number=number), 303)
    tell(_("The results are being made.") if asked.act == PUBLISH else _("The study is being deleted."))
    target = url_for("evaluations.overview", slug=slug) if asked.act == PUBLISH else url_for("evaluations.index")
    return redirect(target, 303)


def _shown(asked: Asked) -> str:
    four_eyes = installation.settings().four_eyes
    others = queries.deciders(session(), asked.evaluation, visitor.user()) if four_eyes else []
    return render_template(
        f"approvals/{asked.act}.html",
        evaluation=asked.evaluation,
        wave=asked.wave,
        form=asked.form,
        four_eyes=four_eyes,
        deciders=[user.name for user in others],
        **_about(asked.wave),
    )


def _about(wave: Wave | None) -> dict[str, object]:
    """What whoever publishes should know: whether it is a correction, and what is too small or shown as one."""
    if wave is None:
        return {}
    corrects = bool(released.history(session(), wave))
    found = merger_queries.proposal(session(), wave, LEAD) if not corrects else None
    return {
        "corrects": corrects,
        "too_small": len(found.small) if found is not None else 0,
        "mergers": len(merger_queries.of(session(), wave)),
    }


def whoever() -> User:
    """Who is signed in: on these pages always somebody."""
    user = visitor.user()
    if user is None:
        raise NotAllowed("permission")
    return user
