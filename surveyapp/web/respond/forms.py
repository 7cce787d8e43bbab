"""What a respondent posts, made into answers as they are stored, and checked.

Plain dictionaries: a form of fields made anew for every request cost more than reading and checking what was posted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.kinds.asked import companion
from surveyapp.questionnaires.path import Step
from surveyapp.questionnaires.questionnaire import Question, Questionnaire
from surveyapp.web.respond.kinds import PIECES
from surveyapp.web.respond.kinds.piece import Field, Posted
from surveyapp.web.respond.kinds.text import said

_KEPT: Final = {ord(character) for character in "\t\n\r"}
_VISIBLE: Final = {
    code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)) if code not in _KEPT
}


@dataclass(frozen=True)
class SectionForm:
    """What was posted of one page, as answers are stored; each dictionary is by key of the answer."""

    given: Mapping[str, str]
    """The answers to questions that were posted at all: radio buttons without a choice post nothing."""
    problems: Mapping[str, str]
    """The code of what keeps an answer from being stored."""


def read(form: Posted, step: Step, questionnaire: Questionnaire, language: str) -> SectionForm:
    """What was posted of this step, numbers as this language writes them; anything else is left alone."""
    given: dict[str, str] = {}
    problems: dict[str, str] = {}
    for question in step.questions:
        answer = PIECES[question.kind].read(question, form, language)
        if answer is not None:
            given[question.key] = answer.value
            problem = answer.problem or problem_with(questionnaire, question.key, answer.value)
            if problem is not None:
                problems[question.key] = problem
        for part in question.parts:
            key = companion(question.key, part)
            if key in form:
                given[key] = said(form[key])
                problem = problem_with(questionnaire, key, given[key])
                if problem is not None:
                    problems[key] = problem
    return SectionForm(given, problems)


def keys(question: Question) -> tuple[str, ...]:
    """Under which the answer to this question and its further parts are stored."""
    return (question.key, *(companion(question.key, part) for part in question.parts))


def fields(step: Step, answers: Mapping[str, str], language: str) -> Iterator[Field]:
    """What the page of this step posts when it shows these answers."""
    for question in step.questions:
        value = answers.get(question.key)
        if value:
            yield from PIECES[question.kind].fields(question, value, language)
        for part in question.parts:
            key = companion(question.key, part)
            words = answers.get(key)
            if words:
                yield key, words


def typed(form: Posted, key: str) -> Iterator[Field]:
    """The fields that were posted for one answer, as they were; what no page can hold shows as ``\ufffd``."""
    for name in form:
        if name == key or name.startswith(f"{key}-"):
            for value in form.getlist(name):
                yield name, visible(value)


def visible(words: str) -> str:
    """Words as a page can hold them, with ``\ufffd`` for what none can."""
    return words.translate(_VISIBLE)
