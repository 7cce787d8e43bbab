"""A statement on a scale: radio buttons, in a matrix where there is room."""

from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.scale import SKIPPED, Scales
from surveyapp.questionnaires.text import say
from surveyapp.web.respond.kinds.piece import Choice, Piece
from surveyapp.web.words import _


class ScalePiece(Piece[ScaleQuestion]):
    """Radio buttons cannot be emptied again, so every group has a way not to answer, apart from the scale."""

    def choices(self, question: ScaleQuestion, scales: Scales, language: str) -> tuple[Choice, ...]:
        scale = scales[question.scale]
        steps = (Choice(str(point.code), say(point.label, language)) for point in scale.points)
        apart = tuple(Choice(code, say(label, language), apart=True) for code, label in scale.apart.items())
        return (*steps, *(apart or (Choice(SKIPPED, _("No answer"), apart=True),)))
