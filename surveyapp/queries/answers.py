"""What was answered, row by row: for the research team only, and every reading is logged (``actions.answers``).

Nothing here follows the order or time of answering, and answers to questions that were not shown are left out.
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
from surveyapp.questionnaires.questionnaire import SKIPPED, TextQuestion

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
    session: Session, wave: Wave, *, questions: Collection[str], membership_id: int | None = None
) -> list[OpenAnswer]:
    """What was written in submitted responses to these questions, of every organisation or of one.

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
            Response.submitted,
            ~Answer.hidden,
            Answer.question.in_(written),
            Answer.value != SKIPPED,
        )
    )
    if membership_id is not None:
        found = found.where(Response.membership_id == membership_id)
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


def raw(session: Session, wave: Wave) -> pd.DataFrame:
    """Every submitted answer as ``answers.csv`` has it; respondents are numbered at random, anew each time.

    What stands beside an answer has a row of its own (``g1_1.comment``). A question that a condition showed has a row
    even where it was skipped; without a row it was not shown.
    """
    rows = session.execute(
        select(Response.id, Organisation.code, Response.role, Answer.question, Answer.value)
        .join_from(Answer, Response)
        .join(Membership, Response.membership_id == Membership.id)
        .join(Organisation)
        .where(Response.wave_id == wave.id, Response.submitted, ~Answer.hidden)
    ).all()
    people = sorted({row[0] for row in rows})
    secrets.SystemRandom().shuffle(people)
    number = {person: place for place, person in enumerate(people, start=1)}
    order = {key: place for place, key in enumerate(editions.of(session, wave).questionnaire.stored)}
    ordered = sorted(rows, key=lambda row: (number[row[0]], order.get(row[3], len(order))))
    frame = pd.DataFrame([(number[row[0]], *row[1:]) for row in ordered], columns=list(COLUMNS))
    return frame.astype({"respondent": "int64"} | dict.fromkeys(COLUMNS[1:], "str"))
