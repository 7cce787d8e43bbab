"""Agreement with a text: one checkbox."""

from surveyapp.questionnaires.kinds.consent import AGREED, ConsentQuestion
from surveyapp.questionnaires.scale import Scales
from surveyapp.web.respond.kinds.piece import Choice, Given, Piece, Posted, ticked
from surveyapp.web.words import _


class ConsentPiece(Piece[ConsentQuestion]):
    """Who does not agree leaves it open."""

    def choices(self, question: ConsentQuestion, scales: Scales, language: str) -> tuple[Choice, ...]:
        del question, scales, language
        return (Choice(AGREED, _("I agree")),)

    def read(self, question: ConsentQuestion, form: Posted, language: str) -> Given | None:
        del language
        return ticked(question, form, (AGREED,))
