"""From respondents' rows to the two tallies: for answers that come as a file instead of from the database.

The work is done on whole columns; besides the rows themselves it needs two bytes per respondent and question.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.cells import Items, positions, whole
from surveyapp.analysis.counts import MUNICIPALITY, Counts
from surveyapp.errors import InvalidAnswer
from surveyapp.questionnaires.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    SKIPPED,
    ChoiceQuestion,
    CodedQuestion,
    Question,
    Questionnaire,
)


def tally(answers: pd.DataFrame, invited: pd.DataFrame, questionnaire: Questionnaire) -> Counts:
    """Count answers as the database does when a response is submitted.

    ``answers``: one row per answer with respondent, organisation, role, question, answer; ``invited``: organisation,
    role, invited and optionally kind. A respondent is known by number, organisation and role together; somebody
    without any answer to a question that was put to the role is not counted, and a question without a row was
    skipped; one that a condition shows to some only was not shown then, and skipped where its row is empty. What was
    written beside an answer (``g1_1.comment``) is an answer that is not counted. Organisations and roles that answered
    without being invited get a row with 0 invited.

    Raises InvalidAnswer for a question or role that the questionnaire does not have, an answer that the question does
    not offer, and a question answered twice.
    """
    rows = _Rows.of(answers, questionnaire)
    places = _with_uninvited(invited, rows, questionnaire)
    people = _People.of(rows, tuple(places["organisation"].drop_duplicates()), questionnaire)
    items = _items(people) + _variables(rows, people, questionnaire)
    return Counts(items=_joined(items, people), themes=_themes(people, questionnaire), invited=places)


def codes_of(question: CodedQuestion, questionnaire: Questionnaire) -> tuple[str, ...]:
    """The answers that can be given, in the order of the page; don't know, not applicable and skipped come last."""
    if isinstance(question, ChoiceQuestion):
        return (*(option.key for option in question.options), SKIPPED)
    points = questionnaire.scale(question.scale).codes
    return (*(str(code) for code in points), DONT_KNOW, NOT_APPLICABLE, SKIPPED)


@dataclass(frozen=True)
class _Rows:
    """The rows with an answer to a question that was put to the role, as places in lists of names.

    Among them the empty ones that say that somebody was shown a question.
    """

    respondent: Integers
    organisation: Integers
    role: Integers
    question: Integers
    """The place among the keys under which answers are stored."""
    answer: Integers
    organisations: tuple[str, ...]
    answers: tuple[str, ...]

    @classmethod
    def of(cls, frame: pd.DataFrame, questionnaire: Questionnaire) -> "_Rows":
        role = _known(frame["role"], [role.key for role in questionnaire.roles], "unknown-role")
        stored = questionnaire.stored
        question = _known(frame["question"], list(stored), "unknown-question")
        respondent, _ = _factorised(frame["respondent"])
        organisation, organisations = _factorised(frame["organisation"])
        answer, words = _factorised(frame["answer"])
        words = [word.strip() for word in words]
        filled = np.array([word != SKIPPED for word in words] + [False])  # a missing value stands at place -1
        asked = np.array(
            [[one.asked_of(role.key) for role in questionnaire.roles] for one, _part in stored.values()], bool
        ).reshape(-1, len(questionnaire.roles))
        tells = np.array([key in questionnaire.conditional for key in stored], bool)
        person, _ = pd.factorize((respondent * len(organisations) + organisation) * len(questionnaire.roles) + role)
        kept = (filled[answer] | (tells[question] & _answered(person, filled[answer]))) & asked[question, role]
        return cls(
            respondent=respondent[kept],
            organisation=organisation[kept],
            role=role[kept],
            question=question[kept],
            answer=answer[kept],
            organisations=tuple(organisations),
            answers=tuple(words),
        )


def _answered(person: NDArray[np.intp], filled: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(rows,): whether whoever gave this row answered anything at all."""
    found: NDArray[np.bool_] = np.bincount(person, weights=filled)[person] > 0
    return found


def _factorised(column: "pd.Series[Any]") -> tuple[Integers, list[str]]:
    codes, names = pd.factorize(column)
    return codes.astype(np.int64), [str(name) for name in names]


def _known(column: "pd.Series[Any]", names: list[str], problem: str) -> Integers:
    codes, found = _factorised(column)
    place = positions(pd.Series(found, dtype=object), names)
    if (place < 0).any():
        raise InvalidAnswer(problem, name=found[int(place.argmin())])
    return place[codes]


def _with_uninvited(invited: pd.DataFrame, rows: _Rows, questionnaire: Questionnaire) -> pd.DataFrame:
    roles = [role.key for role in questionnaire.roles]
    _known(invited["role"], roles, "unknown-role")
    frame = invited[["organisation", "role"]].astype(object)
    frame["invited"] = whole(invited["invited"])
    frame["kind"] = MUNICIPALITY
    if "kind" in invited:
        frame["kind"] = invited["kind"].astype(object).replace("", np.nan).fillna(MUNICIPALITY)
    kinds = dict(zip(frame["organisation"], frame["kind"], strict=True))
    present = set(zip(frame["organisation"], frame["role"], strict=True))
    cells = pd.unique(rows.organisation * len(roles) + rows.role)
    pairs = [(rows.organisations[cell // len(roles)], roles[cell % len(roles)]) for cell in cells]
    more = [(code, role, 0, kinds.get(code, MUNICIPALITY)) for code, role in pairs if (code, role) not in present]
    return pd.DataFrame([*frame.itertuples(index=False, name=None), *more], columns=list(frame.columns))


@dataclass(frozen=True)
class _People:
    """Who answered what: a table of respondents by coded questions."""

    organisations: tuple[str, ...]
    roles: tuple[str, ...]
    cell: Integers
    """(people,): organisation * number of roles + role."""
    given: NDArray[np.int16]
    """(people, questions): the place of the answer in ``alphabet``; after the last one where it was not shown."""
    questions: tuple[CodedQuestion, ...]
    alphabet: tuple[str, ...]
    of_row: Integers
    """(rows,): the place of whoever gave this row."""

    @classmethod
    def of(cls, rows: _Rows, organisations: tuple[str, ...], questionnaire: Questionnaire) -> "_People":
        roles = tuple(role.key for role in questionnaire.roles)
        questions = questionnaire.coded
        offered = [codes_of(question, questionnaire) for question in questions]
        alphabet = tuple(dict.fromkeys((SKIPPED, *(code for codes in offered for code in codes))))
        organisation = positions(pd.Series(rows.organisations, dtype=object), organisations)[rows.organisation]
        cells = len(organisations) * len(roles)
        person, known = pd.factorize(rows.respondent * cells + organisation * len(roles) + rows.role)
        unshown = [len(alphabet) if one.key in questionnaire.conditional else 0 for one in questions]
        given = np.tile(np.array(unshown, np.int16), (len(known), 1))
        place, answer = _coded(rows, questionnaire, questions, alphabet)
        coded = place >= 0
        giver, place, answer = person[coded], place[coded], answer[coded]
        can = np.array([[code in codes for code in (*alphabet, "")] for codes in offered], bool)
        can = can.reshape(len(questions), -1)
        can[:, -1] = False  # an answer outside the alphabet has place -1
        _refuse(~can[place, answer], place, questions, "not-an-option")
        given[giver, place] = answer
        twice = (given != unshown).sum(axis=0) < np.bincount(place, minlength=len(questions))
        _refuse(twice, np.arange(len(questions)), questions, "answered-twice")
        cell = (known % max(cells, 1)).astype(np.int64)
        return cls(organisations, roles, cell, given, questions, alphabet, person.astype(np.int64))


def _coded(
    rows: _Rows, questionnaire: Questionnaire, questions: tuple[CodedQuestion, ...], alphabet: tuple[str, ...]
) -> tuple[Integers, Integers]:
    """For every row the place of its question among ``questions`` and of its answer in ``alphabet``; -1 elsewhere."""
    question = positions(pd.Series(list(questionnaire.stored), dtype=object), [one.key for one in questions])
    answer = positions(pd.Series(rows.answers, dtype=object), alphabet)
    return question[rows.question], answer[rows.answer]


def _refuse(wrong: NDArray[np.bool_], place: Integers, questions: tuple[CodedQuestion, ...], problem: str) -> None:
    if wrong.any():
        raise InvalidAnswer(problem, question=questions[place[int(wrong.argmax())]].key)


_Counted = list[tuple[str, int, str, int]]
"""Variable, cell, code and how many."""


def _items(people: _People) -> _Counted:
    size = len(people.alphabet) + 1
    shape = (len(people.organisations), len(people.roles), size)
    asked = [[question.asked_of(role) for role in people.roles] for question in people.questions]
    blocks = [
        np.bincount(people.cell * size + people.given[:, column], minlength=int(np.prod(shape))).reshape(shape)
        * np.array(asked[column])[:, None]
        for column in range(len(people.questions))
    ]
    counts = np.array(blocks, np.int64).reshape(len(people.questions), *shape)[..., :-1]
    question, organisation, role, answer = np.nonzero(counts)
    found = zip(
        question.tolist(),
        (organisation * len(people.roles) + role).tolist(),
        answer.tolist(),
        counts[question, organisation, role, answer].tolist(),
        strict=True,
    )
    return [(people.questions[one].key, cell, people.alphabet[code], count) for one, cell, code, count in found]


def _variables(rows: _Rows, people: _People, questionnaire: Questionnaire) -> _Counted:
    """What is counted of questions that are answered with more than one code, or with a number."""
    found: Counter[tuple[str, int, str]] = Counter()
    stored = {key: place for place, key in enumerate(questionnaire.stored)}
    for question in questionnaire.counted:
        if isinstance(question, CodedQuestion):
            continue
        here = np.flatnonzero(rows.question == stored[question.key])
        if len(np.unique(people.of_row[here])) < len(here):
            raise InvalidAnswer("answered-twice", question=question.key)
        for (cell, answer), count in _given(rows, people, question, here, questionnaire).items():
            if answer != SKIPPED and (problem := question.problem(answer, questionnaire.scales_by_key)):
                raise InvalidAnswer(problem, question=question.key)
            for variable, code in question.tallied(answer).items():
                found[variable, cell, code] += count
    return [(*key, count) for key, count in found.items()]


def _given(
    rows: _Rows, people: _People, question: Question, here: NDArray[np.intp], questionnaire: Questionnaire
) -> dict[tuple[int, str], int]:
    """(cell, answer) -> how many gave it, those to whom it was put and who skipped it too."""
    cell = people.cell[people.of_row[here]]
    words = (*rows.answers, SKIPPED)  # a missing value stands at place -1, the last
    pairs, counts = np.unique(np.stack([cell, rows.answer[here]]), axis=1, return_counts=True)
    found: Counter[tuple[int, str]] = Counter()
    for (place, word), count in zip(pairs.T.tolist(), counts.tolist(), strict=True):
        found[place, words[word]] += count
    if question.key not in questionnaire.conditional:
        everybody = np.bincount(people.cell, minlength=len(people.organisations) * len(people.roles))
        silent = everybody - np.bincount(cell, minlength=len(everybody))
        for place in np.flatnonzero(silent).tolist():
            if question.asked_of(people.roles[place % len(people.roles)]):
                found[place, SKIPPED] += int(silent[place])
    return found


def _joined(items: _Counted, people: _People) -> pd.DataFrame:
    variables, cells, codes, counts = ([row[at] for row in items] for at in range(4))
    cell = np.array(cells, np.int64)
    question, questions = _factorised(pd.Series(variables, dtype=object))
    answer, answers = _factorised(pd.Series(codes, dtype=object))
    return _frame(
        {
            "question": (questions, question),
            "organisation": (people.organisations, cell // len(people.roles)),
            "role": (people.roles, cell % len(people.roles)),
            "answer": (answers, answer),
        },
        {"count": np.array(counts, np.int64)},
    )


def _themes(people: _People, questionnaire: Questionnaire) -> pd.DataFrame:
    items = Items.of(questionnaire)
    most, highest = int(items.put.max(initial=0)), items.most_points
    shape = (len(people.organisations), len(people.roles), most + 1, most * highest + 1)
    counts = np.zeros((len(items.themes), *shape), np.int64)
    columns = {question.key: column for column, question in enumerate(people.questions)}
    for theme in range(len(items.themes)):
        answered, total, put = (np.zeros_like(people.cell) for _ in range(3))
        for item in questionnaire.scored_items(items.themes[theme]):
            points = questionnaire.points(item)
            worth = np.array([*(points.get(code, 0) for code in people.alphabet), 0], np.int64)
            given = people.given[:, columns[item.key]]
            marks = worth[given]
            put += (given < len(people.alphabet)) & items.asked[items.keys.index(item.key)][people.cell % shape[1]]
            answered += marks > 0
            total += marks
        place = (people.cell * shape[2] + answered) * shape[3] + total
        counts[theme] = np.bincount(place[put > 0], minlength=int(np.prod(shape))).reshape(shape)
    theme_at, organisation, role, answered, total = np.nonzero(counts)
    return _frame(
        {
            "theme": (items.themes, theme_at),
            "organisation": (people.organisations, organisation),
            "role": (people.roles, role),
        },
        {"answered": answered, "total": total, "count": counts[theme_at, organisation, role, answered, total]},
    )


def _frame(names: dict[str, tuple[Sequence[str], Integers]], numbers: dict[str, Integers]) -> pd.DataFrame:
    """Names as categories: a tally repeats them a lot."""
    columns = {
        column: pd.Categorical.from_codes(places, dtype=pd.CategoricalDtype(list(words)))
        for column, (words, places) in names.items()
    }
    return pd.DataFrame({**columns, **numbers})
