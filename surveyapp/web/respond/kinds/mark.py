"""A school mark: ten radio buttons in a row, or a list where halves are allowed."""

from flask_babel import format_decimal

from surveyapp.questionnaires.kinds.mark import HIGHEST, LOWEST, MarkQuestion
from surveyapp.questionnaires.scale import DONT_KNOW, SKIPPED, Scales
from surveyapp.questionnaires.text import say
from surveyapp.web.respond.kinds.piece import Choice, Piece
from surveyapp.web.words import _


class MarkPiece(Piece[MarkQuestion]):
    """A list can be set back to nothing; radio buttons need a way not to answer."""

    def choices(self, question: MarkQuestion, scales: Scales, language: str) -> tuple[Choice, ...]:
        del scales
        halves = range(2 * LOWEST, 2 * HIGHEST + 1, 1 if question.halves else 2)
        marks = (Choice(f"{half / 2:g}", str(format_decimal(half / 2))) for half in halves)
        unknown = () if question.dont_know is None else (Choice(DONT_KNOW, say(question.dont_know, language), True),)
        nothing = () if question.halves else (Choice(SKIPPED, _("No answer"), apart=True),)
        return (*marks, *(unknown or nothing))

    def hint(self, question: MarkQuestion) -> str | None:
        del question
        return _("1 is very bad, 10 is excellent.")
