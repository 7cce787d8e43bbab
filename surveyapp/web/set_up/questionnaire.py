"""Choosing the questionnaire and its version, and reading it as each role will."""

from dataclasses import dataclass

from flask import render_template, request, url_for

from surveyapp.actions import waves
from surveyapp.errors import InvalidContent, NotFound, SurveyError
from surveyapp.models import Evaluation, Wave
from surveyapp.queries import editions
from surveyapp.questionnaires import library
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.questionnaire import Questionnaire, Role
from surveyapp.web import visitor
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.language import said
from surveyapp.web.set_up import room
from surveyapp.web.set_up.forms import QuestionnaireForm
from surveyapp.web.set_up.room import PREFIX, Page, set_up
from surveyapp.web.words import _


@dataclass(frozen=True)
class Offered:
    """An edition of the library, to choose; ``problem`` says why it cannot be."""

    name: str
    title: str
    edition: Edition | None
    problem: str = ""


@set_up.get(f"{PREFIX}/questionnaire")
@room.team
def questionnaire(slug: str) -> str:
    """The library, with what was chosen."""
    evaluation, wave = room.found(slug)
    chosen = editions.by_digest(session(), wave.edition_digest).name if wave is not None else None
    return _shown(evaluation, wave, QuestionnaireForm(data={"edition": chosen}))


@set_up.post(f"{PREFIX}/questionnaire")
@room.team
def choose_questionnaire(slug: str) -> Page:
    """Ask this edition: the first choice begins the wave, another one throws test answers away."""
    evaluation, wave = room.found(slug)
    form = QuestionnaireForm(request.form)
    form.edition.choices = [(one.name, one.title) for one in offered() if one.edition is not None]
    if not form.validate():
        return _shown(evaluation, wave, form), 422
    edition = library.load(str(form.edition.data), room.own_content())
    try:
        if wave is None:
            waves.draft(session(), evaluation=evaluation, edition=edition, by=visitor.user())
        elif editions.by_digest(session(), wave.edition_digest).to_json() != edition.to_json():
            waves.change(session(), wave=wave, edition=edition, by=visitor.user())
    except InvalidContent as problem:
        form.edition.errors = [*form.edition.errors, sentence(problem)]
        return _shown(evaluation, wave, form), 422
    session().commit()
    return room.saved(slug, "questionnaire")


@set_up.get(f"{PREFIX}/questionnaire/<key>/<version>")
@room.team
def preview(slug: str, key: str, version: str) -> str:
    """The questions as a role reads them, on one page; nothing can be answered here."""
    evaluation, wave = room.found(slug)
    edition = _asked_or_offered(wave, f"{key}/{version}")
    asked = edition.questionnaire
    role = _role(asked, request.args.get("role"))
    return render_template(
        "set_up/preview.html",
        evaluation=evaluation,
        edition=edition,
        questionnaire=asked,
        role=role,
        roles=[
            (one, url_for("set_up.preview", slug=slug, key=key, version=version, role=one.key)) for one in asked.roles
        ],
        sections=[(section, section.questions_for(role.key)) for section in asked.sections_for(role.key)],
        step=room.step("questionnaire"),
    )


def offered() -> list[Offered]:
    """Every edition of the library; a faulty one is named with what is wrong with it."""
    found = []
    for name in library.names(room.own_content()):
        try:
            edition = library.load(name, room.own_content())
        except SurveyError:
            found.append(Offered(name, name, None, _("This questionnaire has mistakes and cannot be used.")))
        else:
            found.append(Offered(name, said(edition.questionnaire.title), edition))
    return found


def _asked_or_offered(wave: Wave | None, name: str) -> Edition:
    """As the wave keeps it, where it is what is asked; else as it is in the library."""
    if wave is not None:
        kept = editions.by_digest(session(), wave.edition_digest)
        if kept.name == name:
            return kept
    return library.load(name, room.own_content())


def _role(asked: Questionnaire, key: str | None) -> Role:
    if key is None:
        return asked.roles[0]
    for role in asked.roles:
        if role.key == key:
            return role
    raise NotFound("role")


def _shown(evaluation: Evaluation, wave: Wave | None, form: QuestionnaireForm) -> str:
    kept = editions.by_digest(session(), wave.edition_digest) if wave is not None else None
    return render_template(
        "set_up/questionnaire.html",
        evaluation=evaluation,
        wave=wave,
        frozen=wave is not None and wave.ready_at is not None,
        form=form,
        offered=offered(),
        kept=kept,
        step=room.step("questionnaire"),
    )
