"""A day: a field for day, month and year each."""

import re
from collections.abc import Iterable
from typing import Final

from surveyapp.questionnaires.kinds.date import DateQuestion
from surveyapp.questionnaires.kinds.problems import NOT_A_DATE
from surveyapp.questionnaires.scale import SKIPPED
from surveyapp.web.respond.kinds.piece import Field, Given, Piece, Posted
from surveyapp.web.words import _

PARTS: Final = ("day", "month", "year")
_TYPED: Final = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")


class DatePiece(Piece[DateQuestion]):
    """In numbers; shown back with the name of the month."""

    def hint(self, question: DateQuestion) -> str | None:
        del question
        return _("In numbers, for example 22 11 2026.")

    def read(self, question: DateQuestion, form: Posted, language: str) -> Given | None:
        del language
        names = [f"{question.key}-{part}" for part in PARTS]
        if not any(name in form for name in names):
            return None
        typed = "-".join(form.get(name, "").strip() for name in names)
        if typed == "--":
            return Given(SKIPPED)
        found = _TYPED.fullmatch(typed)
        if found is None:
            return Given(typed, NOT_A_DATE)
        day, month, year = found.groups()
        return Given(f"{year}-{month:0>2}-{day:0>2}")

    def fields(self, question: DateQuestion, value: str, language: str) -> Iterable[Field]:
        del language
        year, month, day = value.split("-")
        typed = (day.removeprefix("0"), month.removeprefix("0"), year)
        return ((f"{question.key}-{part}", number) for part, number in zip(PARTS, typed, strict=True))
