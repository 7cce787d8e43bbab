"""Keeping the two tallies: adding a response when it is submitted, taking it out, and counting everything again.

The tallies say how many, never who; every analysis starts from them. ``recount`` is the proof that they are right.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from surveyapp.actions import log
from surveyapp.errors import WrongState
from surveyapp.models import ItemTally, ThemeTally, User, Wave, upsert
from surveyapp.queries import counting, editions
from surveyapp.queries.counting import Key
from surveyapp.queries.responses import Answering
from surveyapp.questionnaires.questionnaire import SKIPPED, Questionnaire


class Change(Protocol):
    """``add`` or ``subtract``."""

    def __call__(
        self, session: Session, *, response: Answering, questionnaire: Questionnaire, answers: Mapping[str, str]
    ) -> None: ...


@dataclass(frozen=True)
class Difference:
    """A row of a tally that is not what the answers say; ``key`` is the row without the wave."""

    tally: str
    key: Key
    kept: int
    counted: int


def add(session: Session, *, response: Answering, questionnaire: Questionnaire, answers: Mapping[str, str]) -> None:
    """Count one response that is submitted in this transaction: about fifty rows, in the order of their keys.

    ``answers`` are those that count, with an empty one for each counted question that a condition showed.
    """
    for tally, keys in _counted(response, questionnaire, answers):
        upsert.add(session, tally, [key | {"count": 1} for key in keys], column="count")


def add_all(
    session: Session, responses: Iterable[tuple[Answering, Mapping[str, str]]], *, questionnaire: Questionnaire
) -> None:
    """Count many at once, each with the answers that ``add`` would count: one change of a row however many they are."""
    found: dict[Tally, Counter[tuple[tuple[str, Any], ...]]] = {}
    for response, answers in responses:
        for tally, keys in _counted(response, questionnaire, answers):
            found.setdefault(tally, Counter()).update(tuple(key.items()) for key in keys)
    for tally, counts in found.items():
        upsert.add(session, tally, [dict(key) | {"count": count} for key, count in counts.items()], column="count")


def subtract(
    session: Session, *, response: Answering, questionnaire: Questionnaire, answers: Mapping[str, str]
) -> None:
    """Count one response no more, with the ``answers`` that ``add`` counted; what nobody answers has no row."""
    for tally, keys in _counted(response, questionnaire, answers):
        if keys:
            session.connection().execute(_ONE_LESS[tally], [_named(key) for key in upsert.in_order(tally, keys)])
            session.connection().execute(_NOBODY[tally], _named(_place(response)))


Tally = type[ItemTally] | type[ThemeTally]
_TALLIES: Final[tuple[Tally, ...]] = (ItemTally, ThemeTally)
_ONE_LESS: Final = {
    tally: update(tally)
    .where(*(column == bindparam(f"its_{column.name}") for column in tally.__table__.primary_key))
    .values(count=tally.count - 1)
    for tally in _TALLIES
}
_NOBODY: Final = {
    tally: delete(tally).where(
        tally.wave_id == bindparam("its_wave_id"),
        tally.membership_id == bindparam("its_membership_id"),
        tally.role == bindparam("its_role"),
        tally.count < 1,
    )
    for tally in _TALLIES
}


def _named(key: Mapping[str, Any]) -> dict[str, Any]:
    return {f"its_{name}": value for name, value in key.items()}


def _place(response: Answering) -> dict[str, Any]:
    return {"wave_id": response.wave_id, "membership_id": response.membership_id, "role": response.role}


def _counted(
    response: Answering, questionnaire: Questionnaire, answers: Mapping[str, str]
) -> tuple[tuple[Tally, list[dict[str, Any]]], ...]:
    """The rows of each tally in which this response is counted once."""
    place = _place(response)
    items = [
        place | {"question": variable, "answer": code}
        for question in counting.put(questionnaire, response.role, answers)
        for variable, code in question.tallied(answers.get(question.key, SKIPPED)).items()
    ]
    themes = []
    for theme, points in counting.points(questionnaire, response.role).items():
        if counting.was_put(questionnaire, {question for question, _ in points}, answers):
            scored = [points[given] for given in answers.items() if given in points]
            themes.append(place | {"theme": theme, "answered": len(scored), "total": sum(scored)})
    return (ItemTally, items), (ThemeTally, themes)


def recount(session: Session, *, wave: Wave, by: User | None = None) -> list[Difference]:
    """Count a wave's submitted answers again, repair the tallies, and return what was wrong with them.

    Submissions wait until this transaction ends. Raises ``WrongState`` (``answers-erased``) where single answers were
    erased as their day had passed: then the tallies are all that is left.
    """
    session.execute(select(Wave.id).where(Wave.id == wave.id).with_for_update(key_share=True))
    if counting.are_erased(session, wave):
        raise WrongState("answers-erased", wave=wave.number)
    questionnaire = editions.of(session, wave).questionnaire
    differences = [
        *_repair(session, wave, ItemTally, counting.items(session, wave, questionnaire)),
        *_repair(session, wave, ThemeTally, counting.themes(session, wave, questionnaire)),
    ]
    log.record(
        session, verb="wave.recount", subject=wave, by=by, evaluation=wave.evaluation, differences=len(differences)
    )
    return differences


def _repair(session: Session, wave: Wave, tally: Tally, counted: dict[Key, int]) -> list[Difference]:
    kept = counting.kept(session, wave, tally)
    wrong = [
        Difference(tally.__tablename__, key, kept.get(key, 0), counted.get(key, 0))
        for key in sorted(kept.keys() | counted.keys())
        if kept.get(key, 0) != counted.get(key, 0)
    ]
    if wrong:
        session.execute(delete(tally).where(tally.wave_id == wave.id))
        columns = [column.name for column in counting.key_columns(tally)]
        rows: list[dict[str, Any]] = [
            {"wave_id": wave.id, "count": count, **dict(zip(columns, key, strict=True))}
            for key, count in counted.items()
        ]
        if rows:
            session.execute(insert(tally), rows)
    return wrong
