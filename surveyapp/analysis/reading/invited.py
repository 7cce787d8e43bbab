"""Who was invited: ``organisation,role,invited`` and optionally ``kind``."""

import difflib
import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from surveyapp.analysis.counts import EVERYONE, MUNICIPALITY
from surveyapp.analysis.reading.tables import Table, blanks, unknown_roles
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.questionnaire import Questionnaire

INVITED_COLUMNS: Final = ("organisation", "role", "invited")
_WHOLE: Final = re.compile(r"[0-9]{1,9}")


def invited_problems(table: Table, questionnaire: Questionnaire | None) -> Iterator[Problem]:
    yield from blanks(table, ("organisation", "role"))
    for column in ("organisation", "role"):
        yield from reserved(table, column)
    yield from table.problems(
        table.where("invited", lambda word: not _WHOLE.fullmatch(word)),
        lambda row: f"invited is '{table.word('invited', row)}': write a whole number, such as 4",
    )
    yield from table.problems(
        table.frame.duplicated(["organisation", "role"]).to_numpy(),
        lambda row: f"{table.word('role', row)} of {table.word('organisation', row)} stands here again: keep one row",
    )
    if questionnaire is not None:
        yield from unknown_roles(table, [role.key for role in questionnaire.roles])
    if "kind" in table.frame:
        yield from _kind_problems(table)


def _kind_problems(table: Table) -> Iterator[Problem]:
    yield from table.problems(
        table.where("kind", lambda word: word != MUNICIPALITY and bool(_near(word))),
        lambda row: f"kind is '{table.word('kind', row)}': did you mean '{MUNICIPALITY}'?",
    )
    kinds = table.frame["kind"].astype(object).replace("", MUNICIPALITY)
    first = kinds.groupby(table.codes("organisation")).transform("first")
    yield from table.problems(
        (kinds != first).to_numpy(),
        lambda row: f"{table.word('organisation', row)} is a {kinds[row]} here and a {first[row]} before: choose one",
    )


def _near(word: str) -> list[str]:
    return difflib.get_close_matches(word, [MUNICIPALITY], cutoff=0.8)


def invited_frame(table: Table) -> pd.DataFrame:
    frame = table.frame.astype(object)
    kind = frame["kind"].replace("", MUNICIPALITY) if "kind" in frame else MUNICIPALITY
    return frame.assign(invited=frame["invited"].astype("int64"), kind=kind)[[*INVITED_COLUMNS, "kind"]]


def reserved(table: Table, column: str) -> Iterator[Problem]:
    """Rows that use the name which means all of them in the results."""
    yield from table.problems(
        table.where(column, lambda word: word == EVERYONE),
        lambda _: f"{column} '{EVERYONE}' means every {column} in the results: use another code",
    )
