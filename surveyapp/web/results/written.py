"""What people wrote, arranged by the sections of the questionnaire."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.queries.answers import OpenAnswer
from surveyapp.questionnaires.questionnaire import Questionnaire, TextQuestion
from surveyapp.web.language import said


@dataclass(frozen=True)
class WrittenAnswers:
    """The answers to one question, each with the role of who wrote it."""

    question: str
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
        asked = [question for question in section.questions if isinstance(question, TextQuestion)]
        questions = (
            WrittenAnswers(
                said(question.text),
                tuple((roles[each.role], each.text) for each in written if each.question == question.key),
            )
            for question in asked
        )
        answered = tuple(question for question in questions if question.answers)
        if answered:
            found.append(WrittenSection(said(section.title), answered))
    return found
