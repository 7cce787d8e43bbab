"""What was answered, row by row: for the research team only, and every reading is logged (``actions.answers``).

Nothing here follows the order or time of answering.
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Membership, Organisation, Response, Wave
from surveyapp.queries import editions
from surveyapp.questionnaires.questionnaire import SKIPPED

COLUMNS = ("respondent", "organisation", "role", "question", "answer")


@dataclass(frozen=True)
class OpenAnswer:
    """What somebody wrote; ``organisation`` is a code."""

    question: str
    organisation: str
    role: str
    text: str


def open_answers(
    session: Session, wave: Wave, *, questions: Collection[str], membership_id: int | None = None
) -> list[OpenAnswer]:
    """What was written in submitted responses to these questions, of every organisation or of one.

    By organisation in the order of the study, by question in the order of the questionnaire, and then by a hash of
    the text: always the same, and telling nothing about who wrote first.
    """
    found = (
        select(Answer.question, Organisation.code, Response.role, Answer.value, Membership.position)
        .join_from(Answer, Response)
        .join(Membership, Response.membership_id == Membership.id)
        .join(Organisation)
        .where(
            Response.wave_id == wave.id,
            Response.submitted,
            Answer.question.in_(questions),
            Answer.value != SKIPPED,
        )
    )
    if membership_id is not None:
        found = found.where(Response.membership_id == membership_id)
    order = {key: place for place, key in enumerate(editions.of(session, wave).questionnaire.questions)}
    rows = sorted(
        session.execute(found).all(),
        key=lambda row: (row[4], row[1], order.get(row[0], len(order)), _scrambled(row[3]), row[2]),
    )
    return [OpenAnswer(*row[:4]) for row in rows if row[3].strip()]


def _scrambled(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def raw(session: Session, wave: Wave) -> pd.DataFrame:
    """Every submitted answer as ``answers.csv`` has it; respondents are numbered at random, anew each time."""
    rows = session.execute(
        select(Response.id, Organisation.code, Response.role, Answer.question, Answer.value)
        .join_from(Answer, Response)
        .join(Membership, Response.membership_id == Membership.id)
        .join(Organisation)
        .where(Response.wave_id == wave.id, Response.submitted)
    ).all()
    people = sorted({row[0] for row in rows})
    secrets.SystemRandom().shuffle(people)
    number = {person: place for place, person in enumerate(people, start=1)}
    order = {key: place for place, key in enumerate(editions.of(session, wave).questionnaire.questions)}
    ordered = sorted(rows, key=lambda row: (number[row[0]], order.get(row[3], len(order))))
    frame = pd.DataFrame([(number[row[0]], *row[1:]) for row in ordered], columns=list(COLUMNS))
    return frame.astype({"respondent": "int64"} | dict.fromkeys(COLUMNS[1:], "str"))
