"""One theme, respondent by respondent: for the few methods that counts are not enough for."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Numbers, ratio
from surveyapp.analysis.cells import Flags, positions
from surveyapp.analysis.marks import least
from surveyapp.questionnaires.questionnaire import Questionnaire


@dataclass(frozen=True, eq=False)
class Respondents:
    """Who answered a scored item of the theme (P), and what."""

    who: pd.DataFrame
    """``respondent, organisation, role``, one row each, in the order of their first answer."""
    marks: Numbers
    """(P, J): the points given, reverse items turned round; NaN for don't know, not applicable, skipped, not asked."""
    put: Flags
    """(P, J): whether the item was put to the respondent's role."""

    @classmethod
    def of(cls, answers: pd.DataFrame, questionnaire: Questionnaire, theme: str) -> "Respondents":
        """``answers``: ``respondent, organisation, role, question, answer``, submitted responses only.

        A respondent is known by number, organisation and role together. Answers of a role to an item that was not put
        to it are left out.
        """
        items = questionnaire.scored_items(theme)
        keys = [item.key for item in items]
        rows = answers[answers["question"].isin(keys)]
        number = rows.groupby(["respondent", "organisation", "role"], sort=False, observed=True).ngroup().to_numpy()
        columns = ["respondent", "organisation", "role"]
        who = rows[columns].drop_duplicates().reset_index(drop=True)
        marks = np.full((len(who), len(items)), np.nan)
        worth = {item.key: questionnaire.points(item) for item in items}
        given = zip(rows["question"].tolist(), rows["answer"].tolist(), strict=True)
        marks[number, positions(rows["question"], keys)] = [worth[key].get(str(code), np.nan) for key, code in given]
        asked = {role.key: [item.asked_of(role.key) for item in items] for role in questionnaire.roles}
        put = np.array([asked[role] for role in who["role"]], bool).reshape(marks.shape)
        return cls(who, np.where(put, marks, np.nan), put)

    @property
    def scored(self) -> Flags:
        """(P,): respondents with a theme score, by the half rule."""
        answered = (~np.isnan(self.marks)).sum(axis=1)
        found: Flags = (answered > 0) & (answered >= least(self.put.sum(axis=1)))
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
