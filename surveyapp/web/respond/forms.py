"""What a respondent posts, made into answers as they are stored, and checked.

Plain dictionaries: a form of fields made anew for every request cost more than reading and checking what was posted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MultiDict

from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.path import Step
from surveyapp.questionnaires.questionnaire import Question, Questionnaire, RankingQuestion

Posted = MultiDict[str, str]


@dataclass(frozen=True)
class SectionForm:
    """What was posted of one page, as answers are stored; each dictionary is by question."""

    given: Mapping[str, str]
    """The answers to questions that were posted at all: radio buttons without a choice post nothing."""
    problems: Mapping[str, str]
    """The code of what is wrong with an answer."""


def _chosen(question: Question, form: Posted) -> str | None:
    posted = form.getlist(question.key)
    return posted[-1] if posted else None


def _written(question: Question, form: Posted) -> str | None:
    """Words; browsers send a line end as two characters, we keep one."""
    posted = _chosen(question, form)
    if posted is None:
        return None
    written = posted.replace("\r\n", "\n")
    return written if written.strip() else ""


def _ranked(question: Question, form: Posted) -> str | None:
    """A list per place, ``<key>-1`` and on; places left open close up."""
    places = range(1, question.top + 1) if isinstance(question, RankingQuestion) else ()
    names = (f"{question.key}-{place}" for place in places)
    posted = [form[name] for name in names if name in form]
    return ">".join(chosen for chosen in posted if chosen) if posted else None


READERS: Final[Mapping[str, Callable[[Question, Posted], str | None]]] = {
    "scale": _chosen,
    "choice": _chosen,
    "text": _written,
    "ranking": _ranked,
}


def read(form: Posted, step: Step, questionnaire: Questionnaire) -> SectionForm:
    """What was posted of this step; anything else in the form is left alone."""
    given: dict[str, str] = {}
    problems: dict[str, str] = {}
    for question in step.questions:
        answer = READERS[question.kind](question, form)
        if answer is None:
            continue
        given[question.key] = answer
        problem = problem_with(questionnaire, question.key, answer)
        if problem is not None:
            problems[question.key] = problem
    return SectionForm(given, problems)
