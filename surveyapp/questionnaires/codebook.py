"""What the answers to a questionnaire look like in a file of data, column by column."""

from collections.abc import Iterator

from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.asked import COMMENT, Variable, companion
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.text import Text, say


def variables(questionnaire: Questionnaire) -> Iterator[tuple[Question, Variable]]:
    """Every column with the question that fills it, what is said beside an answer among them."""
    for question in questionnaire.questions.values():
        for variable in question.variables(questionnaire.scales_by_key):
            yield question, variable
        for part in question.parts:
            yield question, Variable(companion(question.key, part), _label(question, part), "text", {}, {})


def name_of(question: Question, variable: Variable, language: str) -> str:
    """What stands in this column, in words: the question, followed by the option where each has a column."""
    asked = say(question.text, language)
    return asked if variable.key == question.key else f"{asked} – {say(variable.text, language)}"


def _label(question: Question, part: str) -> Text:
    if part == COMMENT and question.comment is not None:
        return question.comment
    return next(option.label for option in getattr(question, "options", ()) if option.other)
