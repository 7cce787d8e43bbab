"""What was found, arranged as the questionnaire is: one page of it, and how much there is to each question."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from surveyapp.analysis.searching.finding import Texts, marked
from surveyapp.analysis.searching.frequent import FrequentWord, frequent
from surveyapp.analysis.searching.terms import Search
from surveyapp.queries.answers import OpenAnswer
from surveyapp.questionnaires.questionnaire import Question, Questionnaire
from surveyapp.questionnaires.written import fields, label
from surveyapp.web.language import said

ON_A_PAGE: Final = 50


@dataclass(frozen=True)
class Field:
    """A field of the questionnaire in which one writes; ``beside`` is what was asked there beside the question."""

    section: str
    key: str
    part: str
    question: str
    beside: str


@dataclass(frozen=True)
class Shown:
    """An answer in pieces, each with whether it was looked for; ``organisation`` and ``role`` as people call them."""

    pieces: tuple[tuple[str, bool], ...]
    organisation: str
    code: str
    role: str


@dataclass(frozen=True)
class Answers:
    """The answers in one field that stand on this page, of the ``found``; ``words`` return in all answers in it."""

    field: Field
    found: int
    answers: tuple[Shown, ...]
    words: tuple[FrequentWord, ...]


@dataclass(frozen=True)
class Found:
    """One page of what was found: of ``among`` answers that were let through by the choices."""

    found: int
    among: int
    page: int
    pages: int
    sections: tuple[tuple[str, tuple[Answers, ...]], ...]
    per_field: tuple[tuple[Field, int], ...]
    """Only fields in which something was found."""


def arranged(
    questionnaire: Questionnaire, written: Sequence[OpenAnswer], search: Search, *, page: int, names: dict[str, str]
) -> Found:
    """``names``: code -> what an organisation is called. A page that is not there is the nearest that is."""
    searched = Texts((answer.text for answer in written), questionnaire.languages)
    hits = [written[place] for place in searched.find(search)]
    by_field = _by_field(questionnaire, hits)
    pages = max(1, -(-len(hits) // ON_A_PAGE))
    number = min(max(1, page), pages)
    flat = [(field, answer) for field, answers in by_field for answer in answers]
    roles = {role.key: said(role.title) for role in questionnaire.roles}
    counts = {field: len(answers) for field, answers in by_field}
    here = flat[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    on_page = [
        Answers(
            field,
            counts[field],
            tuple(_shown(answer, search, questionnaire.languages, names, roles) for _field, answer in answers),
            _words(searched, written, field),
        )
        for field, answers in groupby(here, key=lambda pair: pair[0])
    ]
    sections = groupby(on_page, key=lambda each: each.field.section)
    return Found(
        len(hits),
        len(written),
        number,
        pages,
        tuple((title, tuple(answers)) for title, answers in sections),
        tuple(counts.items()),
    )


def _by_field(questionnaire: Questionnaire, hits: Sequence[OpenAnswer]) -> list[tuple[Field, list[OpenAnswer]]]:
    given: dict[tuple[str, str], list[OpenAnswer]] = {}
    for answer in hits:
        given.setdefault((answer.question, answer.part), []).append(answer)
    return [
        (Field(said(section.title), question.key, part, said(question.text), _beside(question, part)), answers)
        for section in questionnaire.sections
        for question in section.questions
        for part in fields(question)
        if (answers := given.get((question.key, part)))
    ]


def _beside(question: Question, part: str) -> str:
    asked = label(question, part)
    return said(asked) if asked is not None else ""


def _shown(
    answer: OpenAnswer, search: Search, languages: Collection[str], names: dict[str, str], roles: dict[str, str]
) -> Shown:
    pieces = tuple(marked(answer.text, search, languages))
    return Shown(pieces, names[answer.organisation], answer.organisation, roles[answer.role])


def _words(searched: Texts, written: Sequence[OpenAnswer], field: Field) -> tuple[FrequentWord, ...]:
    inside = [
        place for place, answer in enumerate(written) if (answer.question, answer.part) == (field.key, field.part)
    ]
    return frequent(searched.part(inside))
