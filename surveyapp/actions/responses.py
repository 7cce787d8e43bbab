"""Verbs of the person who answers: start, save, submit.

They leave no event: the response and the receipt are the record, and the log holds nothing about who answered when.
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import tallies
from surveyapp.errors import InvalidAnswer, WrongState
from surveyapp.models import Answer, Invitation, Receipt, Response, Wave, upsert
from surveyapp.queries import responses
from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.questionnaire import Questionnaire


def start(session: Session, *, invitation: Invitation) -> Response:
    """Begin to answer; the second time, or in a second window, gives the same response."""
    if invitation.revoked_at is not None:
        raise WrongState("invitation-revoked")
    invitee = invitation.invitee
    existing = responses.of(session, invitation)
    if existing is not None:
        return existing
    _must_be_open(invitee.wave)
    row = {
        "invitation_id": invitation.id,
        "wave_id": invitee.wave_id,
        "membership_id": invitee.membership_id,
        "role": invitee.role,
        "started_at": clock.now(),
    }
    upsert.insert_missing(session, Response, row)
    started = responses.of(session, invitation)
    if started is None:
        raise WrongState("response-withdrawn")
    return started


def save(session: Session, *, response: Response, questionnaire: Questionnaire, answers: Mapping[str, str]) -> None:
    """Keep these answers, each replacing an earlier one to its question; an empty one takes it back.

    All or nothing: raises ``InvalidAnswer`` with the ``question`` and the code of the first problem and the number of
    ``problems``; ``WrongState`` (``wave-not-open``, ``wave-closed``, ``already-submitted``).
    """
    _must_be_open(response.wave)
    _must_be_draft(session, response)
    problems = {key: code for key, value in answers.items() if (code := _problem(questionnaire, response, key, value))}
    if problems:
        question, code = next(iter(problems.items()))
        raise InvalidAnswer(code, question=question, problems=len(problems))
    rows = [{"response_id": response.id, "question": key, "value": value} for key, value in answers.items()]
    upsert.replace(session, Answer, rows, column="value")


def submit(session: Session, *, response: Response, questionnaire: Questionnaire) -> None:
    """Hand in, once: the receipt and both tallies are written with it.

    Of two submissions at the same moment one waits for the other and then finds ``already-submitted``; closing the
    wave waits for those under way.
    """
    wave = response.wave
    session.refresh(wave, ["opens_at", "closes_at", "closed_at"], with_for_update={"read": True})
    _must_be_open(wave)
    _must_be_draft(session, response)
    given = responses.answers(session, response)
    if not any(value.strip() for value in given.values()):
        raise InvalidAnswer("nothing-answered")
    response.submitted_at = max(clock.now(), response.started_at)
    session.add(Receipt(invitation_id=response.invitation_id))
    session.flush()
    tallies.add(session, response=response, questionnaire=questionnaire, answers=given)


def _must_be_open(wave: Wave) -> None:
    state = wave.state_at(clock.now())
    if state != "open":
        raise WrongState("wave-closed" if state == "closed" else "wave-not-open")


def _must_be_draft(session: Session, response: Response) -> None:
    """Look again under a lock, so that nothing is saved or submitted beside or after a submission."""
    session.refresh(response, ["submitted_at"], with_for_update=True)
    if response.submitted_at is not None:
        raise WrongState("already-submitted")


def _problem(questionnaire: Questionnaire, response: Response, key: str, value: str) -> str | None:
    question = questionnaire.questions.get(key)
    if question is None or not question.asked_of(response.role):
        return "not-asked"
    return problem_with(question, value, questionnaire)
