"""The verb that takes answers in which were collected elsewhere: all of a file, or nothing.

A respondent is a code of the file, or the address of somebody who was invited. Who is only a code gets a seat of their
own, named by it, without an address or a link that works, so that the response is counted as any other.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import holding, log, tallies
from surveyapp.analysis.reading import collected as reading
from surveyapp.analysis.reading.collected import Collected, Expected
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Answer, Invitation, Invitee, Receipt, Response, User, Wave, numbers
from surveyapp.models.response import IMPORT, random_id
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import collected, editions, evaluations
from surveyapp.queries.responses import Begun
from surveyapp.questionnaires.path import path
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.questionnaire import SKIPPED, Questionnaire

IMPORTED = "answers.import"


@dataclass(frozen=True)
class Prepared:
    """A file as it was read against what there was at that moment."""

    expected: Expected
    people: tuple[Collected, ...]
    problems: tuple[Problem, ...]


def prepare(session: Session, *, wave: Wave, file: Path) -> Prepared:
    """Read a file, outside any transaction that writes. Raises ``WrongState`` as ``admit`` does."""
    _must_take_answers(wave)
    expected = collected.expected(session, wave)
    people, problems = reading.read(file, editions.of(session, wave).questionnaire, expected)
    return Prepared(expected, people, problems)


def admit(session: Session, *, wave: Wave, prepared: Prepared, by: User) -> int:
    """Take everybody of the file in, with their receipts and counts, and a line in the log; returns how many.

    Raises ``InvalidContent`` (``answers-faulty``, with the number of ``problems``) and ``WrongState``:
    ``import-anonymous`` (there nobody answers for another), ``wave-not-open``, ``wave-closed``, and
    ``people-changed`` where the list of people is not the one by which the file was read.
    """
    holding.wave(session, wave.id, alone=True)
    session.refresh(wave, ["regime", "ready_at", "opens_at", "closes_at", "closed_at"])
    _must_take_answers(wave)
    if prepared.problems:
        raise InvalidContent("answers-faulty", problems=len(prepared.problems))
    if collected.expected(session, wave) != prepared.expected:
        raise WrongState("people-changed")
    questionnaire = editions.of(session, wave).questionnaire
    seats = _seats(session, wave, prepared.people)
    _write(session, wave, questionnaire, list(zip(seats, prepared.people, strict=True)), by)
    people = len(prepared.people)
    log.record(session, verb=IMPORTED, subject=wave, by=by, evaluation=wave.evaluation, people=people)
    return people


def _must_take_answers(wave: Wave) -> None:
    if wave.regime == ANONYMOUS:
        raise WrongState("import-anonymous")
    state = wave.state_at(clock.now())
    if state != "open":
        raise WrongState("wave-closed" if state == "closed" else "wave-not-open")


def _seats(session: Session, wave: Wave, people: tuple[Collected, ...]) -> list[Begun]:
    """A response to begin for each, on their seat or on a new one."""
    places = {member.organisation.code: member.id for member in evaluations.memberships(session, wave.evaluation)}
    new = [person for person in people if person.invitation_id is None]
    invitees, invitations = numbers.reserve(session, Invitee, len(new)), numbers.reserve(session, Invitation, len(new))
    made = dict(zip((id(person) for person in new), invitations, strict=True))
    rows: list[dict[str, Any]] = [
        {
            "id": number,
            "wave_id": wave.id,
            "membership_id": places[person.standing.organisation],
            "role": person.standing.role,
            "name": person.respondent,
            "email": "",
            "language": wave.languages[0],
            "test": False,
        }
        for number, person in zip(invitees, new, strict=True)
    ]
    links = [
        {"id": number, "invitee_id": invitee, "generation": 1, "repeated": False, "revoked_at": clock.now()}
        for number, invitee in zip(invitations, invitees, strict=True)
    ]
    if new:
        session.execute(insert(Invitee), rows)
        session.execute(insert(Invitation), links)
    return [
        Begun(
            id=random_id(),
            invitation_id=person.invitation_id if person.invitation_id is not None else made[id(person)],
            wave_id=wave.id,
            regime=wave.regime,
            membership_id=places[person.standing.organisation],
            standing=person.standing,
        )
        for person in people
    ]


def _write(
    session: Session, wave: Wave, questionnaire: Questionnaire, everybody: list[tuple[Begun, Collected]], by: User
) -> None:
    moment = clock.now()
    came = {"wave_id": wave.id, "regime": wave.regime, "submitted": True, "channel": IMPORT, "entered_by": by.id}
    responses = [
        {"id": begun.id, "invitation_id": begun.invitation_id, "membership_id": begun.membership_id, "role": begun.role}
        | {"started_at": moment, "submitted_at": moment}
        | came
        for begun, _person in everybody
    ]
    counted = [(begun, _counted(questionnaire, person)) for begun, person in everybody]
    answers = [
        {"response_id": begun.id, "question": key, "value": value, "hidden": False}
        for begun, given in counted
        for key, value in given.items()
    ]
    session.execute(insert(Response), responses)
    session.execute(insert(Answer), answers)
    session.execute(insert(Receipt), [{"invitation_id": begun.invitation_id} for begun, _person in everybody])
    tallies.add_all(session, counted, questionnaire=questionnaire)


def _counted(questionnaire: Questionnaire, person: Collected) -> dict[str, str]:
    """The answers, and an empty one to each counted question that a condition showed: its row says that it was put."""
    shown = path(questionnaire, person.standing, person.answers)
    put = {
        key: SKIPPED
        for key, question in shown.questions.items()
        if key in questionnaire.conditional and question.tallied(SKIPPED) and key not in person.answers
    }
    return dict(person.answers) | put
