"""The way through a questionnaire: first page, a page per section, a look back, sending, thanks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import responses as verbs
from surveyapp.errors import InvalidAnswer, WrongState
from surveyapp.queries import invitations, responses
from surveyapp.queries.responses import Answering
from surveyapp.questionnaires.questionnaire import Section
from surveyapp.questionnaires.text import say
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.guard import public
from surveyapp.web.respond import forms, pages, refusals, wording
from surveyapp.web.respond.forms import SectionForm
from surveyapp.web.respond.sheet import Sheet, sheet
from surveyapp.web.respond.visit import Visit, find, find_open, must_be_open

respond = Blueprint("respond", __name__, url_prefix="/r/<token>")
"""Names of pages hold a hyphen, which the key of a section cannot."""
refusals.add_refusals(respond)

_WHY: Final = "the link is the key: whoever holds it may answer"
_Page = str | tuple[str, int] | Response


@respond.get("")
@public(_WHY)
def landing(token: str) -> _Page:
    """Who asks, why, how long, until when, and who will see it."""
    visit = find(token)
    if visit.submitted:
        return _to("respond.thanks", visit)
    must_be_open(visit)
    return _render(
        "respond/landing.html",
        visit,
        organisation=visit.invited.organisation,
        role=visit.questionnaire.role(visit.role),
        origin=visit.edition.framework.origin,
        audiences=wording.audiences(visit.invited),
        summary=wording.summary(visit.invited),
    )


@respond.post("")
@public(_WHY)
def start(token: str) -> _Page:
    """Begin, or go on where one was."""
    visit = find_open(token)
    answered = responses.answers(session(), visit.response) if visit.response else {}
    _start(visit)
    session().commit()
    for section in visit.sections:
        if not any(answered.get(question.key) for question in section.questions_for(visit.role)):
            return _to("respond.section", visit, section=section.key)
    return _to("respond.check", visit)


@respond.get("/<section>")
@public(_WHY)
def section(token: str, section: str) -> _Page:
    """The questions of one section with what was answered so far."""
    visit = find_open(token)
    here = visit.section(section)
    if visit.response is None:
        return _to("respond.landing", visit)
    return _questions(visit, here, responses.answers(session(), visit.response))


@respond.post("/<section>")
@public(_WHY)
def save(token: str, section: str) -> _Page:
    """Keep what was answered and go where the button says; with a mistake, the same page with everything typed."""
    visit = find_open(token)
    here = visit.section(section)
    form = forms.read(request.form, here, visit.role, visit.questionnaire)
    if form.problems:
        return _mistakes(visit, here, form), 422
    response = visit.response or _start(visit)
    verbs.save(session(), response=response, questionnaire=visit.questionnaire, answers=form.given)
    session().commit()
    return _onward(visit, here, request.form.get("save-and", "continue"))


@respond.get("/check-answers")
@public(_WHY)
def check(token: str) -> _Page:
    """Everything that was answered, and what was not, before sending."""
    visit = find_open(token)
    return _to("respond.landing", visit) if visit.response is None else _look_back(visit)


@respond.post("/check-answers")
@public(_WHY)
def send(token: str) -> _Page:
    """Send the answers, once; sending again shows the same thanks."""
    visit = find(token)
    if visit.submitted:
        return _to("respond.thanks", visit)
    must_be_open(visit)
    if visit.response is None:
        return _to("respond.landing", visit)
    try:
        verbs.submit(session(), response=visit.response, questionnaire=visit.questionnaire)
    except InvalidAnswer as problem:
        return _look_back(visit, sentence(problem)), 422
    except WrongState as problem:
        if problem.code != "already-submitted":
            raise
        return _to("respond.thanks", visit)
    session().commit()
    return _to("respond.thanks", visit)


@respond.get("/thank-you")
@public(_WHY)
def thanks(token: str) -> _Page:
    """What happens next; only after sending."""
    visit = find(token)
    return _render("respond/thanks.html", visit) if visit.submitted else _to("respond.landing", visit)


@respond.get("/to-be-continued")
@public(_WHY)
def later(token: str) -> _Page:
    """The same link goes on where one stopped."""
    visit = find_open(token)
    return _render("respond/later.html", visit)


def _start(visit: Visit) -> Answering:
    return verbs.start(session(), invitation=invitations.to_start(session(), visit.invited.id))


def _onward(visit: Visit, here: Section, button: str) -> Response:
    place = visit.sections.index(here)
    if button.startswith("language-"):
        return _to("respond.section", visit, section=here.key, language=button.removeprefix("language-"))
    if button == "later":
        return _to("respond.later", visit)
    if button == "previous":
        before = visit.sections[place - 1].key if place else None
        return _to("respond.section", visit, section=before) if before else _to("respond.landing", visit)
    if place + 1 < len(visit.sections):
        return _to("respond.section", visit, section=visit.sections[place + 1].key)
    return _to("respond.check", visit)


def _questions(visit: Visit, here: Section, values: dict[str, str]) -> str:
    shown, spoken = _sheet(visit, here), language.current()
    title = say(visit.invited.title, spoken)
    name = (visit.invited.edition_digest, visit.role, here.key, spoken, language.visitors_own(), title)
    return pages.page(name, shown, lambda slots: _rendered(visit, here, shown, slots)).filled(values)


def _mistakes(visit: Visit, here: Section, form: SectionForm) -> str:
    shown = _sheet(visit, here)
    problems = {
        item.key: wording.problem(form.problems[item.key], item, form.given[item.key])
        for item in shown.items
        if item.key in form.problems
    }
    return _rendered(visit, here, shown, pages.Answers(form.given), problems)


def _rendered(
    visit: Visit,
    here: Section,
    shown: Sheet,
    answers: pages.Slots | pages.Answers,
    problems: Mapping[str, str] = MappingProxyType({}),
) -> str:
    return _render(
        "respond/section.html",
        visit,
        sheet=shown,
        answers=answers,
        problems=problems,
        step=visit.sections.index(here) + 1,
        steps=len(visit.sections) + 1,
    )


def _look_back(visit: Visit, problem: str | None = None) -> str:
    answered = responses.answers(session(), visit.response) if visit.response else {}
    sheets = [_sheet(visit, section) for section in visit.sections]
    asked = [item for shown in sheets for item in shown.items]
    return _render(
        "respond/check.html",
        visit,
        sheets=sheets,
        values=answered,
        asked=len(asked),
        given=sum(bool(answered.get(item.key)) for item in asked),
        problem=problem,
        step=len(sheets) + 1,
        steps=len(sheets) + 1,
    )


def _sheet(visit: Visit, section: Section) -> Sheet:
    return sheet(visit.invited.edition_digest, visit.questionnaire, section, visit.role, language.current())


def _render(template: str, visit: Visit, **values: Any) -> str:  # noqa: ANN401
    return render_template(
        template, visit=visit, token=visit.token, until=wording.moment(visit.invited.closes_at), **values
    )


def _to(endpoint: str, visit: Visit, **values: Any) -> Response:  # noqa: ANN401
    return redirect(url_for(endpoint, token=visit.token, **values), 303)
