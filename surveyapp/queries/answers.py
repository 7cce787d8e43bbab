"""What was answered, row by row: for the research team only, and every reading is logged (``actions.answers``).

Nothing here follows the order or time of answering, and answers to questions that were not shown are left out.
"""

import hashlib
import secrets
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd
from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Membership, Organisation, Response, Wave
from surveyapp.models.json_object import json_object
from surveyapp.queries import editions
from surveyapp.questionnaires.questionnaire import SKIPPED, TextQuestion
from surveyapp.reports.datasets.person import Person

COLUMNS = ("respondent", "organisation", "role", "question", "answer")


@dataclass(frozen=True)
class OpenAnswer:
    """What somebody wrote; ``organisation`` is a code."""

    question: str
    organisation: str
    role: str
    text: str
    part: str = ""
    """``comment`` or ``other`` where it was written beside the answer to the question."""


def open_answers(
    session: Session,
    wave: Wave,
    *,
    questions: Collection[str],
    membership_id: int | None = None,
    most: int | None = None,
) -> list[OpenAnswer]:
    """What was written in responses that count to these questions, of every organisation or of one; where that is more
    than ``most``, so many of them, whichever come first.

    What was written beside an answer (a comment, what "something else" is) comes with its question. Of a question that
    is answered in codes only that is given.

    By organisation in the order of the study, by question in the order of the questionnaire, and then by a hash of
    the text: always the same, and telling nothing about who wrote first.
    """
    questionnaire = editions.of(session, wave).questionnaire
    written = {
        key: (question.key, part)
        for key, (question, part) in questionnaire.stored.items()
        if question.key in questions and (part or isinstance(question, TextQuestion))
    }
    found = (
        select(Answer.question, Organisation.code, Response.role, Answer.value, Membership.position)
        .join_from(Answer, Response)
        .join(Membership, Response.membership_id == Membership.id)
        .join(Organisation)
        .where(
            Response.wave_id == wave.id,
            Response.counts,
            ~Answer.hidden,
            Answer.question.in_(written),
            Answer.value != SKIPPED,
        )
    )
    if membership_id is not None:
        found = found.where(Response.membership_id == membership_id)
    if most is not None:
        found = found.limit(most)
    order = {key: place for place, key in enumerate(questionnaire.stored)}
    rows = sorted(
        session.execute(found).all(), key=lambda row: (row[4], row[1], order[row[0]], _scrambled(row[3]), row[2])
    )
    return [
        OpenAnswer(written[key][0], organisation, role, text, written[key][1])
        for key, organisation, role, text, _position in rows
        if text.strip()
    ]


def _scrambled(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


class People:
    """Everybody who handed in answers in a wave, who is excluded too; numbered at random, anew for each of these.

    Going through it reads some hundred people at a time, in the order of their numbers; it can be done more than once,
    within the session it was made with. Memory does not grow with people, but for 8 bytes each.
    """

    def __init__(self, session: Session, wave: Wave) -> None:
        sent = (Response.wave_id == wave.id, Response.submitted)
        drawn = list(session.scalars(select(Response.id).where(*sent)))
        self.excluded = session.scalar(select(func.count()).where(*sent, Response.excluded_at.is_not(None))) or 0
        """How many of them count nowhere."""
        secrets.SystemRandom().shuffle(drawn)
        self._session, self._ids = session, array("q", drawn)
        places = select(Membership.id, Organisation.code).join(Organisation)
        here = places.where(Membership.evaluation_id == wave.evaluation_id)
        self._codes: dict[int, str] = {row[0]: row[1] for row in session.execute(here)}

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Person]:
        for first in range(0, len(self._ids), _AT_A_TIME):
            part = self._ids[first : first + _AT_A_TIME].tolist()
            rows = {row[0]: row for row in self._session.execute(_ANSWERS, {"ids": part})}
            for number, response in enumerate(part, first + 1):
                if response in rows:
                    _id, membership, role, excluded, answers = rows[response]
                    yield Person(number, self._codes[membership], role, answers, bool(excluded))


_AT_A_TIME: Final = 400
"""People in one statement; few enough for the parameters of any SQLite."""
_ANSWERS: Final = (
    select(
        Response.id,
        Response.membership_id,
        Response.role,
        Response.excluded_at.is_not(None),
        json_object(Answer.question, Answer.value),
    )
    .join_from(Response, Answer, and_(Answer.response_id == Response.id, ~Answer.hidden))
    .where(Response.id.in_(bindparam("ids", expanding=True)))
    .group_by(Response.id)
)


def raw(session: Session, wave: Wave) -> pd.DataFrame:
    """Every answer that counts, as ``answers.csv`` has it; respondents are numbered at random, anew each time.

    What stands beside an answer has a row of its own (``g1_1.comment``). A question that a condition showed has a row
    even where it was skipped; without a row it was not shown.
    """
    order = {key: place for place, key in enumerate(editions.of(session, wave).questionnaire.stored)}
    rows = [
        (number, organisation, role, key, given[key])
        for number, organisation, role, given, excluded in People(session, wave)
        if not excluded
        for key in sorted(given, key=lambda key: order.get(key, len(order)))
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"respondent": "int64"} | dict.fromkeys(COLUMNS[1:], "str"))
