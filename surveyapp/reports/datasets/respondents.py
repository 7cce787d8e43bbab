"""The answers of a wave, for the research team: a row per person, or a row per answer as ``answers.csv`` has it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from surveyapp.questionnaires.codebook import variables
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.asked import Variable
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.open_roles import open_in
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, Text
from surveyapp.reports.datasets.cells import Encode, beside, encoder, kind_of, values_of, words
from surveyapp.reports.datasets.person import Person
from surveyapp.reports.datasets.table import NOT_ASKED, Cell, Column, Download, Row, Table, Value, writable
from surveyapp.reports.datasets.wording import named

ANSWER_COLUMNS: Final = ("respondent", "organisation", "role", "question", "answer")
OPEN_LINK: Final = "open_link"
STATUS: Final = "status"
COUNTED: Final = "counted"
EXCLUDED: Final = "excluded"


@dataclass(frozen=True)
class _Asked:
    """A question with its columns, and how to fill them."""

    question: Question
    columns: tuple[Column, ...]
    encode: Encode
    texts: tuple[str, ...]
    """The keys of what is written beside the answer: one column each, after the others."""
    empty: tuple[Cell, ...]
    """What stands in ``columns`` where somebody skipped the question."""
    not_put: tuple[Cell, ...]
    """The same where somebody was not shown it."""
    conditional: bool

    def row(self, person: Person) -> tuple[Cell, ...]:
        """The cells of one person."""
        answers = person.answers
        value = answers.get(self.question.key)
        if value:
            cells = self.encode(value)
        elif self.question.asked_of(person.role) and not (self.conditional and value is None):
            cells = self.empty
        else:
            cells = self.not_put
        return (*cells, *(words(answers, key) for key in self.texts)) if self.texts else cells


def download(
    edition: Edition,
    people: Iterable[Person],
    *,
    title: Text,
    organisations: Mapping[str, str],
    notes: Mapping[str, str],
    excluded: bool = False,
) -> Download:
    """Everything that was answered. ``people`` can be gone through more than once, in an order that tells nothing;
    ``organisations`` maps codes to names; ``excluded`` says whether there is anybody who does not count."""
    questionnaire = edition.questionnaire
    return Download(
        title,
        (by_person(edition, people, organisations),),
        {"contents": "answers", **notes},
        listings=(by_answer(questionnaire, people, excluded=excluded),),
    )


def by_person(edition: Edition, people: Iterable[Person], organisations: Mapping[str, str]) -> Table:
    """A row per person, a column per question, option or comment, in the order of the questionnaire."""
    asked = _asked(edition)
    opened = _opened(edition.questionnaire)
    columns = (*_who(edition.questionnaire, organisations), *(column for each in asked for column in each.columns))

    def rows() -> Iterator[Row]:
        for person in people:
            row: list[Cell] = [person.number, person.organisation, person.role, _status(person)]
            if opened:
                row.append(int(person.role in opened))
            for each in asked:
                row.extend(each.row(person))
            yield row

    return Table("respondents", named("table_respondents"), columns, rows)


def by_answer(questionnaire: Questionnaire, people: Iterable[Person], *, excluded: bool = False) -> Table:
    """``answers.csv``: a row per answer, codes and words as they were given (``dk``, ``a;b``, ``a>b``).

    Where anybody was ``excluded``, a further column ``status`` tells who; ``open_link`` marks roles that answered
    through an open link, where there are any. A question that a condition showed has a row even where it was skipped;
    without a row it was not shown.
    """
    opened = _opened(questionnaire)
    order = tuple(questionnaire.stored)
    read = dict(_readings(questionnaire))
    columns = tuple(
        Column(
            key,
            named(f"column_{key}"),
            "integer" if key == "respondent" else "text",
            "nominal",
            keys=key in ("role", "question"),
        )
        for key in ANSWER_COLUMNS
    )

    def grouped() -> Iterator[tuple[Row, Sequence[Row]]]:
        for person in people:
            answers = person.answers
            more: tuple[Cell, ...] = (_status(person),) if excluded else ()
            more += (int(person.role in opened),) if opened else ()
            given = ((key, answers[key]) for key in order if key in answers)
            yield (
                (person.number, person.organisation, person.role),
                [(key, read[key](value) if key in read else value, *more) for key, value in given],
            )

    def rows() -> Iterator[Row]:
        for start, ends in grouped():
            yield from ((*start, *end) for end in ends)

    columns += (_status_column(),) if excluded else ()
    columns += (_open_link(),) if opened else ()
    return Table("answers", named("table_answers"), columns, rows, grouped)


def _readings(questionnaire: Questionnaire) -> Iterator[tuple[str, Callable[[str], Cell]]]:
    """Words as every format can hold them, and numbers as numbers; every other answer stands as it was given."""
    for key, (question, part) in questionnaire.stored.items():
        if part or question.kind == "text":
            yield key, writable
        elif question.kind == "number":
            yield key, lambda value: Decimal(value) if value else value


def _who(questionnaire: Questionnaire, organisations: Mapping[str, str]) -> tuple[Column, ...]:
    places = tuple(Value(code, 0, {"nl": name, "en": name}) for code, name in organisations.items())
    roles = tuple(Value(role.key, 0, role.title) for role in questionnaire.roles)
    return (
        Column("respondent", named("column_respondent"), "integer", "nominal"),
        Column("organisation", named("column_organisation"), "text", "nominal", places),
        Column("role", named("column_role"), "text", "nominal", roles, keys=True),
        _status_column(),
        *((_open_link(),) if _opened(questionnaire) else ()),
    )


def _status(person: Person) -> str:
    return EXCLUDED if person.excluded else COUNTED


def _status_column() -> Column:
    values = tuple(Value(code, 0, named(f"value_status_{code}")) for code in (COUNTED, EXCLUDED))
    return Column(STATUS, named("column_status"), "text", "nominal", values, keys=True)


def _open_link() -> Column:
    values = (Value("0", 0, named("value_no")), Value("1", 1, named("value_yes")))
    return Column(OPEN_LINK, named("column_open_link_of_person"), "code", "nominal", values)


def _opened(questionnaire: Questionnaire) -> frozenset[str]:
    return frozenset(role.key for role in open_in(questionnaire))


def _asked(edition: Edition) -> tuple[_Asked, ...]:
    """Every question that can be answered, with what the codebook tells of it."""
    found = []
    for _key, pairs in groupby(variables(edition.questionnaire), key=lambda pair: pair[0].key):
        group = list(pairs)
        question = group[0][0]
        texts = beside(question)
        own = [variable for _question, variable in group[: len(group) - len(texts)]]
        conditional = question.key in edition.questionnaire.conditional
        by_all = not conditional and not question.roles
        columns = tuple(_column(edition, question, variable, by_all=by_all) for _question, variable in group)
        coded = columns[: len(own)]
        not_put = tuple(NOT_ASKED if NOT_ASKED in column.numbers else None for column in coded)
        empty = (None,) * len(own)
        found.append(_Asked(question, columns, encoder(question, own), texts, empty, not_put, conditional))
    return tuple(found)


def _column(edition: Edition, question: Question, variable: Variable, *, by_all: bool) -> Column:
    label = (
        question.text
        if variable.key == question.key
        else {
            language: f"{question.text.get(language, question.text[DEFAULT_LANGUAGE])} – {said}"
            for language, said in variable.text.items()
        }
    )
    return Column(
        variable.key,
        label,
        kind_of(question, variable),
        variable.measure,
        values_of(question, variable, by_all=by_all),
        facts=_facts(edition, question),
    )


def _facts(edition: Edition, question: Question) -> dict[str, str]:
    questionnaire = edition.questionnaire
    theme = next((each.theme for each in questionnaire.sections if question in each.questions), None)
    return {
        "question": question.key,
        "question_kind": question.kind,
        "theme": theme or "",
        "roles": ";".join(question.roles or (role.key for role in questionnaire.roles)),
        "conditional": "1" if question.key in questionnaire.conditional else "0",
        "reverse": "1" if isinstance(question, ScaleQuestion) and question.reverse else "0",
    }
