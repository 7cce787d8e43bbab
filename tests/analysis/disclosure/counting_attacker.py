"""An attacker of printed counts of answers, that shares no code with the gate.

Knows how many people of each organisation and role were asked, and that nobody gives half an answer or less than none.
For every organisation, role and answer it asks whether all of them must have given it.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from tests.analysis.builders import Person

Cell = tuple[str, str]


def certain(printed: Iterable[pd.DataFrame], question: str, people: list[Person], option: str = "") -> set[Cell]:
    """The organisations and roles of which everybody's answer follows from the printed distributions."""
    sizes: dict[Cell, int] = {}
    for one in people:
        sizes[one.organisation, one.role] = sizes.get((one.organisation, one.role), 0) + 1
    rows = _rows(printed, question, option)
    if not rows:
        return set()
    left, right = _equations(sizes, rows)
    size = left.shape[1] // len(sizes)
    found = set()
    for column in range(left.shape[1]):
        cell = list(sizes)[column // size]
        objective = np.zeros(left.shape[1])
        objective[column] = 1
        solved: Any = linprog(objective, A_eq=left, b_eq=right, bounds=(0, None), method="highs")
        assert solved.status == 0, solved.message
        if solved.fun > sizes[cell] - 1 + 1e-6:
            found.add(cell)
    return found


def _rows(printed: Iterable[pd.DataFrame], question: str, option: str) -> dict[Cell, dict[str, int]]:
    rows: dict[Cell, dict[str, int]] = {}
    for frame in printed:
        here = frame[frame["question"].eq(question) & frame["option"].eq(option)]
        for row in here.to_dict("records"):
            rows.setdefault((row["organisation"], row["role"]), {})[row["answer"]] = int(row["count"])
    return rows


def _equations(sizes: dict[Cell, int], rows: dict[Cell, dict[str, int]]) -> tuple[np.ndarray, list[int]]:
    """How often each answer was given in each cell: what adds up to the people, and to what is printed."""
    cells, answers = list(sizes), sorted(next(iter(rows.values())))
    shape = (len(cells), len(answers))
    left, right = [], []
    for at, cell in enumerate(cells):
        people = np.zeros(shape)
        people[at] = 1
        left.append(people.ravel())
        right.append(sizes[cell])
    for (organisation, role), counts in rows.items():
        members = [organisation in ("all", cell[0]) and role in ("all", cell[1]) for cell in cells]
        for column, answer in enumerate(answers):
            printed = np.zeros(shape)
            printed[members, column] = 1
            left.append(printed.ravel())
            right.append(counts[answer])
    return np.array(left), right
