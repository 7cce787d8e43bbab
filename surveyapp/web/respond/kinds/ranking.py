"""The first few of the options in order: a list for every place."""

from collections.abc import Iterable

from surveyapp.questionnaires.kinds.ranking import RankingQuestion
from surveyapp.questionnaires.scale import Scales
from surveyapp.questionnaires.text import say
from surveyapp.web.respond.kinds.piece import Choice, Field, Given, Piece, Posted
from surveyapp.web.words import _


class RankingPiece(Piece[RankingQuestion]):
    """A list per place, ``<key>-1`` and on, works with a keyboard and without a script; open places close up."""

    def choices(self, question: RankingQuestion, scales: Scales, language: str) -> tuple[Choice, ...]:
        del scales
        return tuple(Choice(option.key, say(option.label, language)) for option in question.options)

    def hint(self, question: RankingQuestion) -> str | None:
        if question.top >= len(question.options):
            return _("Put all of them in order: the most important one first.")
        return _("Choose %(top)s at most: the most important one first.", top=question.top)

    def read(self, question: RankingQuestion, form: Posted, language: str) -> Given | None:
        del language
        names = (f"{question.key}-{place}" for place in range(1, question.top + 1))
        posted = [form[name] for name in names if name in form]
        return Given(">".join(chosen for chosen in posted if chosen)) if posted else None

    def fields(self, question: RankingQuestion, value: str, language: str) -> Iterable[Field]:
        del language
        return ((f"{question.key}-{place}", code) for place, code in enumerate(value.split(">"), start=1))
