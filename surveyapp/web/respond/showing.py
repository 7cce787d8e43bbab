"""A page of questions as one respondent sees it now: compiled once, filled in with answers, numbers and names."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from flask import render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from surveyapp.questionnaires.path import Path, Step
from surveyapp.questionnaires.text import say
from surveyapp.web import language
from surveyapp.web.respond import colleagues, fingerprints, forms, pages, slots, wording
from surveyapp.web.respond.kinds import PIECES
from surveyapp.web.respond.kinds.piece import Field
from surveyapp.web.respond.sheet import Sheet, sheet
from surveyapp.web.respond.visit import Visit

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_ERROR: Final = Markup('<p class="utrecht-form-field-error-message note" id="e-{}">{}</p>')
_PROVEN_BY: Final = "token"
"""A door whose address holds one needs no further proof that a form came from our own page."""


def render(template: str, visit: Visit, **values: Any) -> str:  # noqa: ANN401
    """A page that somebody who answers reads."""
    return render_template(template, visit=visit, until=wording.moment(visit.invited.closes_at), **values)


def sheet_of(visit: Visit, step: Step) -> Sheet:
    """The page of a step in the language of this request."""
    return sheet(visit.invited.edition_digest, visit.questionnaire, step, language.current())


def compiled(visit: Visit, template: str, sheets: Iterable[Sheet]) -> pages.Page:
    """The page that this template makes of these sheets, to be filled in."""
    shown = tuple(sheets)
    spoken = language.current()
    name = (
        *(template, visit.door.room, visit.invited.edition_digest, visit.invited.regime, visit.may_pass_on),
        visit.invited.test,
        *(spoken, language.visitors_own(), say(visit.invited.title, spoken)),
        *((one.key, one.step.keys) for one in shown),
    )
    values = {"visit": visit, "sheets": shown, "sheet": next(iter(shown), None), "slots": slots, "onward": asked()}
    return pages.page(name, lambda: render_template(template, **values))


def asked() -> str:
    """What an address ends in so that the next page speaks as this one."""
    spoken = language.current()
    return f"?language={spoken}" if spoken != language.visitors_own() else ""


def section_page(
    visit: Visit,
    here: Step,
    answers: Mapping[str, str],
    path: Path,
    *,
    typed: Mapping[str, Iterable[Field]] = MappingProxyType({}),
    problems: Mapping[str, str] = NOTHING,
    summary: str = "",
) -> str:
    """The page of a section with these answers.

    ``typed`` holds the fields of what could not be stored, as they were posted, by key; ``problems`` a sentence by key;
    ``summary`` is HTML above the questions.
    """
    page = sheet_of(visit, here)
    spoken = language.current()
    known = {key: answers[key] for key in here.stored if answers.get(key) and key not in typed}
    filled = names(visit) | place(visit, path, here.section.key) | shown(page, path) | beside(here, known, typed)
    filled |= mistakes(problems)
    filled |= {"summary": summary, "was": fingerprints.written(here.stored, answers), "csrf": csrf(visit)}
    filled["colleague"] = colleagues.at_section(visit, here.section.key)
    fields = [*forms.fields(here, known, spoken), *(field for posted in typed.values() for field in posted)]
    return compiled(visit, "respond/section.html", (page,)).filled(fields, filled)


def names(visit: Visit) -> dict[str, str]:
    """What texts may name."""
    role = visit.questionnaire.role(visit.invited.role)
    return {
        "organisation": str(escape(visit.invited.organisation)),
        "role": str(escape(say(role.title, language.current()))),
        "sign": visit.door.sign,
    }


def place(visit: Visit, path: Path, section: str) -> dict[str, str]:
    """How far along this page is, of the steps that are shown and the look back."""
    steps = [step.section.key for step in path.steps if visit.door.only in {None, step.section.key}]
    number = steps.index(section) + 1 if section in steps else len(steps)
    return {"step": str(number), "steps": str(len(steps) + 1)}


def shown(page: Sheet, path: Path) -> dict[str, str]:
    """Numbers for the questions of a page that are shown, in order; the others are hidden."""
    filled: dict[str, str] = {}
    number = 0
    for item in page.items:
        if item.key not in path.questions:
            filled[f"hidden:{item.key}"] = " hidden"
        elif item.question.answerable:
            number += 1
            filled[f"number:{item.key}"] = str(number)
    return filled


def beside(here: Step, answers: Mapping[str, str], typed: Mapping[str, object]) -> dict[str, str]:
    """What stands beside the fields because of the answers: what is left to divide, remarks that are open."""
    filled = {}
    for question in here.questions:
        if question.key not in typed:
            for slot, words in PIECES[question.kind].notes(question, answers.get(question.key, "")):
                filled[slot] = str(escape(words))
        for key in forms.keys(question)[1:]:
            if key in answers or key in typed:
                filled[f"open:{key}"] = " open"
    return filled


def mistakes(problems: Mapping[str, str]) -> dict[str, str]:
    """What shows that answers are wrong, and why."""
    filled: dict[str, str] = {"mistake": str(escape(wording.mistake()))} if problems else {}
    for key, sentence in problems.items():
        filled[f"wrong:{key.partition('.')[0]}"] = " question--wrong"
        filled[f"error:{key}"] = str(_ERROR.format(key, sentence))
        filled[f"described:{key}"] = f" e-{key}"
        filled[f"alone:{key}"] = f' aria-describedby="e-{key}"'
        filled[f"invalid:{key}"] = ' aria-invalid="true"'
        filled[f"open:{key}"] = " open"
    return filled


def csrf(visit: Visit) -> str:
    """The field that proves that a form came from our own page, as HTML."""
    if _PROVEN_BY in visit.door.arguments:
        return ""
    return str(Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf()))
