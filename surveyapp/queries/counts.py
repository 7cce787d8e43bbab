"""The counts of a wave, from the kept tallies: as fast for a million respondents as for ten."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from surveyapp.analysis.counts import Counts
from surveyapp.models import Invitee, ItemTally, Membership, Organisation, ThemeTally, Wave
from surveyapp.questionnaires.questionnaire import Questionnaire


def of(session: Session, wave: Wave, questionnaire: Questionnaire) -> Counts:
    """What is analysed of a wave: three small frames, organisations in the order of the study."""
    return Counts(
        items=_items(session, wave),
        themes=_themes(session, wave),
        invited=_invited(session, wave, questionnaire),
    )


def _items(session: Session, wave: Wave) -> pd.DataFrame:
    rows = session.execute(
        select(ItemTally.question, Organisation.code, ItemTally.role, ItemTally.answer, ItemTally.count)
        .join_from(ItemTally, Membership, ItemTally.membership_id == Membership.id)
        .join(Organisation)
        .where(ItemTally.wave_id == wave.id)
        .order_by(Membership.position, Membership.id)
    ).all()
    frame = _frame(rows, ["question", "organisation", "role", "answer"], ["count"])
    return frame.sort_values(["question", "role", "answer"], kind="stable", ignore_index=True)


def _themes(session: Session, wave: Wave) -> pd.DataFrame:
    rows = session.execute(
        select(
            ThemeTally.theme,
            Organisation.code,
            ThemeTally.role,
            ThemeTally.answered,
            ThemeTally.total,
            ThemeTally.count,
        )
        .join_from(ThemeTally, Membership, ThemeTally.membership_id == Membership.id)
        .join(Organisation)
        .where(ThemeTally.wave_id == wave.id)
        .order_by(Membership.position, Membership.id)
    ).all()
    frame = _frame(rows, ["theme", "organisation", "role"], ["answered", "total", "count"])
    return frame.sort_values(["theme", "role", "answered", "total"], kind="stable", ignore_index=True)


def _invited(session: Session, wave: Wave, questionnaire: Questionnaire) -> pd.DataFrame:
    rows = session.execute(
        select(Organisation.code, Invitee.role, func.count(), Organisation.kind)
        .join_from(Invitee, Membership)
        .join(Organisation)
        .where(Invitee.wave_id == wave.id)
        .group_by(Membership.id, Membership.position, Organisation.code, Organisation.kind, Invitee.role)
        .order_by(Membership.position, Membership.id)
    ).all()
    place = {code: position for position, code in enumerate(dict.fromkeys(row[0] for row in rows))}
    role = [role.key for role in questionnaire.roles]
    ordered = sorted(rows, key=lambda row: (place[row[0]], role.index(row[1])))
    frame = pd.DataFrame(ordered, columns=["organisation", "role", "invited", "kind"])
    return frame.astype({"organisation": "str", "role": "str", "invited": "int64", "kind": "str"})


def _frame(rows: Sequence[Row[*tuple[Any, ...]]], words: list[str], numbers: list[str]) -> pd.DataFrame:
    """Column by column, names as categories: a tally repeats them a lot, and they are compared by number."""
    columns = zip(*rows, strict=True) if rows else ((),) * len([*words, *numbers])
    named = dict(zip([*words, *numbers], columns, strict=True))
    kinds = {word: pd.CategoricalDtype(sorted(set(named[word]))) for word in words}
    return pd.DataFrame(
        {word: pd.Categorical(named[word], dtype=kinds[word]) for word in words}
        | {number: np.array(named[number], np.int64) for number in numbers}
    )
