"""Questions outside the themes: choices, rankings, points, marks and what else was asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.errors import NotFound
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.questionnaire import SKIPPED
from surveyapp.web import question_figures
from surveyapp.web.language import said
from surveyapp.web.overviews import choosing
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import _


def page(reader: Reader) -> str:
    """All of them, by section, with how many answered."""
    return render_template(
        "overviews/questions.html", evaluation=reader.evaluation, found=reader, sections=list(_sections(reader))
    )


def one(reader: Reader, other: str) -> str:
    """One question over the region or in one organisation, of everybody or of one role."""
    asked = _asked(reader, other)
    codes = [member.organisation.code for member in reader.members]
    organisation = choosing.one_of("organisation", codes, EVERYONE)
    among = reader.regional_roles if organisation == EVERYONE else reader.roles_in(organisation)
    roles = [role for role in among if asked.asked_of(role.key)]
    role = choosing.role(roles)
    figure = question_figures.of_question(reader.sight, asked, organisation, role)
    places = [(_("Region"), EVERYONE), *((each.organisation.name, each.organisation.code) for each in reader.members)]
    return render_template(
        "overviews/question.html",
        evaluation=reader.evaluation,
        found=reader,
        question=asked,
        title=said(asked.text),
        organisation=organisation,
        where=next(name for name, code in places if code == organisation),
        role=role,
        roles=roles,
        figure=reader.placed([figure])[0] if figure else None,
        sums=list(_sums(reader, asked, organisation, role)),
    )


def _asked(reader: Reader, key: str) -> Question:
    for question in others(reader):
        if question.key == key:
            return question
    raise NotFound("question", question=key)


def others(reader: Reader) -> list[Question]:
    """The questions whose answers are counted and that are in no theme's score."""
    return [each for each in reader.questionnaire.counted if each.key not in reader.questionnaire.theme_of]


@dataclass(frozen=True)
class Line:
    """A question in the list, with how many answered it; None where that may not be said."""

    title: str
    address: str
    n: int | None


def _sections(reader: Reader) -> Iterator[tuple[str, list[Line]]]:
    listed = {question.key for question in others(reader)}
    for section in reader.questionnaire.sections:
        lines = [_line(reader, question) for question in section.questions if question.key in listed]
        if lines:
            yield said(section.title), lines


def _line(reader: Reader, question: Question) -> Line:
    answered = reader.sight.answered
    found = [
        given
        for variable in question.tallied(SKIPPED)
        if answered is not None
        and (given := answered.given(question.key, EVERYONE, EVERYONE, _option(question, variable))) is not None
    ]
    n = max(sum(count for answer, count in given.items() if answer != SKIPPED) for given in found) if found else None
    return Line(said(question.text), reader.address("question", other=question.key), n)


@dataclass(frozen=True)
class Sum:
    """What sums up the answers, of the question or of one option of it."""

    label: str
    n: int | None
    mean: float | None
    median: float | None


def _sums(reader: Reader, question: Question, organisation: str, role: str) -> Iterator[Sum]:
    answered = reader.sight.answered
    labels = {option.key: said(option.label) for option in getattr(question, "options", ())}
    for variable in question.tallied(SKIPPED):
        option = _option(question, variable)
        at = (question.key, organisation, role, option)
        n, mean, median = (answered.measure(name, *at) if answered else None for name in ("n", "mean", "median"))
        if mean is not None:
            yield Sum(labels.get(option, said(question.text)), None if n is None else int(n), mean, median)


def _option(question: Question, variable: str) -> str:
    return variable.removeprefix(question.key).removeprefix(".")
