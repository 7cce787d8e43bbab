"""Small studies written down as people and their answers, for tests of the analysis.

The counting here is plain Python on purpose: it shares nothing with the product's own tallying, so that the one can
check the other.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from surveyapp.analysis.counts import MUNICIPALITY, Counts
from surveyapp.analysis.tallies import Tallies
from surveyapp.questionnaires.kinds.options import ChoosableOption
from surveyapp.questionnaires.questionnaire import (
    ChoiceQuestion,
    Point,
    Question,
    Questionnaire,
    Role,
    Scale,
    ScaleQuestion,
    Scoring,
    Section,
    TextQuestion,
)

ROLES = ("governor", "official")


@dataclass(frozen=True)
class Person:
    """A respondent: who answers, for whom, and what (question -> answer as ``answers.csv`` writes it)."""

    organisation: str
    role: str
    answers: Mapping[str, str] = field(default_factory=dict)


def person(organisation: str, role: str, **answers: str | int) -> Person:
    """``person("GM0141", "governor", g1_1=4, g1_2="dk")``."""
    return Person(organisation, role, {question: str(answer) for question, answer in answers.items()})


def people(organisation: str, role: str, question: str, *answers: str | int) -> list[Person]:
    """One respondent per answer to one question."""
    return [Person(organisation, role, {question: str(answer)}) for answer in answers]


def questionnaire_of(
    themes: Mapping[str, Sequence[str]],
    *,
    roles: Sequence[str] = ROLES,
    only: Mapping[str, Sequence[str]] | None = None,
    reverse: Iterable[str] = (),
    points: int = 5,
    points_of: Mapping[str, int] | None = None,
    importance: bool = False,
    least_answered: Mapping[str, int] | None = None,
    levels: Mapping[str, int] | None = None,
) -> Questionnaire:
    """A questionnaire with a section per theme: theme -> its scored questions.

    ``only`` names the roles that get a question, ``reverse`` the questions worded the other way round, ``points_of``
    the number of scale points of a theme where it is not ``points``, ``least_answered`` the per cent of a theme's
    questions that must be answered where it is not half, ``levels`` the level of maturity of questions. With
    ``importance`` every section also has an importance question, a choice and an open question (``g1_importance``,
    ``g1_choice``, ``g1_good``).
    """
    only, points_of = only or {}, points_of or {}
    turned = set(reverse)
    sections = []
    for theme, items in themes.items():
        scale = f"s{points_of.get(theme, points)}"
        questions = [
            _statement(key, scale, only.get(key, ()), reverse=key in turned, level=(levels or {}).get(key))
            for key in items
        ]
        more = _further_questions(theme, scale) if importance else []
        sections.append(Section(key=theme, title=_text(theme), theme=theme, questions=(*questions, *more)))
    return Questionnaire(
        key="sample",
        version="1",
        title=_text("sample"),
        purpose=_text("to test"),
        minutes=5,
        roles=tuple(Role(key=key, title=_text(key), plural=_text(key), description=_text(key)) for key in roles),
        scales=tuple(_scale(size) for size in sorted({points, *points_of.values()})),
        sections=tuple(sections),
        scoring=tuple(Scoring(theme=key, least_answered=share) for key, share in (least_answered or {}).items()),
    )


def _text(words: str) -> dict[str, str]:
    return {"nl": words}


def _scale(size: int) -> Scale:
    steps = tuple(Point(code=code, label=_text(str(code))) for code in range(1, size + 1))
    return Scale(key=f"s{size}", points=steps, dont_know=_text("weet ik niet"), not_applicable=_text("n.v.t."))


def _statement(key: str, scale: str, roles: Sequence[str], *, reverse: bool, level: int | None = None) -> ScaleQuestion:
    return ScaleQuestion(
        kind="scale", key=key, text=_text(key), scale=scale, roles=tuple(roles), reverse=reverse, level=level
    )


def _further_questions(theme: str, scale: str) -> list[ScaleQuestion | ChoiceQuestion | TextQuestion]:
    importance = f"{theme}_importance"
    options = tuple(ChoosableOption(key=key, label=_text(key)) for key in ("time", "money"))
    return [
        ScaleQuestion(kind="scale", key=importance, text=_text(importance), scale=scale, purpose="importance"),
        ChoiceQuestion(kind="choice", key=f"{theme}_choice", text=_text("choose"), options=options),
        TextQuestion(kind="text", key=f"{theme}_good", text=_text("what goes well?"), purpose="good"),
    ]


def counts_of(
    respondents: Iterable[Person],
    questionnaire: Questionnaire,
    *,
    invited: Mapping[tuple[str, str], int] | None = None,
    kinds: Mapping[str, str] | None = None,
) -> Counts:
    """Count these people as the product's tallies do.

    ``invited`` maps (organisation, role) to how many were invited; without it exactly those who answered. ``kinds``
    maps an organisation to its kind where that is not a municipality. Somebody without any answer to a question of
    their role is not counted.
    """
    present = [one for one in respondents if answered_anything(one, questionnaire)]
    if invited is None:
        invited = Counter((one.organisation, one.role) for one in present)
    items: Counter[tuple[str, str, str, str]] = Counter()
    themes: Counter[tuple[str, str, str, int, int]] = Counter()
    for one in present:
        for question in questionnaire.questions.values():
            if question.asked_of(one.role):
                for variable, code in _counted(question, one.answers.get(question.key, "")):
                    items[variable, one.organisation, one.role, code] += 1
        for theme in questionnaire.themes:
            put = questionnaire.scored_items(theme, one.role)
            if put:
                marks = [mark for item in put if (mark := mark_of(one, item, questionnaire)) is not None]
                themes[theme, one.organisation, one.role, len(marks), sum(marks)] += 1
    kinds = kinds or {}
    return Counts(
        items=pd.DataFrame(
            [(*key, count) for key, count in items.items()],
            columns=["question", "organisation", "role", "answer", "count"],
        ),
        themes=pd.DataFrame(
            [(*key, count) for key, count in themes.items()],
            columns=["theme", "organisation", "role", "answered", "total", "count"],
        ),
        invited=pd.DataFrame(
            [(code, role, number, kinds.get(code, MUNICIPALITY)) for (code, role), number in invited.items()],
            columns=["organisation", "role", "invited", "kind"],
        ),
    )


def _counted(question: Question, answer: str) -> list[tuple[str, str]]:
    """What is counted of an answer: pairs of a variable and its code."""
    key, split = question.key, re.split("[;>]", answer)
    if question.kind in {"text", "information"}:
        return []
    if question.kind in {"choices", "ladder"}:
        options = question.rungs if question.kind == "ladder" else question.options
        ticked = [option.key in split for option in options]
        height = ticked.index(False) if False in ticked else len(ticked)
        level = [(key, str(height) if answer else "")] if question.kind == "ladder" else []
        found = zip(options, ticked, strict=True)
        return [*level, *((f"{key}.{one.key}", str(int(met)) if answer else "") for one, met in found)]
    if question.kind == "ranking":
        order = {option: str(place) for place, option in enumerate(split, 1)}
        return [(f"{key}.{one.key}", order.get(one.key, "0") if answer else "") for one in question.options]
    if question.kind == "points":
        given = dict(part.split("=") for part in split if part)
        return [(f"{key}.{one.key}", given.get(one.key, "0") if answer else "") for one in question.options]
    if question.kind == "date":
        return [(key, "-".join(answer.split("-")[:2]))]
    return [(key, f"{float(answer):g}" if question.kind == "number" and answer else answer)]


def tallies_of(
    respondents: Iterable[Person],
    questionnaire: Questionnaire,
    *,
    invited: Mapping[tuple[str, str], int] | None = None,
    kinds: Mapping[str, str] | None = None,
) -> Tallies:
    """The same people counted and read into arrays."""
    return Tallies.of(counts_of(respondents, questionnaire, invited=invited, kinds=kinds), questionnaire)


def answered_anything(one: Person, questionnaire: Questionnaire) -> bool:
    """Whether this person counts as a respondent."""
    return any(answer != "" and questionnaire.questions[key].asked_of(one.role) for key, answer in one.answers.items())


def mark_of(one: Person, item: ScaleQuestion, questionnaire: Questionnaire) -> int | None:
    """The mark as analysed: reverse items turned round; None for don't know, not applicable and skipped."""
    answer = one.answers.get(item.key, "")
    if not answer.isdigit():
        return None
    top = len(questionnaire.scale(item.scale).points)
    return top + 1 - int(answer) if item.reverse else int(answer)


def answers_of(respondents: Iterable[Person]) -> pd.DataFrame:
    """The same people as the long frame of ``answers.csv``: respondent, organisation, role, question, answer."""
    return pd.DataFrame(
        [
            (f"r{number}", one.organisation, one.role, question, answer)
            for number, one in enumerate(respondents)
            for question, answer in one.answers.items()
        ],
        columns=["respondent", "organisation", "role", "question", "answer"],
        dtype=str,
    )


def invited_of(
    invited: Mapping[tuple[str, str], int], kinds: Mapping[str, str] | None = None, default: str = MUNICIPALITY
) -> pd.DataFrame:
    """The frame of ``invited.csv``."""
    kinds = kinds or {}
    return pd.DataFrame(
        [(code, role, number, kinds.get(code, default)) for (code, role), number in invited.items()],
        columns=["organisation", "role", "invited", "kind"],
    )
