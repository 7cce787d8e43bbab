"""Every question of a study: read from its tallies when it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.answered import values
from surveyapp.analysis.answered.frames import distributions, measures
from surveyapp.analysis.answered.table import Table
from surveyapp.analysis.cells import Cells, Flags, add_up, positions, required, whole
from surveyapp.analysis.counts import Counts
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.ranking import RankingQuestion
from surveyapp.questionnaires.questionnaire import Questionnaire


@dataclass(frozen=True, eq=False)
class Answered:
    """What the tallies of a study say of every question; worked out when it is asked for."""

    counts: Counts
    questionnaire: Questionnaire

    @cached_property
    def cells(self) -> Cells:
        return Cells.of(self.counts, [role.key for role in self.questionnaire.roles])

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """In questionnaire order. ValueError for an answer, organisation or role that the study does not have."""
        return tuple(self._tables())

    @cached_property
    def distributions(self) -> pd.DataFrame:
        """How often each answer was given: ``frames.DISTRIBUTION_COLUMNS``."""
        return distributions(self.tables, self.cells)

    @cached_property
    def measures(self) -> pd.DataFrame:
        """What sums the answers up: ``frames.MEASURE_COLUMNS``."""
        return measures(self.tables, self.cells)

    def _tables(self) -> Iterator[Table]:
        items, variables = self.counts.items, self.questionnaire.variables
        variable = positions(items["question"], list(variables))
        order = np.argsort(variable, kind="stable")
        ends = np.searchsorted(variable[order], np.arange(len(variables) + 1))
        organisation, role = self.cells.place(items)
        count = whole(items["count"])
        for number, (question, option) in enumerate(variables.values()):
            rows = order[ends[number] : ends[number + 1]]
            answer = items["answer"].iloc[rows]
            codes = values.codes(question, option, self.questionnaire, answer.unique())
            at = (organisation[rows], role[rows], required(answer, codes))
            put = np.array([question.asked_of(key) for key in self.cells.roles], bool)
            counts = add_up((*self.cells.shape, len(codes)), at, count[rows]) * put[:, None]
            yield self._table(question, option, codes, put, counts)

    def _table(self, question: Question, option: str, codes: tuple[str, ...], put: Flags, counts: Integers) -> Table:
        known = values.worth(question, option, self.questionnaire) or {}
        if values.is_a_number(question):
            known = {code: float(code) for code in codes if code not in values.APART}
        return Table(
            question.key,
            option,
            codes,
            put,
            counts,
            np.array([known.get(code, np.nan) for code in codes]),
            question.top if isinstance(question, RankingQuestion) else 0,
            values.lists_answers(question),
        )
