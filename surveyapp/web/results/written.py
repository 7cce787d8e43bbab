"""What people wrote, arranged by the sections of the questionnaire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveyapp.queries.answers import OpenAnswer
from surveyapp.questionnaires.questionnaire import Question, Questionnaire
from surveyapp.questionnaires.written import fields, label
from surveyapp.web.language import said


@dataclass(frozen=True)
class WrittenAnswers:
    """The answers to one question, each with the role of who wrote it."""

    question: str
    beside: str
    """What was asked beside the question, where the words stand there; empty for the answer itself."""
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WrittenSection:
    """The questions of one section to which somebody wrote something."""

    title: str
    questions: tuple[WrittenAnswers, ...]


def written_by_section(questionnaire: Questionnaire, written: Sequence[OpenAnswer]) -> list[WrittenSection]:
    """Only sections and questions with answers."""
    roles = {role.key: said(role.title) for role in questionnaire.roles}
    found = []
    for section in questionnaire.sections:
        answered = tuple(
            WrittenAnswers(said(question.text), _beside(question, part), answers)
            for question in section.questions
            for part in fields(question)
            if (answers := _given(question, part, written, roles))
        )
        if answered:
            found.append(WrittenSection(said(section.title), answered))
    return found


def _beside(question: Question, part: str) -> str:
    asked = label(question, part)
    return said(asked) if asked is not None else ""


def _given(
    question: Question, part: str, written: Sequence[OpenAnswer], roles: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (roles[each.role], each.text) for each in written if (each.question, each.part) == (question.key, part)
    )
