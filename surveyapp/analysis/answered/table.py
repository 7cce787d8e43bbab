"""The answers to one question, or about one option of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from surveyapp.analysis.agreement import Integers, Numbers
from surveyapp.analysis.answered import values
from surveyapp.analysis.cells import Flags


@dataclass(frozen=True, eq=False)
class Table:
    """The answers (A) to a question, or about one option of it, over organisations (O) and roles (R)."""

    question: str
    option: str
    """Empty where the question is answered with one code."""
    codes: tuple[str, ...]
    """(A,): in the order of the page, those apart from the matter last."""
    put: Flags
    """(R,): the roles to which the question is put."""
    counts: Integers
    """(O, R, A): how many gave each answer; 0 for a role to which it is not put."""
    worth: Numbers
    """(A,): what an answer counts for in a mean; NaN where it does not."""
    places: int = 0
    """In a ranking, how many options get a place."""
    listed: bool = True
    """Whether the answers are known beforehand; not of numbers, points and days."""

    @property
    def key(self) -> tuple[str, str]:
        return self.question, self.option

    @cached_property
    def valid(self) -> Flags:
        """(A,): whether the answer is about the matter."""
        return np.array([code not in values.APART for code in self.codes], bool)
