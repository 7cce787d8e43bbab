"""Several of several options: checkboxes."""

from collections.abc import Iterable

from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.scale import Scales
from surveyapp.questionnaires.text import say
from surveyapp.web.respond.kinds.piece import Choice, Field, Given, Piece, Posted, ticked
from surveyapp.web.words import _


class ChoicesPiece(Piece[ChoicesQuestion]):
    """What excludes the others stands apart from them."""

    def choices(self, question: ChoicesQuestion, scales: Scales, language: str) -> tuple[Choice, ...]:
        del scales
        return tuple(
            Choice(one.key, say(one.label, language), apart=one.exclusive, other=one.other) for one in question.options
        )

    def hint(self, question: ChoicesQuestion) -> str | None:
        least, most = question.least, question.most
        if most is None:
            return _("Choose at least %(least)s.", least=least) if least > 1 else _("You may choose more than one.")
        if least == most:
            return _("Choose %(most)s.", most=most)
        if least > 1:
            return _("Choose %(least)s to %(most)s.", least=least, most=most)
        return _("Choose %(most)s at most.", most=most)

    def read(self, question: ChoicesQuestion, form: Posted, language: str) -> Given | None:
        del language
        return ticked(question, form, (option.key for option in question.options))

    def fields(self, question: ChoicesQuestion, value: str, language: str) -> Iterable[Field]:
        del language
        return ((question.key, code) for code in value.split(";"))
