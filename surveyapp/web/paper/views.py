"""The address of a paper form, for who was invited."""

from flask import Blueprint

from surveyapp.errors import NotFound
from surveyapp.models import Wave
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.paper import forms
from surveyapp.web.paper.printed import later, printed
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
    made = printed(wave.evaluation, asked)
    if made is None:
        return later("paper/being-made.html", visit=visit)
    return made
