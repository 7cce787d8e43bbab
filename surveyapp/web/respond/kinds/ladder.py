"""A ladder of growth: a checkbox per rung, the lowest first, and one for none of them."""

from collections.abc import Iterable

from surveyapp.questionnaires.kinds.ladder import NO_RUNG, LadderQuestion
from surveyapp.questionnaires.scale import Scales
from surveyapp.questionnaires.text import say
from surveyapp.web.respond.kinds.piece import Choice, Field, Given, Piece, Posted, ticked
from surveyapp.web.words import _


class LadderPiece(Piece[LadderQuestion]):
    """The page explains how the level follows from what is ticked."""

    def choices(self, question: LadderQuestion, scales: Scales, language: str) -> tuple[Choice, ...]:
        del scales
        rungs = (Choice(rung.key, say(rung.label, language)) for rung in question.rungs)
        return (*rungs, Choice(NO_RUNG, _("None of these"), apart=True))

    def hint(self, question: LadderQuestion) -> str | None:
        del question
        return _("Tick every step that applies. Your level is the highest step for which all lower ones apply too.")

    def read(self, question: LadderQuestion, form: Posted, language: str) -> Given | None:
        del language
        return ticked(question, form, (*(rung.key for rung in question.rungs), NO_RUNG))

    def fields(self, question: LadderQuestion, value: str, language: str) -> Iterable[Field]:
        del language
        return ((question.key, code) for code in value.split(";"))
