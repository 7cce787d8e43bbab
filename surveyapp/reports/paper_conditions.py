"""When a question is to be filled in, said in words to somebody with a pen.

What is known beforehand (the role, mostly the organisation, and answers that are asked nowhere on this form) is worked
out; the rest becomes one sentence that points to questions by their number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

from surveyapp.questionnaires.condition import (
    Condition,
    Standing,
    WhenAll,
    WhenAnswer,
    WhenAny,
    WhenKind,
    WhenNot,
    WhenOrganisation,
    WhenRole,
    fits,
    holds,
)
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.choice import ChoiceQuestion
from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.kinds.consent import ConsentQuestion
from surveyapp.questionnaires.kinds.date import DateQuestion
from surveyapp.questionnaires.kinds.ladder import NO_RUNG, LadderQuestion
from surveyapp.questionnaires.kinds.mark import MarkQuestion
from surveyapp.questionnaires.kinds.number import NumberQuestion
from surveyapp.questionnaires.kinds.ranking import RankingQuestion
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.municipalities import municipalities
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.scale import DONT_KNOW, SKIPPED
from surveyapp.questionnaires.text import locale_of
from surveyapp.reports.filled import Filling
from surveyapp.reports.markdown import line_of
from surveyapp.reports.wording import wording

FOLDER: Final = "paper"
AND: Final = "and"
OR: Final = "or"


@dataclass(frozen=True)
class Joined:
    """Clauses that belong together, by ``and`` or ``or``; within one, those of the other kind stand in brackets."""

    how: str
    parts: "tuple[str | Joined, ...]"


Said = bool | str | Joined
"""A condition that is known, one clause, or clauses together."""


@dataclass(frozen=True)
class Conditions:
    """What there is to point to: the numbers of the questions on this form so far."""

    questionnaire: Questionnaire
    standing: Standing
    """With an empty organisation on a form for all organisations."""
    filling: Filling
    numbers: Mapping[str, int]

    def said(self, condition: Condition | None) -> bool | str:
        """True where it always holds on this form, False where it never does, else the clauses in words."""
        if condition is None:
            return True
        found = self._said(condition, wanted=True)
        return found if isinstance(found, bool) else self._text(found)

    def _said(self, condition: Condition, *, wanted: bool) -> Said:
        match condition:
            case WhenNot():
                return self._said(condition.not_, wanted=not wanted)
            case WhenAll():
                return joined(AND if wanted else OR, [self._said(part, wanted=wanted) for part in condition.all])
            case WhenAny():
                return joined(OR if wanted else AND, [self._said(part, wanted=wanted) for part in condition.any])
            case WhenAnswer():
                return self._answered(condition, wanted=wanted)
            case WhenRole():
                return (self.standing.role in condition.role) == wanted
        if self.standing.organisation:
            return holds(condition, self.standing, lambda _key: None) is wanted
        return self._elsewhere(condition, wanted=wanted)

    def _elsewhere(self, condition: WhenOrganisation | WhenKind, *, wanted: bool) -> str:
        if isinstance(condition, WhenKind):
            kinds = [self._word("organisation_kind", kind=kind) for kind in condition.kind]
            return self._word("when_kind", kinds=self._listed(kinds), holds=wanted)
        names = {place.code: place.name for place in municipalities()}
        organisations = [names.get(code, code) for code in condition.organisation]
        return self._word("when_organisation", organisations=self._listed(organisations), holds=wanted)

    def _answered(self, condition: WhenAnswer, *, wanted: bool) -> Said:
        if condition.answer not in self.numbers:
            return fits(condition, SKIPPED) == wanted
        parts: list[Said] = []
        if condition.given is not None:
            parts.append(self._clause("when_given", condition, holds=wanted == condition.given))
        if condition.is_ is not None:
            parts.append(self._is(condition, condition.is_, wanted=wanted))
        if condition.at_least is not None or condition.at_most is not None:
            parts.append(self._between(condition, wanted=wanted))
        return joined(AND if wanted else OR, parts)

    def _is(self, condition: WhenAnswer, codes: tuple[str, ...], *, wanted: bool) -> str:
        question = self.questionnaire.questions[condition.answer]
        if isinstance(question, ConsentQuestion):
            return self._clause("when_agreed", condition, holds=wanted)
        if isinstance(question, LadderQuestion) and codes == (NO_RUNG,):
            return self._clause("when_no_rung", condition, holds=wanted)
        options = self._listed([self._quoted(question, code) for code in codes])
        block = "when_ranked" if isinstance(question, RankingQuestion) else "when_chosen"
        return self._clause(block, condition, options=options, holds=wanted)

    def _between(self, condition: WhenAnswer, *, wanted: bool) -> str:
        question = self.questionnaire.questions[condition.answer]
        if isinstance(question, ScaleQuestion):
            codes = [str(code) for code in self.questionnaire.scale(question.scale).codes]
            bounds = condition.model_copy(update={"is_": None, "given": None})
            options = self._listed([self._quoted(question, code) for code in codes if fits(bounds, code)])
            return self._clause("when_chosen", condition, options=options, holds=wanted)
        least, most = (
            self._number(str(bound)) if bound is not None else "" for bound in (condition.at_least, condition.at_most)
        )
        return self._clause("when_between", condition, least=least, most=most, holds=wanted)

    def _quoted(self, question: Question, code: str) -> str:
        return self._word("quoted", answer=self._label(question, code))

    def _label(self, question: Question, code: str) -> str:
        match question:
            case ScaleQuestion():
                scale = self.questionnaire.scale(question.scale)
                labels = {str(point.code): point.label for point in scale.points} | scale.apart
            case ChoiceQuestion() | ChoicesQuestion() | RankingQuestion():
                labels = {option.key: option.label for option in question.options}
            case LadderQuestion():
                labels = {rung.key: rung.label for rung in question.rungs}
            case MarkQuestion() if code == DONT_KNOW and question.dont_know is not None:
                labels = {DONT_KNOW: question.dont_know}
            case MarkQuestion() | NumberQuestion():
                return self._number(code)
            case DateQuestion():
                return format_date(date.fromisoformat(code), "long", locale=locale_of(self.filling.language))
            case _:
                return code
        return self.filling(labels[code]).rstrip(":, ")

    def _number(self, value: str) -> str:
        return format_decimal(Decimal(value), format="#,##0.######", locale=self.filling.language)

    def _clause(self, block: str, condition: WhenAnswer, *, holds: bool, **details: str) -> str:
        return self._word(block, number=self.numbers[condition.answer], holds=holds, **details)

    def _word(self, block: str, **details: object) -> str:
        return line_of(wording(FOLDER, self.filling.language).block(block, **details))

    def _listed(self, words: list[str], how: str = OR) -> str:
        *before, last = words
        return f" {self._word(how)} ".join([", ".join(before), last]) if before else last

    def _text(self, said: str | Joined) -> str:
        if isinstance(said, str):
            return said
        parts = [part if isinstance(part, str) else f"({self._text(part)})" for part in said.parts]
        return self._listed(parts, said.how)


def joined(how: str, parts: list[Said]) -> Said:
    """The parts together, without those that are known; known itself where they settle it."""
    settling = how == OR
    if any(part is settling for part in parts):
        return settling
    open_parts: list[str | Joined] = []
    for part in parts:
        if isinstance(part, Joined) and part.how == how:
            open_parts.extend(part.parts)
        elif not isinstance(part, bool):
            open_parts.append(part)
    if not open_parts:
        return not settling
    return open_parts[0] if len(open_parts) == 1 else Joined(how, tuple(open_parts))
