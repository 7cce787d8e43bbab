"""What was asked elsewhere: ``question,theme,reverse`` and optionally ``roles``, on a scale of 1 to 5."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from surveyapp.analysis.reading.tables import Table, blanks, read_table
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Point,
    Question,
    Questionnaire,
    Role,
    Scale,
    ScaleQuestion,
    Section,
)

QUESTION_COLUMNS: Final = ("question", "theme", "reverse")
POINTS: Final = 5


def read_questions(path: Path, roles: list[str] | None) -> tuple[Questionnaire | None, list[Problem]]:
    """A questionnaire from ``question,theme,reverse[,roles]``; ``roles`` are those that were invited, where known."""
    table, problems = read_table(path, QUESTION_COLUMNS, ("roles",))
    if table is None:
        return None, problems
    problems += _question_problems(table, roles)
    return _questionnaire(table, roles or []), problems


def _question_problems(table: Table, roles: list[str] | None) -> Iterator[Problem]:
    yield from blanks(table, ("question", "theme"))
    repeated = table.frame["question"].duplicated().to_numpy()
    yield from table.problems(
        repeated & table.where("question", bool),
        lambda row: f"question '{table.word('question', row)}' stands here again: keep one of the two",
    )
    yield from table.problems(
        table.where("reverse", lambda word: word not in {"0", "1"}),
        lambda row: (
            f"reverse is '{table.word('reverse', row)}': write 1 for a question put the other way round, else 0"
        ),
    )
    themes = set(table.words("theme"))
    yield from table.problems(
        table.where("question", lambda word: word in themes and word != ""),
        lambda row: f"question '{table.word('question', row)}' has the name of a theme: rename one of the two",
    )
    if "roles" in table.frame and roles is not None:
        yield from table.problems(
            table.where("roles", lambda word: not set(_split(word)) <= set(roles)),
            lambda row: f"roles '{table.word('roles', row)}' names a role that was not invited: use {', '.join(roles)}",
        )


def _questionnaire(table: Table, roles: list[str]) -> Questionnaire:
    """As much as the rows say. Not validated: names collected elsewhere need not be keys of ours."""
    frame = table.frame.astype(object).drop_duplicates("question")
    named = frame["roles"] if "roles" in frame else pd.Series("", index=frame.index)
    everyone = dict.fromkeys([*roles, *(role for word in named for role in _split(word))])
    questions: dict[str, list[Question]] = {}
    for question, theme, reverse, only in zip(frame["question"], frame["theme"], frame["reverse"], named, strict=True):
        questions.setdefault(theme, []).append(
            ScaleQuestion.model_construct(
                key=question,
                text=_text(question),
                kind="scale",
                scale="scale",
                reverse=reverse == "1",
                roles=_split(only),
            )
        )
    points = tuple(Point(code=code, label=_text(str(code))) for code in range(1, POINTS + 1))
    return Questionnaire.model_construct(
        key="elsewhere",
        version="1",
        title=_text(table.path.stem),
        purpose=_text(table.path.stem),
        minutes=1,
        roles=tuple(
            Role.model_construct(key=role, title=_text(role), plural=_text(role), description=_text(role))
            for role in everyone
        ),
        scales=(Scale(key="scale", points=points, dont_know=_text(DONT_KNOW), not_applicable=_text(NOT_APPLICABLE)),),
        sections=tuple(
            Section.model_construct(key=theme, title=_text(theme), theme=theme, questions=tuple(of))
            for theme, of in questions.items()
        ),
    )


def _split(roles: str) -> tuple[str, ...]:
    return tuple(role.strip() for role in roles.split(";") if role.strip())


def _text(words: str) -> dict[str, str]:
    return {"nl": words, "en": words}
