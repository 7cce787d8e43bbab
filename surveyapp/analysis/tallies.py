"""The two tallies of a study as arrays: read once, and everything is analysed from them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.cells import Cells, Items, add_up, positions, required, whole
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.marks import Marks, ThemeTally, item_marks, theme_marks
from surveyapp.questionnaires.questionnaire import DONT_KNOW, NOT_APPLICABLE, SKIPPED, Questionnaire


@dataclass(frozen=True, eq=False)
class Tallies:
    """What was answered, over the items (I), themes (T), organisations (O) and roles (R) of a study."""

    items: Items
    cells: Cells
    answers: Integers
    """(I, O, R, c + 3): how often each answer was given: the points as analysed, don't know, not applicable, skipped.

    Reverse items are turned round. Answers of a role to a question that was not put to it are left out.
    """
    themes: ThemeTally

    @classmethod
    def of(cls, counts: Counts, questionnaire: Questionnaire) -> "Tallies":
        """ValueError for an organisation, role, theme or scored answer that the study does not have."""
        items = Items.of(questionnaire)
        cells = Cells.of(counts, [role.key for role in questionnaire.roles])
        rows = counts.themes
        themes = ThemeTally(
            required(rows["theme"], items.themes),
            *cells.place(rows),
            *(whole(rows[name]) for name in ("answered", "total", "count")),
        )
        return cls(items, cells, _answers(counts, items, cells), themes)

    @cached_property
    def marks(self) -> tuple[Marks, ...]:
        """Every theme, then every scored item, in questionnaire order, for all organisations."""
        themes = theme_marks(self.themes, self.items, self.cells.shape)
        return (*themes, *item_marks(self.answers, self.items))

    @cached_property
    def region_marks(self) -> tuple[Marks, ...]:
        """The same for the organisations of the region alone."""
        return tuple(replace(marks, counts=marks.counts[self.cells.region]) for marks in self.marks)

    @property
    def responded(self) -> Integers:
        """(T, O, R): everybody who was asked any scored item of the theme and answered anything at all."""
        rows, shape = self.themes, (len(self.items.themes), *self.cells.shape)
        asked = self.items.put[rows.theme, rows.role] > 0
        return add_up(shape, (rows.theme, rows.organisation, rows.role), rows.count * asked)


def _answers(counts: Counts, items: Items, cells: Cells) -> Integers:
    size = items.most_points
    codes = (*(str(point + 1) for point in range(size)), DONT_KNOW, NOT_APPLICABLE, SKIPPED)
    item = positions(counts.items["question"], items.keys)
    scored = item >= 0
    answer = required(counts.items["answer"], codes, among=scored)
    at = tuple(place[scored] for place in (item, *cells.place(counts.items), answer))
    found = add_up((len(items.keys), *cells.shape, len(codes)), at, whole(counts.items["count"])[scored])
    for turned in np.flatnonzero(items.reverse):
        top = items.points[turned]
        found[turned, :, :, :top] = found[turned, :, :, :top][..., ::-1]
    return found * items.asked[:, None, :, None]
