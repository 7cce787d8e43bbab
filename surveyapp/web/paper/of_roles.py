"""The address of the paper form of a role, for the research team."""

from flask import Blueprint

from surveyapp.access import Permission
from surveyapp.errors import NotFound, WrongState
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, evaluations
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.guard import needs
from surveyapp.web.paper import forms
from surveyapp.web.paper.printed import later, printed
from surveyapp.web.respond.answering import Page

paper_forms = Blueprint("paper_forms", __name__)


@paper_forms.get("/evaluations/<slug>/paper-forms/<role>")
@needs(Permission.RESPONSE_ENTER, on=study.on_evaluation)
def of_role(slug: str, role: str) -> Page:
    """The form of a role, for all organisations."""
    evaluation = study.evaluation(slug)
    wave = evaluations.wave(session(), evaluation)
    if role not in {known.key for known in editions.of(session(), wave).questionnaire.roles}:
        raise NotFound("role")
    if wave.regime == ANONYMOUS:
        raise WrongState("nobody-enters-anonymous")
    made = printed(evaluation, forms.of_role(wave, role))
    if made is None:
        return later("paper/form-being-made.html", evaluation=evaluation)
    return made
