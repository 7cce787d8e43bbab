"""Findings: the list by theme, one with what it rests on, and writing them."""

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import findings as verbs
from surveyapp.actions import ordering
from surveyapp.actions.findings import Said
from surveyapp.errors import SurveyError
from surveyapp.models import Finding
from surveyapp.queries import findings as queries
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.findings import wording
from surveyapp.web.findings.covering import covered
from surveyapp.web.findings.forms import FindingForm
from surveyapp.web.findings.linking import Forms, add_linking, shown
from surveyapp.web.findings.room import Room, entered, nothing_yet, room_of, undo, wave_of, whoever, writes
from surveyapp.web.findings.supports import subject_title
from surveyapp.web.findings.waves import choices, keep_wave
from surveyapp.web.told import tell, warn
from surveyapp.web.words import _

findings = Blueprint("findings", __name__, url_prefix="/evaluations/<slug>/findings")
add_linking(findings)
keep_wave(findings)

Page = str | tuple[str, int] | Response
_SHOWN: Final = "1"


@findings.get("")
@writes
def index(slug: str) -> str:
    """Every finding by theme, with its judgement and strength, and the recommendations."""
    room = room_of(slug)
    if room is None:
        return nothing_yet(slug)
    written = queries.written(session(), room.wave)
    return render_template(
        "findings/index.html",
        evaluation=room.evaluation,
        wording=wording,
        themes=[
            (key, subject_title(room.seen, "theme", key), [each for each in written if each.theme == key])
            for key in room.seen.edition.questionnaire.themes
        ],
        recommendations=queries.advised(session(), room.wave),
        seen=room.seen,
        waves=choices(room.evaluation, room.wave, "findings.index"),
    )


@findings.get("/matrix")
@writes
def matrix(slug: str) -> str:
    """Themes beside what is low, found and recommended: what is not covered."""
    room = room_of(slug)
    if room is None:
        return nothing_yet(slug)
    return render_template("findings/matrix.html", evaluation=room.evaluation, covered=covered(room.seen))


@findings.get("/new")
@writes
def new(slug: str) -> str:
    """An empty form; ``theme`` and ``organisation`` in the address are chosen already."""
    room = entered(slug)
    form = FindingForm()
    form.offer(room.seen)
    form.choose(room.seen, request.args)
    return _form(room, form)


@findings.post("/new")
@writes
def write(slug: str) -> Page:
    """Keep a new finding."""
    room = entered(slug)
    form = _filled(room)
    if not form.validate():
        return _form(room, form), 422
    try:
        finding = verbs.write(session(), wave=room.wave, said=_said(room, form), by=whoever())
    except SurveyError as problem:
        return _refused(room, form, problem)
    session().commit()
    tell(_("Finding %(number)s is kept. Now say what it rests on.", number=finding.number))
    return redirect(url_for("findings.one", slug=slug, finding=finding.id), 303)


@findings.get("/<int:finding>")
@writes
def one(slug: str, finding: int) -> str:
    """A finding: the facts, apart from them the judgement, what it rests on and what follows from it."""
    room = entered(slug)
    return shown(room, queries.by_id(session(), room.wave, finding), Forms.empty(room))


@findings.get("/<int:finding>/edit")
@writes
def edit(slug: str, finding: int) -> str:
    """The form with what it says now."""
    room = entered(slug)
    found = queries.by_id(session(), room.wave, finding)
    form = FindingForm()
    form.offer(room.seen)
    form.fill(found)
    return _form(room, form, found)


@findings.post("/<int:finding>/edit")
@writes
def change(slug: str, finding: int) -> Page:
    """Say it otherwise, unless somebody else did since."""
    room = entered(slug)
    found = queries.by_id(session(), room.wave, finding)
    form = _filled(room)
    if not form.validate():
        return _form(room, form, found), 422
    version = str(form.version.data)
    try:
        verbs.change(
            session(),
            finding=found,
            version=int(version) if version.isdecimal() else 0,
            said=_said(room, form),
            by=whoever(),
        )
    except SurveyError as problem:
        return _refused(room, form, problem, found)
    session().commit()
    tell(_("What you changed is kept."))
    return redirect(url_for("findings.one", slug=slug, finding=finding), 303)


@findings.post("/<int:finding>/report")
@writes
def report(slug: str, finding: int) -> Response:
    """Let readers see it, or not any more."""
    found = queries.by_id(session(), wave_of(slug), finding)
    in_report = request.form.get("in_report") == _SHOWN
    verbs.show(session(), finding=found, in_report=in_report, by=whoever())
    session().commit()
    tell(_("This finding is in the report.") if in_report else _("This finding is not in the report any more."))
    return redirect(url_for("findings.one", slug=slug, finding=finding), 303)


@findings.post("/<int:finding>/move")
@writes
def move(slug: str, finding: int) -> Response:
    """One place earlier or later in its theme; the report tells them in this order."""
    found = queries.by_id(session(), wave_of(slug), finding)
    ordering.move(session(), found=found, up=request.form.get("way") == "up", by=whoever())
    session().commit()
    return redirect(url_for("findings.index", slug=slug, _anchor=f"finding-{found.number}"), 303)


@findings.post("/<int:finding>/remove")
@writes
def remove(slug: str, finding: int) -> Response:
    """Throw it away."""
    found = queries.by_id(session(), wave_of(slug), finding)
    number = found.number
    try:
        verbs.remove(session(), finding=found, by=whoever())
    except SurveyError as problem:
        undo(problem)
        warn(wording.refusal(problem))
        return redirect(url_for("findings.one", slug=slug, finding=finding), 303)
    session().commit()
    tell(_("Finding %(number)s was thrown away.", number=number))
    return redirect(url_for("findings.index", slug=slug), 303)


def _filled(room: Room) -> FindingForm:
    form = FindingForm(request.form)
    form.offer(room.seen)
    return form


def _said(room: Room, form: FindingForm) -> Said:
    return Said(
        str(form.theme.data),
        str(form.fact.data),
        room.member(str(form.organisation.data)),
        str(form.role.data),
        str(form.judgement.data),
        str(form.judgement_reason.data),
    )


def _refused(room: Room, form: FindingForm, problem: SurveyError, found: Finding | None = None) -> tuple[str, int]:
    undo(problem)
    form.form_errors.append(wording.refusal(problem))
    return _form(room, form, found), STATUS[type(problem)]


def _form(room: Room, form: FindingForm, found: Finding | None = None) -> str:
    latest = found is not None and str(form.version.data) != str(found.version)
    return render_template(
        "findings/form.html",
        evaluation=room.evaluation,
        form=form,
        finding=found,
        changed_meanwhile=latest,
        about={key: room.seen.edition.framework.theme(key) for key in room.seen.edition.questionnaire.themes},
    )
