"""What the figures of questions outside the themes show, by the kind of question."""

from surveyapp.analysis.counts import EVERYONE
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.choice import ChoiceQuestion
from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.kinds.consent import AGREED, ConsentQuestion
from surveyapp.questionnaires.kinds.ladder import LadderQuestion
from surveyapp.questionnaires.kinds.mark import HIGHEST, LOWEST, MarkQuestion
from surveyapp.questionnaires.kinds.options import Option as Choosable
from surveyapp.questionnaires.kinds.points import PointsQuestion
from surveyapp.questionnaires.kinds.ranking import RankingQuestion
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.questionnaire import DONT_KNOW, SKIPPED
from surveyapp.reports.figures.specification import (
    Cell,
    ChoiceBars,
    Divided,
    Figure,
    Marks,
    Option,
    PointsBars,
    Ranked,
    Ranking,
)
from surveyapp.reports.given import Answered, Given
from surveyapp.reports.numbers import decimal
from surveyapp.web import figures
from surveyapp.web.figures import Sight
from surveyapp.web.language import current, said
from surveyapp.web.open_roles import note
from surveyapp.web.words import _

_APART = frozenset({DONT_KNOW, SKIPPED})


def of_question(sight: Sight, question: Question, organisation: str, role: str) -> Figure | None:
    """The answers to a question there; None where they may not be shown, or cannot be drawn."""
    answered = sight.answered
    if answered is None:
        return None
    look = _Look(sight, answered, question, organisation, role)
    match question:
        case ScaleQuestion():
            return figures.answers_to_one(sight, question.key, organisation, role)
        case ChoiceQuestion():
            return look.choices({option.key: said(option.label) for option in question.options})
        case ConsentQuestion():
            return look.choices({AGREED: _("Agreed")})
        case LadderQuestion():
            rungs = enumerate((said(rung.label) for rung in question.rungs), 1)
            return look.choices({"0": _("No step yet"), **{str(height): label for height, label in rungs}})
        case MarkQuestion():
            return look.halves() if question.halves else look.marks()
        case ChoicesQuestion():
            return look.several(question.options)
        case PointsQuestion():
            return look.points(question)
        case RankingQuestion():
            return look.ranking(question)
        case _:
            return None


class _Look:
    """One question in one place."""

    def __init__(self, sight: Sight, answered: Answered, question: Question, organisation: str, role: str) -> None:
        self._sight = sight
        self._answered = answered
        self._question = question
        self._place = organisation, role

    def given(self, option: str = "") -> Given | None:
        return self._answered.given(self._question.key, *self._place, option)

    def mean(self, option: str = "") -> Cell:
        return Cell.of(self._answered.measure("mean", self._question.key, *self._place, option))

    def n(self, option: str = "") -> int | None:
        found = self._answered.measure("n", self._question.key, *self._place, option)
        return None if found is None else int(found)

    def choices(self, labels: dict[str, str]) -> ChoiceBars | None:
        given = self.given()
        if given is None:
            return None
        options = tuple(Option(label=label, count=given.get(answer, 0)) for answer, label in labels.items())
        return self._bars(options, sum(option.count or 0 for option in options))

    def several(self, options: tuple[Choosable, ...]) -> ChoiceBars | None:
        found = [(said(option.label), self.given(option.key)) for option in options]
        known = [given for _label, given in found if given is not None]
        if not known:
            return None
        n = max(count for given in known for count in [given.get("1", 0) + given.get("0", 0)])
        bars = tuple(
            Option(label=label, count=given.get("1", 0)) if given is not None else Option(label=label, hidden="linked")
            for label, given in found
        )
        return self._bars(bars, n, several=True)

    def halves(self) -> ChoiceBars | None:
        """Every half mark from the lowest to the highest that somebody gave."""
        given = self.given()
        if given is None:
            return None
        marks = [mark for mark, count in given.items() if mark not in _APART and count]
        inside = [mark for mark in given if mark not in _APART and _between(mark, marks)]
        return self.choices({mark: decimal(float(mark), current(), 1) for mark in inside})

    def marks(self) -> Marks | None:
        given = self.given()
        if given is None:
            return None
        counts = tuple(given.get(str(mark), 0) for mark in range(LOWEST, HIGHEST + 1))
        return Marks(
            title=said(self._question.text),
            language=current(),
            threshold=max(self._sight.threshold, 1),
            note=self._note,
            counts=counts,
            mean=self.mean(),
            n=sum(counts),
            lowest=LOWEST,
            highest=HIGHEST,
        )

    def points(self, question: PointsQuestion) -> PointsBars | None:
        options = tuple(Divided(label=said(each.label), mean=self.mean(each.key)) for each in question.options)
        if all(option.mean.value is None for option in options):
            return None
        return PointsBars(
            title=said(question.text),
            language=current(),
            threshold=max(self._sight.threshold, 1),
            note=self._note,
            options=options,
            total=question.total,
            n=self.n(question.options[0].key),
        )

    def ranking(self, question: RankingQuestion) -> Ranking | None:
        options = tuple(self._ranked(each, question.top) for each in question.options)
        if all(option.mean.value is None and not option.places for option in options):
            return None
        return Ranking(
            title=said(question.text),
            language=current(),
            threshold=max(self._sight.threshold, 1),
            note=self._note,
            options=options,
            places=question.top,
            n=self.n(question.options[0].key),
        )

    def _ranked(self, option: Choosable, top: int) -> Ranked:
        given = self.given(option.key)
        places = tuple(given.get(str(place), 0) for place in range(1, top + 1)) if given is not None else ()
        return Ranked(label=said(option.label), mean=self.mean(option.key), places=places)

    def _bars(self, options: tuple[Option, ...], n: int, *, several: bool = False) -> ChoiceBars:
        return ChoiceBars(
            title=said(self._question.text),
            language=current(),
            threshold=max(self._sight.threshold, 1),
            note=self._note,
            options=options,
            n=n,
            several=several,
        )

    @property
    def _note(self) -> str | None:
        return note(self._sight.edition) if self._place[1] == EVERYONE else None


def _between(mark: str, marks: list[str]) -> bool:
    return bool(marks) and min(map(float, marks)) <= float(mark) <= max(map(float, marks))
