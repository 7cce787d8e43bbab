"""One of several options: radio buttons, with a field beside "something else"."""

from surveyapp.questionnaires.kinds.choice import ChoiceQuestion
from surveyapp.questionnaires.scale import SKIPPED, Scales
from surveyapp.questionnaires.text import say
from surveyapp.web.respond.kinds.piece import Choice, Piece
from surveyapp.web.words import _


class ChoicePiece(Piece[ChoiceQuestion]):
    """Radio buttons cannot be emptied again, so the last one is not to answer."""

    def choices(self, question: ChoiceQuestion, scales: Scales, language: str) -> tuple[Choice, ...]:
        del scales
        options = (Choice(one.key, say(one.label, language), other=one.other) for one in question.options)
        return (*options, Choice(SKIPPED, _("No answer"), apart=True))
