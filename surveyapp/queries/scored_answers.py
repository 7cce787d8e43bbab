"""Answers to scored questions, person by person: for the few methods that counts are not enough for.

Nobody is shown these rows; what is worked out from them speaks of everybody together.
"""

from typing import Final

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Membership, Organisation, Response, Wave
from surveyapp.questionnaires.questionnaire import Questionnaire

MOST: Final = 10_000
"""People of whom a page reads every answer; of more it would take longer than a visitor waits."""
_COLUMNS: Final = ("respondent", "organisation", "role", "question", "answer")


def of(session: Session, wave: Wave, questionnaire: Questionnaire) -> pd.DataFrame | None:
    """``respondent, organisation, role, question, answer`` of the responses that count; None of more than ``MOST``."""
    counting = (Response.wave_id == wave.id, Response.counts)
    if (session.scalar(select(func.count()).select_from(Response).where(*counting)) or 0) > MOST:
        return None
    scored = {item.key for item in questionnaire.scored}
    rows = session.execute(
        select(Answer.response_id, Organisation.code, Response.role, Answer.question, Answer.value)
        .join_from(Answer, Response)
        .join(Membership, Response.membership_id == Membership.id)
        .join(Organisation)
        .where(*counting, ~Answer.hidden, Answer.question.in_(scored))
    ).all()
    columns = zip(*rows, strict=True) if rows else ((),) * len(_COLUMNS)
    frame = pd.DataFrame(dict(zip(_COLUMNS, columns, strict=True)))
    return frame.astype({"respondent": "int64"} | dict.fromkeys(_COLUMNS[1:], "str"))
