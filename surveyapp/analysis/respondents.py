"""One theme, respondent by respondent: for the few methods that counts are not enough for."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.cells import Flags, positions, required
from surveyapp.analysis.marks import least
from surveyapp.questionnaires.questionnaire import Questionnaire

_WHO: Final = ("respondent", "organisation", "role")


@dataclass(frozen=True, eq=False)
class Respondents:
    """Who answered a scored item of the theme (P), and what."""

    who: pd.DataFrame
    """``respondent, organisation, role``, one row each, in the order of their first answer."""
    marks: Numbers
    """(P, J): the points given, reverse items turned round; NaN for don't know, not applicable, skipped, not asked."""
    put: Flags
    """(P, J): whether the item was put to the respondent's role."""
    least_answered: int
    """Per cent of the items put to somebody that must be answered for a theme score."""

    @classmethod
    def of(cls, answers: pd.DataFrame, questionnaire: Questionnaire, theme: str) -> "Respondents":
        """``answers``: ``respondent, organisation, role, question, answer``, submitted responses only.

        A respondent is known by number, organisation and role together. Answers of a role to an item that was not put
        to it are left out.
        """
        items = questionnaire.scored_items(theme)
        keys = [item.key for item in items]
        rows = answers[answers["question"].isin(keys)]
        number, first = _people(rows)
        who = rows[list(_WHO)].iloc[first].reset_index(drop=True)
        marks = np.full((len(who), len(items)), np.nan)
        place = positions(rows["question"], keys)
        answer, words = pd.factorize(rows["answer"])
        points = [questionnaire.points(item) for item in items]
        worth = [[of_item.get(str(word), np.nan) for word in (*words, "")] for of_item in points]
        marks[number, place] = np.array(worth, np.float64).reshape(len(items), -1)[place, answer]
        roles = [role.key for role in questionnaire.roles]
        asked = np.array([[item.asked_of(role) for item in items] for role in roles], bool)
        put = asked[required(who["role"], roles)]
        return cls(who, np.where(put, marks, np.nan), put, questionnaire.least_answered(theme))

    @property
    def scored(self) -> Flags:
        """(P,): respondents with a theme score, who answered enough of what was put to them."""
        answered = (~np.isnan(self.marks)).sum(axis=1)
        found: Flags = (answered > 0) & (answered >= least(self.put.sum(axis=1), self.least_answered))
        return found

    @property
    def scores(self) -> Numbers:
        """(P,): theme scores; NaN without one."""
        answered = np.where(self.scored, (~np.isnan(self.marks)).sum(axis=1), 0)
        return ratio(np.nansum(self.marks, axis=1), answered)

    def exact(self) -> dict[str, Fraction]:
        """Respondent -> theme score as a fraction, of those with one; for comparing waves without rounding."""
        totals = np.nansum(self.marks, axis=1).astype(np.int64).tolist()
        answered = (~np.isnan(self.marks)).sum(axis=1).tolist()
        whole = zip(self.who["respondent"].tolist(), totals, answered, self.scored.tolist(), strict=True)
        return {str(one): Fraction(total, number) for one, total, number, scored in whole if scored}


def _people(rows: pd.DataFrame) -> tuple[Integers, Integers]:
    """(rows,) who each row is from, numbered by first appearance; and the place of everybody's first row."""
    together = np.zeros(len(rows), np.int64)
    for name in _WHO:
        codes, names = pd.factorize(rows[name])
        together = together * len(names) + codes
    number, _ = pd.factorize(together)
    _, first = np.unique(number, return_index=True)
    return number.astype(np.int64), first.astype(np.int64)
