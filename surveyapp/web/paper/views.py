"""The address of a paper form; a worker prints it the first time that somebody asks."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.actions import renderings as verbs
from surveyapp.actions.renderings import PAPER_FORM, RESPONDENT
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import Evaluation, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.questionnaires.text import say
from surveyapp.reports.paper_form import PaperForm
from surveyapp.reports.rendered import file_name
from surveyapp.web import study
from surveyapp.web.database import database, session
from surveyapp.web.guard import needs, public
from surveyapp.web.paper import forms
from surveyapp.web.renderings import Audience, wait_for
from surveyapp.web.respond import refusals
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.landing import WHY
from surveyapp.web.respond.visit import find_open

paper = Blueprint("paper", __name__)
refusals.add_refusals(paper)


@paper.get("/r/<token>/paper-form")
@public(WHY)
def form(token: str) -> Page:
    """The form for who was invited by name, as long as nothing was begun on the internet."""
    visit = find_open(token)
    if not visit.may_answer_on_paper:
        raise NotFound("paper-form")
    asked = forms.of_visit(visit)
    wave = session().get_one(Wave, visit.invited.wave_id)
    made = _printed(wave.evaluation, asked)
    if made is None:
        return _later("paper/being-made.html", visit=visit)
    return made


@paper.get("/evaluations/<slug>/paper-forms/<role>")
@needs(Permission.RESPONSE_ENTER, on=study.on_evaluation)
def of_role(slug: str, role: str) -> Page:
    """The form of a role, for all organisations."""
    evaluation = study.evaluation(slug)
    wave = evaluation_queries.wave(session(), evaluation)
    if role not in {known.key for known in editions.of(session(), wave).questionnaire.roles}:
        raise NotFound("role")
    if wave.regime == ANONYMOUS:
        raise WrongState("nobody-enters-anonymous")
    made = _printed(evaluation, forms.of_role(wave, role))
    if made is None:
        return _later("paper/form-being-made.html", evaluation=evaluation)
    return made


def _printed(evaluation: Evaluation, asked: PaperForm) -> Response | None:
    """The form as a worker made it; None when that takes longer than a visitor should wait."""
    audience = Audience(evaluation, RESPONDENT)
    with database().session() as writing:
        verbs.request(
            writing,
            evaluation=evaluation,
            audience=RESPONDENT,
            membership_id=None,
            kind=PAPER_FORM,
            specification=asked.to_document(),
            digest=asked.digest,
        )
        writing.commit()
    made = wait_for(audience, asked.digest)
    if made is None:
        return None
    named = file_name(f"{say(asked.questionnaire.title, asked.language)} {asked.organisation} {asked.role}", "pdf")
    headers = {"Content-Disposition": f'inline; filename="{named}"'}
    return Response(made.content, mimetype=made.media_type, headers=headers)


def _later(template: str, **values: object) -> tuple[str, int]:
    return render_template(template, again=request.full_path.rstrip("?"), **values), 503
