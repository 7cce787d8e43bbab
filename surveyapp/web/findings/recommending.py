"""Recommendations: from a measure of the guide or new, and the findings that each follows from."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import ordering
from surveyapp.actions import recommendations as verbs
from surveyapp.actions.recommendations import Advised
from surveyapp.errors import SurveyError
from surveyapp.models import Recommendation
from surveyapp.queries import findings as queries
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.findings import wording
from surveyapp.web.findings.forms import RecommendationForm
from surveyapp.web.findings.room import Room, entered, undo, wave_of, whoever, writes
from surveyapp.web.findings.supports import subject_title
from surveyapp.web.findings.waves import keep_wave
from surveyapp.web.language import said
from surveyapp.web.told import tell, warn
from surveyapp.web.words import _

recommendations = Blueprint("recommendations", __name__, url_prefix="/evaluations/<slug>/recommendations")
keep_wave(recommendations)

Page = str | tuple[str, int] | Response


@recommendations.get("/new")
@writes
def new(slug: str) -> str:
    """An empty form, or one filled with a measure of the guide (``theme`` and ``measure`` in the address); ``finding``
    is ticked already."""
    room = entered(slug)
    form = RecommendationForm()
    _offer(room, form)
    asked = request.args.getlist("finding")
    form.findings.data = [str(each.id) for each in queries.every(session(), room.wave) if str(each.id) in asked]
    if request.args.get("theme") in room.seen.edition.questionnaire.themes:
        form.theme.data = request.args["theme"]
        _take_measure(room, form, request.args.get("measure", ""))
    return _form(room, form)


@recommendations.post("/new")
@writes
def write(slug: str) -> Page:
    """Keep a new recommendation."""
    room = entered(slug)
    form = _filled(room)
    if not form.validate():
        return _form(room, form), 422
    try:
        basis = [queries.by_id(session(), room.wave, int(each)) for each in form.findings.data or ()]
        found = verbs.write(session(), wave=room.wave, advised=_advised(room, form), findings=basis, by=whoever())
    except SurveyError as problem:
        return _refused(room, form, problem)
    session().commit()
    tell(_("Recommendation %(number)s is kept.", number=found.number))
    return redirect(url_for("recommendations.one", slug=slug, recommendation=found.id), 303)


@recommendations.get("/<int:recommendation>")
@writes
def one(slug: str, recommendation: int) -> str:
    """The form with what it says now, and below it whether readers see it."""
    room = entered(slug)
    found = queries.recommendation_by_id(session(), room.wave, recommendation)
    form = RecommendationForm()
    _offer(room, form)
    form.fill(found)
    return _form(room, form, found)


@recommendations.post("/<int:recommendation>")
@writes
def change(slug: str, recommendation: int) -> Page:
    """Say it otherwise, unless somebody else did since."""
    room = entered(slug)
    found = queries.recommendation_by_id(session(), room.wave, recommendation)
    form = _filled(room)
    if not form.validate():
        return _form(room, form, found), 422
    version = str(form.version.data)
    try:
        verbs.change(
            session(),
            recommendation=found,
            version=int(version) if version.isdecimal() else 0,
            advised=_advised(room, form),
            findings=[queries.by_id(session(), room.wave, int(each)) for each in form.findings.data or ()],
            by=whoever(),
        )
    except SurveyError as problem:
        return _refused(room, form, problem, found)
    session().commit()
    tell(_("What you changed is kept."))
    return redirect(url_for("recommendations.one", slug=slug, recommendation=recommendation), 303)


@recommendations.post("/<int:recommendation>/report")
@writes
def report(slug: str, recommendation: int) -> Response:
    """Let readers see it, or not any more."""
    found = queries.recommendation_by_id(session(), wave_of(slug), recommendation)
    in_report = request.form.get("in_report") == "1"
    verbs.show(session(), recommendation=found, in_report=in_report, by=whoever())
    session().commit()
    tell(
        _("This recommendation is in the report.")
        if in_report
        else _("This recommendation is not in the report any more.")
    )
    return redirect(url_for("recommendations.one", slug=slug, recommendation=recommendation), 303)


@recommendations.post("/<int:recommendation>/move")
@writes
def move(slug: str, recommendation: int) -> Response:
    """One place earlier or later; the report tells them in this order."""
    found = queries.recommendation_by_id(session(), wave_of(slug), recommendation)
    ordering.move(session(), found=found, up=request.form.get("way") == "up", by=whoever())
    session().commit()
    return redirect(url_for("findings.index", slug=slug, _anchor=f"recommendation-{found.number}"), 303)


@recommendations.post("/<int:recommendation>/remove")
@writes
def remove(slug: str, recommendation: int) -> Response:
    """Throw it away."""
    found = queries.recommendation_by_id(session(), wave_of(slug), recommendation)
    number = found.number
    try:
        verbs.remove(session(), recommendation=found, by=whoever())
    except SurveyError as problem:
        undo(problem)
        warn(wording.refusal(problem))
        return redirect(url_for("recommendations.one", slug=slug, recommendation=recommendation), 303)
    session().commit()
    tell(_("Recommendation %(number)s was thrown away.", number=number))
    return redirect(url_for("findings.index", slug=slug, _anchor="recommendations"), 303)


def _offer(room: Room, form: RecommendationForm) -> None:
    form.offer(room.seen, queries.every(session(), room.wave))


def _filled(room: Room) -> RecommendationForm:
    form = RecommendationForm(request.form)
    _offer(room, form)
    return form


def _take_measure(room: Room, form: RecommendationForm, measure: str) -> None:
    measures = room.seen.edition.guide.theme(str(form.theme.data)).measures
    if measure.isascii() and measure.isdecimal() and int(measure) < len(measures):
        chosen = measures[int(measure)]
        form.measure.data, form.text.data, form.belongs_to.data = measure, said(chosen.text), chosen.belongs_to


def _advised(room: Room, form: RecommendationForm) -> Advised:
    measure = str(form.measure.data or "")
    return Advised(
        str(form.text.data),
        str(form.addressee.data),
        str(form.belongs_to.data),
        str(form.timing.data),
        str(form.effort.data),
        str(form.explanation.data or ""),
        room.member(str(form.organisation.data)),
        str(form.theme.data),
        int(measure) if measure.isascii() and measure.isdecimal() and form.theme.data else None,
    )


def _refused(
    room: Room, form: RecommendationForm, problem: SurveyError, found: Recommendation | None = None
) -> tuple[str, int]:
    undo(problem)
    form.form_errors.append(wording.refusal(problem))
    return _form(room, form, found), STATUS[type(problem)]


def _form(room: Room, form: RecommendationForm, found: Recommendation | None = None) -> str:
    guide = room.seen.edition.guide
    return render_template(
        "findings/recommendation.html",
        evaluation=room.evaluation,
        form=form,
        recommendation=found,
        changed_meanwhile=found is not None and str(form.version.data) != str(found.version),
        measures=[
            (key, subject_title(room.seen, "theme", key), list(enumerate(guide.theme(key).measures)))
            for key in room.seen.edition.questionnaire.themes
        ],
    )
