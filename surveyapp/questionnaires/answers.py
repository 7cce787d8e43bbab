"""Which answers a questionnaire allows, whatever door they come through."""

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.text import problem_with_words
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.scale import SKIPPED


def problem_with(questionnaire: Questionnaire, key: str, value: str) -> str | None:
    """What keeps an answer from being stored, as a code of ``kinds.problems``; None when it is allowed.

    ``key`` is a question's or that of a further part (``g1_1.comment``). Skipping always is allowed.
    """
    found = questionnaire.stored.get(key)
    if found is None:
        return problems.NOT_ASKED
    if value == SKIPPED:
        return None
    question, part = found
    if part:
        return problem_with_words(value, question.parts[part])
    return question.problem(value, questionnaire.scales_by_key)
