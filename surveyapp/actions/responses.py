"""Verbs of the person who answers: start, save, submit.

They leave no event: the response and the receipt are the record, and the log holds nothing about who answered when.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import tallies
from surveyapp.errors import InvalidAnswer, WrongState
from surveyapp.models import Answer, Invitation, Receipt, Response, Wave, upsert
from surveyapp.models.response import random_id
from surveyapp.models.wave import state
from surveyapp.queries import responses
from surveyapp.queries.responses import Answering
from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.kinds.problems import NOT_ASKED
from surveyapp.questionnaires.questionnaire import Questionnaire

_HOLD_WAVE: Final = select(Wave.id).where(Wave.id == bindparam("wave_id")).with_for_update(read=True)
_HOLD: Final = (
    select(Response.started_at, Response.submitted, Wave.opens_at, Wave.closes_at, Wave.closed_at)
    .join_from(Response, Wave, Response.wave_id == Wave.id)
    .where(Response.id == bindparam("response_id"))
    .with_for_update(of=Response)
)


def start(session: Session, *, invitation: Invitation) -> Response:
    """Begin to answer; the second time, or in a second window, gives the same response."""
    if invitation.revoked_at is not None:
        raise WrongState("invitation-revoked")
    existing = responses.of(session, invitation)
    if existing is not None:
        return existing
    wave = invitation.wave
    _must_be_open(wave.opens_at, wave.closes_at, wave.closed_at)
    row = {
        "id": random_id(),
        "invitation_id": invitation.id,
        "wave_id": wave.id,
        "regime": wave.regime,
        "membership_id": invitation.membership.id,
        "role": invitation.role,
        "submitted": False,
        "channel": "web",
        "started_at": clock.now(),
    }
    upsert.insert_missing(session, Response, row)
    started = responses.of(session, invitation)
    if started is None:
        raise WrongState("response-withdrawn")
    return started


def save(session: Session, *, response: Answering, questionnaire: Questionnaire, answers: Mapping[str, str]) -> None:
    """Keep these answers, each replacing an earlier one to its question; an empty one takes it back.

    All or nothing: raises ``InvalidAnswer`` with the ``question`` and the code of the first problem and the number of
    ``problems``; ``WrongState`` (``wave-not-open``, ``wave-closed``, ``already-submitted``).
    """
    hold_open_draft(session, response)
    problems = {key: code for key, value in answers.items() if (code := _problem(questionnaire, response, key, value))}
    if problems:
        question, code = next(iter(problems.items()))
        raise InvalidAnswer(code, question=question, problems=len(problems))
    rows = [
        {"response_id": response.id, "question": key, "value": value, "hidden": False} for key, value in answers.items()
    ]
    upsert.replace(session, Answer, rows, column="value")


def submit(session: Session, *, response: Answering, questionnaire: Questionnaire) -> None:
    """Hand in, once: the receipt and both tallies are written with it.

    Of two submissions at the same moment one waits for the other and then finds ``already-submitted``; closing the
    wave waits for those under way.
    """
    session.execute(_HOLD_WAVE, {"wave_id": response.wave_id})
    started_at = hold_open_draft(session, response)
    given = responses.answers(session, response)
    if not any(value.strip() for value in given.values()):
        raise InvalidAnswer("nothing-answered")
    handed_in = (
        update(Response)
        .where(Response.id == response.id)
        .values(submitted=True, submitted_at=max(clock.now(), started_at))
    )
    session.execute(handed_in)
    session.execute(insert(Receipt), {"invitation_id": response.invitation_id})
    tallies.add(session, response=response, questionnaire=questionnaire, answers=given)


def hold_open_draft(session: Session, response: Answering) -> datetime:
    """Look again under a lock, so that nothing is saved or submitted beside or after a submission, or after closing.

    Returns when it was started.
    """
    session.flush()
    found = session.connection().execute(_HOLD, {"response_id": response.id}).one_or_none()
    if found is None:
        raise WrongState("response-withdrawn")
    _must_be_open(found.opens_at, found.closes_at, found.closed_at)
    if found.submitted:
        raise WrongState("already-submitted")
    started_at: datetime = found.started_at
    return started_at


def _must_be_open(opens_at: datetime, closes_at: datetime, closed_at: datetime | None) -> None:
    now = state(opens_at, closes_at, closed_at, clock.now())
    if now != "open":
        raise WrongState("wave-closed" if now == "closed" else "wave-not-open")


def _problem(questionnaire: Questionnaire, response: Answering, key: str, value: str) -> str | None:
    question, _part = questionnaire.stored.get(key, (None, ""))
    if question is None or not question.asked_of(response.role):
        return NOT_ASKED
    return problem_with(questionnaire, key, value)
