"""A number with its unit, as the language of the page writes it."""

from collections.abc import Iterable
from decimal import Decimal

from flask_babel import format_decimal

from surveyapp.questionnaires.kinds.number import NumberQuestion
from surveyapp.questionnaires.kinds.problems import NOT_A_NUMBER
from surveyapp.questionnaires.scale import SKIPPED
from surveyapp.web.respond.kinds.piece import Field, Given, Piece, Posted
from surveyapp.web.respond.numerals import numeral, written
from surveyapp.web.words import _


class NumberPiece(Piece[NumberQuestion]):
    """Without thousands separators in the field: nobody has to type those."""

    def hint(self, question: NumberQuestion) -> str | None:
        said = [_between(question)]
        if question.decimals:
            example = format_decimal(Decimal("1.5"))
            said.append(_("You may use decimals, for example %(example)s.", example=example))
        return " ".join(part for part in said if part) or None

    def read(self, question: NumberQuestion, form: Posted, language: str) -> Given | None:
        posted = super().read(question, form, language)
        if posted is None:
            return None
        if not posted.value.strip():
            return Given(SKIPPED)
        number = numeral(posted.value, language)
        return Given(posted.value, NOT_A_NUMBER) if number is None else Given(number)

    def fields(self, question: NumberQuestion, value: str, language: str) -> Iterable[Field]:
        return ((question.key, written(value, language)),)


def _between(question: NumberQuestion) -> str | None:
    least = None if question.least is None else format_decimal(question.least)
    most = None if question.most is None else format_decimal(question.most)
    if least is None:
        return None if most is None else _("At most %(most)s.", most=most)
    return (
        _("At least %(least)s.", least=least)
        if most is None
        else _("From %(least)s to %(most)s.", least=least, most=most)
    )
