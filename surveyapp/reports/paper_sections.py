"""The questions of a paper form in order: numbered, grouped into tables, each with when to fill it in."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.questionnaire import Section
from surveyapp.reports.filled import Filling
from surveyapp.reports.paper_conditions import Conditions
from surveyapp.reports.paper_form import PaperForm


@dataclass(frozen=True)
class Printed:
    """One question on the form; ``number`` is 0 for what is only read."""

    question: Question
    number: int
    when: str
    """The clauses under which it is filled in; empty means always."""


@dataclass(frozen=True)
class Together:
    """Questions of one kind that are printed in one piece: statements on the same scale, or a single question."""

    kind: str
    printed: tuple[Printed, ...]


@dataclass(frozen=True)
class PaperSection:
    """A section with what is printed of it."""

    section: Section
    when: str
    groups: tuple[Together, ...]
    next_number: int | None
    """The first question after it, where who skips it goes on; None at the end."""


def sections(form: PaperForm, filling: Filling) -> tuple[PaperSection, ...]:
    """Every section of which something may be filled in by who gets this form."""
    numbers: dict[str, int] = {}
    conditions = Conditions(form.questionnaire, form.standing, filling, numbers)
    found: list[PaperSection] = []
    for section in form.questionnaire.sections:
        when = conditions.said(section.when)
        if when is False:
            continue
        printed = tuple(_printed(section, form.role, conditions, numbers))
        if printed:
            found.append(PaperSection(section, "" if when is True else when, _grouped(printed), None))
    return _followed(found)


def _printed(section: Section, role: str, conditions: Conditions, numbers: dict[str, int]) -> Iterator[Printed]:
    for question in section.questions_for(role):
        when = conditions.said(question.when)
        if when is False:
            continue
        if question.answerable:
            numbers[question.key] = len(numbers) + 1
        yield Printed(question, numbers.get(question.key, 0), "" if when is True else when)


def _grouped(printed: tuple[Printed, ...]) -> tuple[Together, ...]:
    def shared(one: Printed) -> tuple[str, str]:
        scale = one.question.scale if isinstance(one.question, ScaleQuestion) else one.question.key
        return one.question.kind, scale

    return tuple(Together(kind, tuple(group)) for (kind, _scale), group in groupby(printed, key=shared))


def _followed(found: list[PaperSection]) -> tuple[PaperSection, ...]:
    """Each section with the first number after it."""
    following: int | None = None
    linked: list[PaperSection] = []
    for one in reversed(found):
        linked.append(PaperSection(one.section, one.when, one.groups, following))
        following = next((p.number for group in one.groups for p in group.printed if p.number), following)
    return tuple(reversed(linked))
