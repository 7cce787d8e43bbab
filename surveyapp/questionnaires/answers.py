"""Which answers a question allows, whatever door they come through."""

import unicodedata
from typing import Final

from surveyapp.questionnaires.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    SKIPPED,
    ChoiceQuestion,
    Question,
    Questionnaire,
    RankingQuestion,
    ScaleQuestion,
    TextQuestion,
)

NOT_AN_OPTION: Final = "not-an-option"
RANKED_TWICE: Final = "ranked-twice"
TOO_MANY: Final = "too-many"
TOO_LONG: Final = "too-long"
NOT_TEXT: Final = "not-text"


def problem_with(question: Question, value: str, questionnaire: Questionnaire) -> str | None:
    """What is wrong with an answer as it is stored, as a code; None when it is allowed. Skipping always is.

    ``not-an-option``, ``ranked-twice`` (an option in two places), ``too-many`` (more places than asked for),
    ``too-long`` (more characters than the limit) or ``not-text`` (control characters).
    """
    if value == SKIPPED:
        return None
    match question:
        case ScaleQuestion():
            return None if value in codes(question, questionnaire) else NOT_AN_OPTION
        case ChoiceQuestion():
            return None if value in {option.key for option in question.options} else NOT_AN_OPTION
        case RankingQuestion():
            return _problem_with_ranking(question, value)
        case TextQuestion():
            return _problem_with_text(question, value)


def codes(question: ScaleQuestion, questionnaire: Questionnaire) -> tuple[str, ...]:
    """The answers of a scale question, without skipped: ``1`` to ``c``, ``dk`` and ``na`` where they are offered."""
    scale = questionnaire.scale(question.scale)
    apart = ((DONT_KNOW, scale.dont_know), (NOT_APPLICABLE, scale.not_applicable))
    return (*(str(code) for code in scale.codes), *(code for code, label in apart if label is not None))


def _problem_with_ranking(question: RankingQuestion, value: str) -> str | None:
    ranked = value.split(">")
    if not set(ranked) <= {option.key for option in question.options}:
        return NOT_AN_OPTION
    if len(set(ranked)) < len(ranked):
        return RANKED_TWICE
    return TOO_MANY if len(ranked) > question.top else None


def _problem_with_text(question: TextQuestion, value: str) -> str | None:
    """A line break counts as one character, however it is sent."""
    written = value.replace("\r\n", "\n")
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\r\t" for character in written):
        return NOT_TEXT
    return TOO_LONG if len(written) > question.limit else None
