"""What people of an organisation wrote about a theme, as the guide has it: with the question and the role."""

from collections.abc import Iterable
from typing import Protocol

from surveyapp.questionnaires.questionnaire import Question
from surveyapp.questionnaires.text import say
from surveyapp.questionnaires.written import label
from surveyapp.reports.evidence import Study
from surveyapp.reports.interview_guide import Quote


class OpenAnswer(Protocol):
    """What somebody of the organisation wrote."""

    @property
    def question(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def part(self) -> str: ...


def said_about(theme: str, answers: Iterable[OpenAnswer], study: Study, language: str) -> tuple[Quote, ...]:
    """Those to the questions of this theme, in the order in which they came."""
    questionnaire = study.edition.questionnaire
    about = {
        question.key: question
        for section in questionnaire.sections
        if theme and section.theme == theme
        for question in section.questions
    }
    roles = {role.key: say(role.title, language) for role in questionnaire.roles}
    return tuple(
        Quote(
            question=_asked(about[answer.question], answer.part, language),
            role=roles.get(answer.role, answer.role),
            text=answer.text,
        )
        for answer in answers
        if answer.question in about
    )


def _asked(question: Question, part: str, language: str) -> str:
    """The question, and what was asked beside it where that is where the words stand."""
    beside, words = label(question, part), say(question.text, language)
    return f"{words} ({say(beside, language)})" if beside is not None else words
