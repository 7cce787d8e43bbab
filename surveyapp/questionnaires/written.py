"""What is written in words: answers to open questions, and what stands beside the answer to another one."""

from surveyapp.questionnaires.kinds.asked import COMMENT, OTHER, Asked
from surveyapp.questionnaires.kinds.choice import ChoiceQuestion
from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.questionnaire import Question, Questionnaire, TextQuestion
from surveyapp.questionnaires.text import Text


def questions(questionnaire: Questionnaire) -> dict[str, Question]:
    """The questions to which something may be written, by key, in questionnaire order."""
    return {key: asked for key, asked in questionnaire.questions.items() if fields(asked)}


def fields(question: Question) -> tuple[str, ...]:
    """The parts of an answer that are in words: the answer itself (empty), ``other``, ``comment``."""
    return (*(("",) if isinstance(question, TextQuestion) else ()), *question.parts)


def label(question: Asked, part: str) -> Text | None:
    """What the questionnaire asks in this field beside the answer; None for the answer itself."""
    if part == COMMENT:
        return question.comment
    if part == OTHER and isinstance(question, (ChoiceQuestion, ChoicesQuestion)):
        return next((option.label for option in question.options if option.other), None)
    return None
