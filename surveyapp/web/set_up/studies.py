"""Beginning a study, the list of its steps, and the first step: title, client, purpose and name in addresses."""

import re
from typing import Final, TypedDict

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.access import Permission, Scope
from surveyapp.actions import copying
from surveyapp.actions import evaluations as verbs
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import Evaluation
from surveyapp.queries import editions
from surveyapp.queries import evaluations as queries
from surveyapp.questionnaires import library
from surveyapp.questionnaires.municipalities import plain
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import needs
from surveyapp.web.set_up import room
from surveyapp.web.set_up.forms import StudyForm
from surveyapp.web.set_up.room import PREFIX, Page, set_up
from surveyapp.web.set_up.steps import steps
from surveyapp.web.told import tell
from surveyapp.web.words import _

_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")


def _everywhere(**_arguments: object) -> Scope:
    """A study that is begun is in no other."""
    return Scope()


@set_up.get("/evaluations/new")
@needs(Permission.EVALUATION_CREATE, on=_everywhere)
def new() -> str:
    """An empty form for a study."""
    return render_template("set_up/new.html", form=StudyForm())


@set_up.post("/evaluations/new")
@needs(Permission.EVALUATION_CREATE, on=_everywhere)
def create() -> Page:
    """Begin it, or tell what is missing with everything that was typed."""
    form = StudyForm(request.form)
    valid = form.validate()
    slug = form.slug.data or (_slug_of(str(form.title_nl.data)) if valid else "")
    if not valid or not _is_free(form, slug, None):
        return render_template("set_up/new.html", form=form), 422
    evaluation = verbs.create(session(), slug=slug, by=visitor.user(), **_said(form))
    session().commit()
    tell(_("The study has been begun. What you fill in is kept: you can stop at any moment and go on later."))
    return redirect(url_for("set_up.index", slug=evaluation.slug), 303)


@set_up.get(PREFIX)
@room.team
def index(slug: str) -> str:
    """Every step with how far it is."""
    evaluation, wave = room.found(slug)
    return render_template(
        "set_up/index.html",
        evaluation=evaluation,
        wave=wave,
        steps=steps(evaluation, wave),
        begun=wave is not None and wave.ready_at is not None,
        newer=_newer(slug),
    )


@set_up.get(f"{PREFIX}/study", endpoint="study")
@room.team
def show_study(slug: str) -> str:
    """Title, client and purpose as they are."""
    evaluation, _wave = room.found(slug)
    form = StudyForm(
        data={
            "title_nl": evaluation.title.get("nl"),
            "title_en": evaluation.title.get("en"),
            "client": evaluation.client,
            "purpose_nl": evaluation.purpose.get("nl"),
            "purpose_en": evaluation.purpose.get("en"),
            "slug": evaluation.slug,
        }
    )
    return _shown(evaluation, form)


@set_up.post(f"{PREFIX}/study")
@room.team
def save_study(slug: str) -> Page:
    """Keep them; a study that was opened keeps its client and its name in addresses."""
    evaluation, _wave = room.found(slug)
    form = StudyForm(request.form)
    if verbs.was_opened(session(), evaluation):
        form.client.data, form.slug.data = evaluation.client, evaluation.slug
        form.client.raw_data = [evaluation.client]
    valid = form.validate()
    wanted = form.slug.data or evaluation.slug
    if not valid or not _is_free(form, wanted, evaluation):
        return _shown(evaluation, form), 422
    verbs.change(session(), evaluation=evaluation, slug=wanted, by=visitor.user(), **_said(form))
    session().commit()
    return room.saved(evaluation.slug, "study")


@set_up.post(f"{PREFIX}/next-wave")
@room.team
def next_wave(slug: str) -> Response:
    """Begin the next wave as a copy of this one, of the same questionnaire or a newer version."""
    evaluation = study.evaluation(slug)
    wanted = request.form.get("edition", "")
    edition = library.load(wanted, room.own_content()) if wanted and wanted in _newer(slug) else None
    made = copying.copy(
        session(), evaluation=evaluation, by=visitor.user(), secret_key=room.secret_key(), edition=edition
    )
    session().commit()
    tell(_("Wave %(number)s has been begun as a copy. Nobody can answer before you open it.", number=made.number))
    return redirect(url_for("set_up.index", slug=slug), 303)


def _newer(slug: str) -> list[str]:
    """Other editions of the questionnaire that the latest wave asks, by name."""
    _evaluation, wave = room.found(slug)
    if wave is None or wave.ready_at is None:
        return []
    asked = editions.by_digest(session(), wave.edition_digest)
    begins = f"{asked.questionnaire.key}/"
    return [name for name in library.names(room.own_content()) if name.startswith(begins) and name != asked.name]


def _shown(evaluation: Evaluation, form: StudyForm) -> str:
    return render_template(
        "set_up/study.html",
        evaluation=evaluation,
        form=form,
        opened=verbs.was_opened(session(), evaluation),
        step=room.step("study"),
    )


class _Said(TypedDict):
    title: dict[str, str]
    client: str
    purpose: dict[str, str]


def _said(form: StudyForm) -> _Said:
    """What the form says, as the actions take it; a language without words has none."""
    title = {"nl": form.title_nl.data, "en": form.title_en.data}
    purpose = {"nl": form.purpose_nl.data, "en": form.purpose_en.data}
    return {
        "title": {language: words for language, words in title.items() if words},
        "client": str(form.client.data),
        "purpose": {language: words for language, words in purpose.items() if words},
    }


def _slug_of(title: str) -> str:
    """A name for addresses out of the title, that no other study has."""
    words = _NO_LETTERS.sub("-", plain(title)).strip("-")[: verbs.LONGEST_SLUG - 5].strip("-")
    start = words if words and words not in verbs.RESERVED else "onderzoek"
    number = 1
    while _taken(f"{start}-{number}" if number > 1 else start):
        number += 1
    return f"{start}-{number}" if number > 1 else start


def _taken(slug: str) -> bool:
    try:
        queries.by_slug(session(), slug)
    except NotFound:
        return False
    return True


def _is_free(form: StudyForm, slug: str, own: Evaluation | None) -> bool:
    """Whether no other study has this name; says so at the field."""
    if form.slug.errors or not slug or (own is not None and own.slug == slug) or not _taken(slug):
        return not form.errors
    form.slug.errors = [*form.slug.errors, sentence(WrongState("slug-taken", slug=slug))]
    return False
