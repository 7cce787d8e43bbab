"""The look back: every question that is shown with its answer in words, and what keeps the answers from being sent."""

from collections.abc import Iterator, Mapping

from flask import render_template
from markupsafe import Markup, escape

from surveyapp.questionnaires.kinds.asked import COMMENT, OTHER, companion
from surveyapp.reports import answered
from surveyapp.web.respond import colleagues, pages, showing, wording
from surveyapp.web.respond.kinds.piece import Item
from surveyapp.web.respond.sheet import Sheet
from surveyapp.web.respond.summing_up import numbered
from surveyapp.web.respond.visit import Visit
from surveyapp.web.words import _


def look_back(visit: Visit, problem: str | None = None, *, template: str = "respond/check.html") -> str:
    """Everything that was answered, and what was not; with a ``problem``, why it could not be sent."""
    sheets = [showing.sheet_of(visit, step) for step in visit.steps]
    items = [item for page in sheets for item in page.items if item.question.answerable]
    unfinished = visit.path.unfinished(visit.answers)
    filled = showing.names(visit)
    for page in sheets:
        filled |= showing.shown(page, visit.path)
        filled[f"colleague:{page.key}"] = colleagues.at_look_back(visit, page.key, showing.asked())
    filled |= _cells(visit, sheets, unfinished)
    given = sum(bool(visit.answers.get(item.key)) for item in items)
    filled |= {
        "step": str(len(sheets) + 1),
        "steps": str(len(sheets) + 1),
        "counted": _counted(given, len(items)),
        "csrf": showing.csrf(visit),
        "until": str(escape(wording.moment(visit.invited.closes_at))),
    }
    if problem is not None:
        filled |= {"mistake": str(escape(wording.mistake())), "summary": _summary(visit, sheets, unfinished, problem)}
    return showing.compiled(visit, template, sheets).filled((), filled)


def in_words(visit: Visit, item: Item) -> str:
    """An answer as its respondent reads it back, with what "something else" is; empty where there is none."""
    value = visit.answers.get(item.key, "")
    words = "\n".join(answered.in_words(item.question, value, visit.questionnaire.scales_by_key, visit.filling))
    namely = visit.answers.get(companion(item.key, OTHER), "")
    chosen = item.other is not None and item.other.code in value.split(";")
    return f"{words}\n“{namely}”" if chosen and namely else words


def _cells(visit: Visit, sheets: list[Sheet], unfinished: Mapping[str, str]) -> dict[str, str]:
    """What stands beside every question: the answer or a link to it, what is still to do, remarks."""
    onward, not_answered = showing.asked(), escape(_("Not answered"))
    cells = {}
    for page in sheets:
        for item in page.items:
            words = escape(in_words(visit, item))
            link = f'<a class="empty" href="{page.key}{onward}#q-{item.key}">{not_answered}</a>'
            cells[f"answer:{item.key}"] = "\n".join((words or link, *_beside(visit, item, unfinished.get(item.key))))
    return cells


def _beside(visit: Visit, item: Item, unfinished: str | None) -> Iterator[str]:
    if unfinished is not None:
        told = wording.problem(unfinished, item, visit.answers.get(item.key, ""))
        yield str(Markup('<span class="wrong">{}</span>').format(told))
    comment = visit.answers.get(companion(item.key, COMMENT), "") if item.comment is not None else ""
    if comment:
        yield str(Markup('<span class="beside">{}: {}</span>').format(_("Comment"), comment))
    name = visit.contributed.get(item.key)
    if name is not None:
        yield str(Markup('<span class="beside">{}</span>').format(_("Filled in by %(name)s", name=name)))


def _counted(given: int, asked: int) -> str:
    return str(escape(_("You answered %(given)s of the %(asked)s questions.", given=given, asked=asked)))


def _summary(visit: Visit, sheets: list[Sheet], unfinished: Mapping[str, str], problem: str) -> str:
    """Links to all that is unfinished; where nothing is, the problem alone."""
    onward = showing.asked()
    found = [
        (
            f"{page.key}{onward}#q-{item.key}",
            number,
            page.title,
            wording.problem(unfinished[item.key], item, visit.answers.get(item.key, "")),
        )
        for page in sheets
        for number, item in _numbered_items(page, visit)
        if item.key in unfinished
    ]
    rendered = render_template("respond/unfinished.html", found=found, problem=problem)
    return _named(rendered, visit)


def _numbered_items(page: Sheet, visit: Visit) -> list[tuple[int, Item]]:
    numbers = numbered(page, visit.path)
    return [(numbers[item.key], item) for item in page.items if item.key in numbers]


def _named(html: str, visit: Visit) -> str:
    """Names filled in where a title holds slots for them."""
    return pages.Page(html).filled((), showing.names(visit))
