"""Points divided over options: a field for each, and what is left of them."""

from collections.abc import Iterable

from flask_babel import format_decimal

from surveyapp.questionnaires.kinds.points import PointsQuestion, divided
from surveyapp.questionnaires.kinds.problems import NOT_A_NUMBER
from surveyapp.questionnaires.scale import Scales
from surveyapp.questionnaires.text import say
from surveyapp.web.respond.kinds.piece import Choice, Field, Given, Piece, Posted
from surveyapp.web.respond.numerals import numeral, written
from surveyapp.web.words import _


class PointsPiece(Piece[PointsQuestion]):
    """Fields ``<key>-<option>``; one that is left open counts as no points."""

    def choices(self, question: PointsQuestion, scales: Scales, language: str) -> tuple[Choice, ...]:
        del scales
        return tuple(Choice(option.key, say(option.label, language)) for option in question.options)

    def hint(self, question: PointsQuestion) -> str | None:
        return _("You have %(total)s points to divide.", total=format_decimal(question.total))

    def read(self, question: PointsQuestion, form: Posted, language: str) -> Given | None:
        names = {option.key: f"{question.key}-{option.key}" for option in question.options}
        if not any(name in form for name in names.values()):
            return None
        typed = {key: form.get(name, "").strip() for key, name in names.items()}
        read = {key: numeral(points, language) for key, points in typed.items() if points}
        value = ";".join(f"{key}={typed[key] if points is None else points}" for key, points in read.items())
        return Given(value, NOT_A_NUMBER if None in read.values() else None)

    def fields(self, question: PointsQuestion, value: str, language: str) -> Iterable[Field]:
        return ((f"{question.key}-{key}", written(str(points), language)) for key, points in divided(value).items())

    def notes(self, question: PointsQuestion, value: str) -> Iterable[Field]:
        return ((f"rest:{question.key}", rest(question, value)),)


def rest(question: PointsQuestion, value: str) -> str:
    """How many points are left, in a sentence."""
    left = question.total - sum(divided(value).values())
    if left == 0:
        return _("All points have been divided.")
    number = format_decimal(abs(left))
    if left < 0:
        return _("Divided too much: %(number)s.", number=number)
    return _("Still to divide: %(number)s.", number=number)
