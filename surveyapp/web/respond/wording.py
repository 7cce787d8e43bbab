"""What respondents read about times and problems."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from flask_babel import format_date, format_decimal

from surveyapp import clock
from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import MISSING
from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.kinds.date import DateQuestion
from surveyapp.questionnaires.kinds.number import NumberQuestion
from surveyapp.questionnaires.kinds.points import PointsQuestion
from surveyapp.questionnaires.kinds.ranking import RankingQuestion
from surveyapp.questionnaires.kinds.text import TextQuestion
from surveyapp.questionnaires.questionnaire import Question
from surveyapp.web import language
from surveyapp.web.respond.kinds.piece import Item
from surveyapp.web.respond.numerals import written
from surveyapp.web.words import N_, _


def moment(at: datetime) -> str:
    """A day and time on an Amsterdam clock: ``12 december 2026, 23.59 uur``."""
    here = clock.local(at)
    return _(
        "%(day)s, %(hour)s:%(minute)s", day=format_date(here.date(), "long"), hour=f"{here:%H}", minute=f"{here:%M}"
    )


def mistake() -> str:
    """What the title of a page begins with when something on it is wrong."""
    return _("Mistake:") + " "


def problem(code: str, item: Item, value: str, part: str = "") -> str:
    """What is wrong with an answer, or with a part of it (``comment``, ``other``), and what to do.

    ``value`` is what was typed or stored.
    """
    sentence = _OF_KIND.get((item.kind, code)) or _SENTENCES.get(code, _OTHERWISE)
    return _(sentence, **_facts(item.question, value, part))


_LONGEST: Final = 20
"""Digits that anybody types for points."""
_OTHERWISE: Final = N_("Choose one of the answers.")
_SENTENCES: Final = {
    MISSING: N_("Answer this question. You cannot send without it."),
    problems.NOT_ASKED: N_("This question is not put to you; take the answer out."),
    problems.NOT_AN_OPTION: _OTHERWISE,
    problems.CHOSEN_TWICE: N_("Choose every option only once."),
    problems.RANKED_TWICE: N_("Choose every option only once."),
    problems.NOT_TOGETHER: N_(
        "You chose an answer that cannot go together with others. Choose that one, or the others."
    ),
    problems.TOO_MANY: N_("You chose %(chosen)s; choose at most %(most)s."),
    problems.TOO_FEW: N_("You chose %(chosen)s; choose at least %(least)s."),
    problems.TOO_LONG: N_("Use at most %(limit)s characters; these are %(length)s."),
    problems.NOT_TEXT: N_("Remove the special characters that cannot be stored; they are shown as �."),
    problems.NOT_A_NUMBER: N_("Write a number in digits, for example %(example)s."),
    problems.TOO_PRECISE: N_("Use fewer decimals, for example %(example)s."),
    problems.TOO_LOW: N_("Fill in %(least)s or more."),
    problems.TOO_HIGH: N_("Fill in %(most)s or less."),
    problems.NOT_A_DATE: N_("Fill in a day, a month and a year that exist, for example 22 11 2026."),
    problems.TOO_EARLY: N_("Fill in %(earliest)s or a later day."),
    problems.TOO_LATE: N_("Fill in %(latest)s or an earlier day."),
    problems.OVERSPENT: N_("You divided %(divided)s points; there are %(total)s. Take %(over)s off."),
    problems.UNDIVIDED: N_("You divided %(divided)s of the %(total)s points. Divide the other %(left)s too."),
    problems.NOT_SAID_WHAT: N_("Say what you mean by this answer, or choose another one."),
    problems.NOT_AGREED: N_("Tick this to agree. You cannot send without it."),
}
_OF_KIND: Final = {
    ("mark", problems.TOO_PRECISE): N_("Choose a whole mark."),
    ("mark", problems.NOT_A_NUMBER): _OTHERWISE,
    ("mark", problems.TOO_LOW): _OTHERWISE,
    ("mark", problems.TOO_HIGH): _OTHERWISE,
    ("points", problems.NOT_A_NUMBER): N_("Write whole points in digits, for example %(example)s."),
    ("ranking", problems.TOO_MANY): N_("Choose at most %(top)s."),
}


def _facts(question: Question, value: str, part: str) -> dict[str, object]:
    """What sentences tell about this question and answer, in the language of the request."""
    if part:
        return _lengths(question.parts[part], value)
    match question:
        case TextQuestion():
            return _lengths(question.limit, value)
        case ChoicesQuestion():
            return {"chosen": value.count(";") + 1, "least": question.least, "most": question.most}
        case RankingQuestion():
            return {"top": question.top}
        case NumberQuestion():
            return _bounds(question.least, question.most) | {"example": _example(question.decimals)}
        case DateQuestion():
            days = {"earliest": question.earliest, "latest": question.latest}
            return {name: format_date(day, "long") for name, day in days.items() if day is not None}
        case PointsQuestion():
            return _shares(question, value)
        case _:
            return {}


def _lengths(limit: int, value: str) -> dict[str, object]:
    return {"limit": format_decimal(limit), "length": format_decimal(len(value))}


def _bounds(least: Decimal | None, most: Decimal | None) -> dict[str, object]:
    return {name: format_decimal(bound) for name, bound in (("least", least), ("most", most)) if bound is not None}


def _example(decimals: int) -> str:
    """A number with as many decimals as there may be."""
    return written(f"12.{'345678'[:decimals]}".removesuffix("."), language.current())


def _shares(question: PointsQuestion, value: str) -> dict[str, object]:
    given = sum(int(share) for one in value.split(";") if _is_whole(share := one.partition("=")[2]))
    numbers = {
        "divided": given,
        "total": question.total,
        "left": question.total - given,
        "over": given - question.total,
        "example": question.total // 2,
    }
    return {name: format_decimal(number) for name, number in numbers.items()}


def _is_whole(typed: str) -> bool:
    return typed.isascii() and typed.removeprefix("-").isdigit() and len(typed) < _LONGEST
