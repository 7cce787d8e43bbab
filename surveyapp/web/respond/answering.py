"""Keeping answers, the same behind every door: respondent, colleague, researcher with a paper form.

What can be stored is stored, also when something else on the page is wrong; the page comes back with what could not.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from surveyapp.actions import responses as verbs
from surveyapp.queries.responses import Answering
from surveyapp.questionnaires.kinds.asked import OTHER, companion
from surveyapp.questionnaires.kinds.problems import NOT_SAID_WHAT
from surveyapp.questionnaires.path import Path, Step
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.respond import fingerprints, forms, summing_up, wording
from surveyapp.web.respond.fingerprints import fingerprint
from surveyapp.web.respond.looking_back import look_back
from surveyapp.web.respond.showing import render, section_page, sheet_of
from surveyapp.web.respond.visit import Visit

__all__ = ["Kept", "Page", "accept", "first_open", "look_back", "questions", "render", "save", "sentences", "sheet_of"]

Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Kept:
    """What came of a posted page; keys are those of answers (``g1_1``, ``g1_1.comment``)."""

    saved: tuple[str, ...]
    problems: Mapping[str, str]
    """The code of what keeps an answer from being stored, where its question is shown."""
    typed: Mapping[str, str]
    """What was posted for those."""
    overwritten: tuple[str, ...]
    """Changed here and in another window as well; this one counts."""
    elsewhere: tuple[str, ...]
    """Changed in another window and not here; the other one counts."""
    was: str
    """The fingerprints of the answers as they stand now, for the page."""
    answers: dict[str, str]
    """As they stand now."""
    path: Path
    """What these make the questionnaire show."""


def questions(visit: Visit, section: str) -> Page:
    """The page of a section with what was answered so far; where nothing of it is shown now, the next one."""
    here = visit.page_of(section)
    if visit.door.only is None and section not in {step.section.key for step in visit.steps}:
        return _next(visit, visit.path, section)
    return section_page(visit, here, visit.answers, visit.path)


def accept(visit: Visit, response: Answering, section: str) -> Kept:
    """Store what was changed on the posted page and can be stored; the rest is told. Commits nothing."""
    here = visit.page_of(section)
    form = forms.read(request.form, here, visit.questionnaire, language.current())
    keys = here.stored
    now = {key: fingerprint(visit.answers.get(key, "")) for key in keys}
    was = fingerprints.read(request.form["was"]) if "was" in request.form else now
    changed = [key for key, value in form.given.items() if fingerprint(value) != was.get(key, "")]
    others = {key for key in keys if now[key] != was.get(key, "")}
    changes = {
        key: form.given[key]
        for key in changed
        if key not in form.problems and form.given[key] != visit.answers.get(key, "")
    }
    if changes:
        verbs.save(
            session(),
            response=response,
            questionnaire=visit.questionnaire,
            answers=changes,
            delegation_id=visit.door.delegation_id,
        )
    answers = visit.answers | changes
    after = visit.way(answers) if changes else visit.path
    problems = {
        key: form.problems[key] for key in changed if key in form.problems and key.partition(".")[0] in after.questions
    }
    return Kept(
        saved=tuple(changes),
        problems=problems,
        typed={key: form.given[key] for key in problems},
        overwritten=tuple(key for key in changes if key in others),
        elsewhere=tuple(key for key in keys if key in others and key not in changed),
        was=fingerprints.written(keys, answers),
        answers=answers,
        path=after,
    )


def save(visit: Visit, response: Answering, section: str) -> Page:
    """Keep what was answered and go where the button says, or show the same page again and say why."""
    kept = accept(visit, response, section)
    session().commit()
    here = visit.page_of(section)
    button = request.form.get("save-and", "continue")
    onward = button == "continue"
    problems = dict(kept.problems)
    if onward:
        problems = unfinished(kept, here) | problems
    added = _added(visit, kept, here) if onward else ()
    if problems or added or kept.overwritten or kept.elsewhere:
        return _again(visit, here, kept, problems, added), 422 if problems else 200
    return _onward(visit, kept.path, section, button)


def unfinished(kept: Kept, here: Step) -> dict[str, str]:
    """Key -> the code of what keeps an answer on this page from being sent; the key is that of the field to fill in."""
    found = kept.path.unfinished(kept.answers, here)
    return {
        companion(question.key, OTHER) if found[question.key] == NOT_SAID_WHAT else question.key: found[question.key]
        for question in here.questions
        if question.key in found
    }


def sentences(visit: Visit, here: Step, problems: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Key -> what is wrong in words, in the order of the page; ``values`` is what was typed or stored."""
    return {
        key: wording.problem(problems[key], item, values.get(key, ""), key.partition(".")[2])
        for item in sheet_of(visit, here).items
        for key in forms.keys(item.question)
        if key in problems
    }


def first_open(visit: Visit) -> Response:
    """To the first section in which nothing was answered, or to the look back."""
    for step in visit.steps:
        asked = [question.key for question in step.questions if question.answerable]
        unread = not asked and not any(visit.answers.values())
        if unread or (asked and not any(visit.answers.get(key) for key in asked)):
            return visit.to("section", section=step.section.key)
    return visit.to("check")


def _added(visit: Visit, kept: Kept, here: Step) -> tuple[str, ...]:
    """The questions of this page that these answers made appear, and that wait for an answer."""
    return tuple(
        question.key
        for question in here.questions
        if question.answerable
        and question.key in kept.path.questions
        and question.key not in visit.path.questions
        and not kept.answers.get(question.key)
    )


def _again(visit: Visit, here: Step, kept: Kept, problems: Mapping[str, str], added: tuple[str, ...]) -> str:
    told = sentences(visit, here, problems, kept.answers | dict(kept.typed))
    summary = summing_up.summary(
        sheet_of(visit, here),
        kept.path,
        told,
        saved=bool(kept.saved),
        overwritten=kept.overwritten,
        elsewhere=kept.elsewhere,
        added=added,
    )
    typed = {key: tuple(forms.typed(request.form, key)) for key in kept.typed}
    return section_page(visit, here, kept.answers, kept.path, typed=typed, problems=told, summary=summary)


def _onward(visit: Visit, shown: Path, section: str, button: str) -> Response:
    if button.startswith("language-"):
        return visit.to("section", section=section, language=button.removeprefix("language-"))
    if button == "later":
        return visit.to("later")
    if button == "pass-on" and visit.may_pass_on:
        return visit.to("colleague", section=section)
    if button == "previous":
        before = _beside(visit, shown, section)[0]
        return visit.to("section", section=before[-1]) if before else visit.to("landing")
    return _next(visit, shown, section)


def _next(visit: Visit, shown: Path, section: str) -> Response:
    after = _beside(visit, shown, section)[1]
    return visit.to("section", section=after[0]) if after else visit.to("check")


def _beside(visit: Visit, shown: Path, section: str) -> tuple[list[str], list[str]]:
    """The sections that are shown before and after this one, which itself may not be."""
    order = [one.key for one in visit.questionnaire.sections]
    here = order.index(section)
    keys = [step.section.key for step in shown.steps if visit.door.only in {None, step.section.key}]
    return [key for key in keys if order.index(key) < here], [key for key in keys if order.index(key) > here]
