"""The counts of a wave, from the kept tallies: as fast for a million respondents as for ten."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Row, Select, and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from surveyapp.analysis.counts import Counts
from surveyapp.models import Invitee, ItemTally, Membership, MergedRole, Organisation, ThemeTally, Wave
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
    """N per role under which answers are kept; 0 where people came through an open link: then N is unknown."""
    places = union_all(_places_of_invitees(wave), _places_with_answers(wave)).subquery()
    rows = session.execute(
        select(Organisation.code, places.c.role, func.sum(places.c.people), Organisation.kind)
        .join_from(places, Membership, places.c.membership_id == Membership.id)
        .join(Organisation)
        .group_by(Membership.id, Membership.position, Organisation.code, Organisation.kind, places.c.role)
        .order_by(Membership.position, Membership.id)
    ).all()
    place = {code: position for position, code in enumerate(dict.fromkeys(row[0] for row in rows))}
    role = [role.key for role in questionnaire.roles]
    ordered = sorted(rows, key=lambda row: (place[row[0]], role.index(row[1])))
    frame = pd.DataFrame(ordered, columns=["organisation", "role", "invited", "kind"])
    return frame.astype({"organisation": "str", "role": "str", "invited": "int64", "kind": "str"})


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


def _places_with_answers(wave: Wave) -> Select[int, str, int]:
    return select(ItemTally.membership_id, ItemTally.role, literal(0)).where(ItemTally.wave_id == wave.id).distinct()


def _frame(rows: Sequence[Row[*tuple[Any, ...]]], words: list[str], numbers: list[str]) -> pd.DataFrame:
    """Column by column, names as categories: a tally repeats them a lot, and they are compared by number."""
    columns = zip(*rows, strict=True) if rows else ((),) * len([*words, *numbers])
    named = dict(zip([*words, *numbers], columns, strict=True))
    kinds = {word: pd.CategoricalDtype(sorted(set(named[word]))) for word in words}
    return pd.DataFrame(
        {word: pd.Categorical(named[word], dtype=kinds[word]) for word in words}
        | {number: np.array(named[number], np.int64) for number in numbers}
    )
