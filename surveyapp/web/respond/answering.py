"""Showing and keeping answers, the same behind every door: respondent, colleague, researcher with a paper form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from surveyapp.actions import responses as verbs
from surveyapp.queries.responses import Answering
from surveyapp.questionnaires.path import Step
from surveyapp.questionnaires.text import say
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.respond import forms, pages, wording
from surveyapp.web.respond.forms import SectionForm
from surveyapp.web.respond.sheet import Sheet, sheet
from surveyapp.web.respond.visit import Visit

Page = str | tuple[str, int] | Response


def questions(visit: Visit, section: str) -> str:
    """The page of a section with what was answered so far."""
    here = visit.page_of(section)
    shown, spoken = sheet_of(visit, here), language.current()
    name = (
        *(visit.invited.edition_digest, visit.door.room, section, tuple(item.key for item in shown.items)),
        *(spoken, language.visitors_own(), say(visit.invited.title, spoken)),
    )
    return pages.page(name, shown, lambda slots: _rendered(visit, here, shown, slots)).filled(visit.answers)


def save(visit: Visit, response: Answering, section: str) -> Page:
    """Keep what was answered and go where the button says; with a mistake, the same page with everything typed."""
    here = visit.page_of(section)
    form = forms.read(request.form, here, visit.questionnaire)
    if form.problems:
        return _mistakes(visit, here, form), 422
    verbs.save(session(), response=response, questionnaire=visit.questionnaire, answers=form.given)
    session().commit()
    return _onward(visit, section, request.form.get("save-and", "continue"))


def first_open(visit: Visit) -> Response:
    """To the first section in which nothing was answered, or to the look back."""
    for step in visit.steps:
        if not any(visit.answers.get(question.key) for question in step.questions):
            return visit.to("section", section=step.section.key)
    return visit.to("check")


def look_back(visit: Visit, problem: str | None = None) -> str:
    """Everything that was answered, and what was not."""
    sheets = [sheet_of(visit, step) for step in visit.steps]
    asked = [item for shown in sheets for item in shown.items]
    return render(
        "respond/check.html",
        visit,
        sheets=sheets,
        values=visit.answers,
        asked=len(asked),
        given=sum(bool(visit.answers.get(item.key)) for item in asked),
        problem=problem,
        step=len(sheets) + 1,
        steps=len(sheets) + 1,
    )


def sheet_of(visit: Visit, step: Step) -> Sheet:
    """The page of a step in the language of this request."""
    return sheet(visit.invited.edition_digest, visit.questionnaire, step, language.current())


def render(template: str, visit: Visit, **values: Any) -> str:  # noqa: ANN401
    """A page that somebody who answers reads."""
    return render_template(template, visit=visit, until=wording.moment(visit.invited.closes_at), **values)


def _onward(visit: Visit, section: str, button: str) -> Response:
    sections = [step.section.key for step in visit.steps]
    place = sections.index(section)
    if button.startswith("language-"):
        return visit.to("section", section=section, language=button.removeprefix("language-"))
    if button == "later":
        return visit.to("later")
    if button == "previous":
        return visit.to("section", section=sections[place - 1]) if place else visit.to("landing")
    if place + 1 < len(sections):
        return visit.to("section", section=sections[place + 1])
    return visit.to("check")


def _mistakes(visit: Visit, here: Step, form: SectionForm) -> str:
    shown = sheet_of(visit, here)
    problems = {
        item.key: wording.problem(form.problems[item.key], item, form.given[item.key])
        for item in shown.items
        if item.key in form.problems
    }
    return _rendered(visit, here, shown, pages.Answers(form.given), problems)


def _rendered(
    visit: Visit,
    here: Step,
    shown: Sheet,
    answers: pages.Slots | pages.Answers,
    problems: Mapping[str, str] = MappingProxyType({}),
) -> str:
    sections = [step.section.key for step in visit.possible.steps]
    return render(
        "respond/section.html",
        visit,
        sheet=shown,
        answers=answers,
        problems=problems,
        step=sections.index(here.section.key) + 1,
        steps=len(sections) + 1,
    )
