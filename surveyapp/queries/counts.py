"""The counts of a wave, from the kept tallies: as fast for a million respondents as for ten.

The database joins the cells of one question, organisation and role into one text, so that a few thousand rows come out
instead of tens of thousands, and so that two readings can be compared before anything is made of them.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import chain
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, String, and_, cast, func, select
from sqlalchemy.orm import Session

from surveyapp.analysis.counts import Counts
from surveyapp.models import Invitee, ItemTally, Membership, MergedRole, Organisation, ThemeTally, Wave
from surveyapp.questionnaires.questionnaire import Questionnaire

Rows = Sequence[Row[*tuple[Any, ...]]]
Places = NDArray[np.int64]
_NEXT: Final = "\x1f"
"""Stands between the parts of a joined text; no answer to a question of codes has it."""


@dataclass(frozen=True)
class Kept:
    """The tallies of a wave as the database keeps them."""

    items: Rows
    """Question, membership, role; answer, count, answer, count, ... as one text."""
    themes: Rows
    """Theme, membership, role; answered, total, count, answered, ... as one text."""
    places: Rows
    """Membership, organisation, its kind, and role with how many were invited, if any were; in the study's order."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all of it: the same digest, the same counts."""
        found = hashlib.sha256()
        for row in chain(self.items, self.themes, self.places):
            found.update(repr(tuple(row)).encode())
        return found.hexdigest()

    def counts(self, questionnaire: Questionnaire) -> Counts:
        """What is analysed: three small frames, organisations in the order of the study."""
        return Counts(items=self._items(), themes=self._themes(), invited=self._invited(questionnaire))

    def _items(self) -> pd.DataFrame:
        parts = _NEXT.join(row[3] for row in self.items).split(_NEXT) if self.items else []
        sizes = [(row[3].count(_NEXT) + 1) // 2 for row in self.items]
        cells = {
            "question": _repeated((row[0] for row in self.items), sizes),
            "organisation": self._organisations(self.items, sizes),
            "role": _repeated((row[2] for row in self.items), sizes),
            "answer": _repeated(parts[0::2], [1] * (len(parts) // 2)),
        }
        order = _order([cells[name] for name in ("question", "role", "answer")], self._position(self.items, sizes))
        return _frame(cells, {"count": _numbers(parts[1::2])}, order)

    def _themes(self) -> pd.DataFrame:
        sizes = [(row[3].count(_NEXT) + 1) // 3 for row in self.themes]
        answered, total, count = _numbers(row[3] for row in self.themes).reshape(-1, 3).T
        cells = {
            "theme": _repeated((row[0] for row in self.themes), sizes),
            "organisation": self._organisations(self.themes, sizes),
            "role": _repeated((row[2] for row in self.themes), sizes),
        }
        words = [cells["theme"], cells["role"]]
        order = _order(words, answered, total, self._position(self.themes, sizes))
        return _frame(cells, {"answered": answered, "total": total, "count": count}, order)

    def _invited(self, questionnaire: Questionnaire) -> pd.DataFrame:
        """N per role under which answers are kept; 0 where people came through an open link: then N is unknown."""
        people = {(row[1], row[2]): 0 for row in self.items}
        for membership, _code, _kind, role, number in self.places:
            if role is not None:
                people[membership, role] = people.get((membership, role), 0) + number
        about = {row[0]: (row[1], row[2]) for row in self.places}
        place, roles = self._place, [role.key for role in questionnaire.roles]
        ordered = sorted(people, key=lambda cell: (place[cell[0]], roles.index(cell[1])))
        rows = [(about[cell[0]][0], cell[1], people[cell], about[cell[0]][1]) for cell in ordered]
        frame = pd.DataFrame(rows, columns=["organisation", "role", "invited", "kind"])
        return frame.astype({"organisation": "str", "role": "str", "invited": "int64", "kind": "str"})

    def _organisations(self, rows: Rows, sizes: Sequence[int]) -> pd.Categorical:
        code = {row[0]: row[1] for row in self.places}
        return _repeated((code[row[1]] for row in rows), sizes)

    def _position(self, rows: Rows, sizes: Sequence[int]) -> Places:
        """Where the organisation of each cell stands in the study."""
        return np.repeat(np.array([self._place[row[1]] for row in rows], np.int64), sizes)

    @cached_property
    def _place(self) -> dict[int, int]:
        """Membership -> its place in the study."""
        return {membership: place for place, membership in enumerate(dict.fromkeys(row[0] for row in self.places))}


def of(session: Session, wave: Wave, questionnaire: Questionnaire) -> Counts:
    """What is analysed of a wave."""
    return kept(session, wave).counts(questionnaire)


def kept(session: Session, wave: Wave) -> Kept:
    """The tallies of a wave, in three statements."""
    items = _joined(ItemTally.answer, cast(ItemTally.count, String))
    themes = _joined(*(cast(number, String) for number in (ThemeTally.answered, ThemeTally.total, ThemeTally.count)))
    of_items = ItemTally.question, ItemTally.membership_id, ItemTally.role
    of_themes = ThemeTally.theme, ThemeTally.membership_id, ThemeTally.role
    return Kept(
        session.execute(select(*of_items, items).where(ItemTally.wave_id == wave.id).group_by(*of_items)).all(),
        session.execute(select(*of_themes, themes).where(ThemeTally.wave_id == wave.id).group_by(*of_themes)).all(),
        session.execute(_places(wave)).all(),
    )


def _joined(*parts: SQLColumnExpression[str]) -> ColumnElement[str]:
    """The cells of a group in one text."""
    return func.aggregate_strings(reduce(lambda text, part: text + _NEXT + part, parts), _NEXT)


def _places(wave: Wave) -> Select[*tuple[Any, ...]]:
    """Every organisation of the study, with who was invited there, by role."""
    invited = _places_of_invitees(wave).subquery()
    return (
        select(Membership.id, Organisation.code, Organisation.kind, invited.c.role, invited.c.people)
        .join_from(Membership, Organisation)
        .outerjoin(invited, invited.c.membership_id == Membership.id)
        .where(Membership.evaluation_id == wave.evaluation_id)
        .order_by(Membership.position, Membership.id, invited.c.role)
    )


def _places_of_invitees(wave: Wave) -> Select[int, str, int]:
    """How many were invited, under the role that an anonymous wave keeps their answers in; counted from an index."""
    invited = (
        select(Invitee.membership_id, Invitee.role, func.count().label("people"))
        .where(Invitee.wave_id == wave.id)
        .group_by(Invitee.membership_id, Invitee.role)
        .subquery()
    )
    merged = and_(
        MergedRole.wave_id == wave.id,
        MergedRole.membership_id == invited.c.membership_id,
        MergedRole.role == invited.c.role,
    )
    return select(
        invited.c.membership_id.label("membership_id"),
        func.coalesce(MergedRole.kept_as, invited.c.role).label("role"),
        invited.c.people.label("people"),
    ).outerjoin(MergedRole, merged)


def _repeated(words: Iterable[str], sizes: Sequence[int]) -> pd.Categorical:
    """Names as categories, each so many times: a tally repeats them a lot, and they are compared by number."""
    given = list(words)
    names = sorted(set(given))
    code = {name: place for place, name in enumerate(names)}
    codes = np.repeat(np.array([code[word] for word in given], np.int64), sizes)
    return pd.Categorical.from_codes(codes, pd.CategoricalDtype(names).categories)


def _numbers(texts: Iterable[str]) -> Places:
    found: Places = np.fromstring(" ".join(texts).replace(_NEXT, " "), np.int64, sep=" ")
    return found


def _order(words: Sequence[pd.Categorical], *numbers: Places) -> Places:
    """The order by these words, then by these numbers."""
    keys = [*(word.codes for word in words), *numbers]
    return np.lexsort(keys[::-1])


def _frame(words: dict[str, pd.Categorical], numbers: dict[str, Places], order: Places) -> pd.DataFrame:
    return pd.DataFrame(
        {name: word.take(order) for name, word in words.items()}
        | {name: number[order] for name, number in numbers.items()}
    )
