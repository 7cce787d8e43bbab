"""What the answers to a question are, in which order, and which of them are worth a number."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.choice import ChoiceQuestion
from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.kinds.consent import AGREED, ConsentQuestion
from surveyapp.questionnaires.kinds.ladder import LadderQuestion
from surveyapp.questionnaires.kinds.mark import HIGHEST, LOWEST, MarkQuestion
from surveyapp.questionnaires.kinds.number import NumberQuestion
from surveyapp.questionnaires.kinds.points import PointsQuestion
from surveyapp.questionnaires.kinds.ranking import NO_PLACE, RankingQuestion
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.questionnaire import DONT_KNOW, NOT_APPLICABLE, SKIPPED, Questionnaire

APART: Final = frozenset({DONT_KNOW, NOT_APPLICABLE, SKIPPED})
"""Answers that say nothing about the matter."""
_TICKED: Final = ("1", "0")


def codes(question: Question, option: str, questionnaire: Questionnaire, found: Iterable[str]) -> tuple[str, ...]:
    """Every answer that can be given, in the order of the page; don't know, not applicable and skipped come last.

    Of a number, points or a month those that were ``found``, in ascending order.
    """
    match question:
        case ScaleQuestion():
            points = questionnaire.scales_by_key[question.scale].codes
            return (*(str(code) for code in points), DONT_KNOW, NOT_APPLICABLE, SKIPPED)
        case ChoiceQuestion():
            return (*(each.key for each in question.options), SKIPPED)
        case MarkQuestion():
            step = 1 if question.halves else 2
            marks = (f"{half / 2:g}" for half in range(2 * LOWEST, 2 * HIGHEST + 1, step))
            return (*marks, *((DONT_KNOW,) if question.dont_know is not None else ()), SKIPPED)
        case ConsentQuestion():
            return (AGREED, SKIPPED)
        case RankingQuestion():
            return (*(str(place) for place in range(1, question.top + 1)), NO_PLACE, SKIPPED)
        case LadderQuestion() if not option:
            return (*(str(height) for height in range(len(question.rungs) + 1)), SKIPPED)
        case ChoicesQuestion() | LadderQuestion():
            return (*_TICKED, SKIPPED)
        case NumberQuestion() | PointsQuestion():
            return (*sorted(set(found) - {SKIPPED}, key=Decimal), SKIPPED)
        case _:
            return (*sorted(set(found) - {SKIPPED}), SKIPPED)


def lists_answers(question: Question) -> bool:
    """Whether its answers can be listed beforehand, so that counting each of them tells of groups and not of one."""
    return isinstance(
        question,
        ScaleQuestion
        | ChoiceQuestion
        | MarkQuestion
        | ConsentQuestion
        | RankingQuestion
        | LadderQuestion
        | ChoicesQuestion,
    )


def worth(question: Question, option: str, questionnaire: Questionnaire) -> dict[str, float] | None:
    """Answer -> what it counts for in a mean; None where a mean says nothing. Reverse statements are turned round.

    A scored statement has its mean among the scores. An option without a place in a ranking has none.
    """
    match question:
        case ScaleQuestion():
            if question.key in questionnaire.theme_of:
                return None
            return {code: float(points) for code, points in questionnaire.points(question).items()}
        case RankingQuestion():
            return {str(place): float(place) for place in range(1, question.top + 1)}
        case MarkQuestion():
            return {code: float(code) for code in codes(question, option, questionnaire, ()) if code not in APART}
        case LadderQuestion() if not option:
            return {str(height): float(height) for height in range(len(question.rungs) + 1)}
        case _:
            return None


def is_a_number(question: Question) -> bool:
    """Whether an answer is worth itself: a number, or points for an option."""
    return isinstance(question, NumberQuestion | PointsQuestion)
