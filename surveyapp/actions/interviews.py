"""Verbs on interviews: planning a conversation, changing when and where, holding it, calling it off, who is in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import Permission, Scope, may
from surveyapp.actions import log
from surveyapp.actions.delegations import faults
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Interview, Interviewer, Invitee, Membership, Participant, Reference, User, Wave
from surveyapp.models.interview import INTERVIEW_STATES
from surveyapp.models.wave import ANONYMOUS

SHORTEST, LONGEST = 15, 240
"""Minutes of a conversation."""
LONGEST_PLACE: Final = 300
LONGEST_TITLE: Final = 300
MOST_PARTICIPANTS: Final = 20


def plan(
    session: Session,
    *,
    wave: Wave,
    membership: Membership | None,
    role: str = "",
    starts_at: datetime | None = None,
    minutes: int = 60,
    place: str = "",
    language: str = "nl",
    interviewers: Sequence[User] = (),
    by: User | None,
) -> Interview:
    """Plan a conversation with an organisation, or without one with the programme team.

    Raises ``WrongState`` (``anonymous-wave``), ``NotFound`` for an organisation of another study, and
    ``InvalidContent``: ``interview-length``, ``place-too-long``, ``not-an-interviewer``.
    """
    if wave.regime == ANONYMOUS:
        raise WrongState("anonymous-wave")
    if membership is not None and membership.evaluation_id != wave.evaluation_id:
        raise NotFound("membership-of-another-evaluation")
    interview = Interview(
        wave=wave,
        membership=membership,
        role=role,
        state="planned",
        starts_at=starts_at,
        minutes=_minutes(minutes),
        place=_place(place),
        language=language,
        calendar_uid=str(uuid4()),
        calendar_sequence=0,
        version=1,
        created_at=clock.now(),
    )
    session.add(interview)
    _hold_by(interview, interviewers)
    _log(session, "interview.plan", interview, by)
    return interview


def change(
    session: Session,
    *,
    interview: Interview,
    version: int,
    starts_at: datetime | None,
    minutes: int,
    place: str,
    language: str,
    interviewers: Sequence[User],
    by: User | None,
) -> None:
    """When, where, how long, in which language and with which interviewers; calendars are told by a next sequence.

    Raises as ``plan`` does, and ``WrongState``: ``interview-changed-elsewhere``, ``interview-cancelled``.
    """
    _hold(session, interview, version)
    _must_not_be_cancelled(interview)
    before = (interview.starts_at, interview.minutes, interview.place)
    interview.starts_at, interview.minutes, interview.place = starts_at, _minutes(minutes), _place(place)
    interview.language = language
    if before != (interview.starts_at, interview.minutes, interview.place):
        interview.calendar_sequence += 1
    _hold_by(interview, interviewers)
    _log(session, "interview.change", interview, by)


def set_state(session: Session, *, interview: Interview, version: int, state: str, by: User | None) -> None:
    """``held``, ``cancelled``, or ``planned`` again. Raises ``InvalidContent`` (``unknown-state``) and ``WrongState``
    (``interview-changed-elsewhere``)."""
    if state not in INTERVIEW_STATES:
        raise InvalidContent("unknown-state")
    _hold(session, interview, version)
    if "cancelled" in {state, interview.state} and state != interview.state:
        interview.calendar_sequence += 1
    interview.state = state
    _log(session, "interview.set-state", interview, by, state=state)


def add_participant(
    session: Session,
    *,
    interview: Interview,
    invitee: Invitee | None = None,
    name: str = "",
    job: str = "",
    email: str = "",
    role: str = "",
    by: User | None,
) -> Participant:
    """Somebody who is talked with: an invitee of the wave, or somebody else by name.

    Raises ``InvalidContent``: ``name-missing``, ``name-too-long``, ``email-not-valid``, ``already-takes-part``,
    ``too-many-participants``; ``NotFound`` for an invitee of another wave.
    """
    if invitee is not None and invitee.wave_id != interview.wave_id:
        raise NotFound("invitee-of-another-wave")
    if len(interview.participants) >= MOST_PARTICIPANTS:
        raise InvalidContent("too-many-participants", most=MOST_PARTICIPANTS)
    if invitee is not None:
        name, email, role = invitee.name, invitee.email, invitee.role
        if any(one.invitee_id == invitee.id for one in interview.participants):
            raise InvalidContent("already-takes-part")
    name, email = " ".join(name.split()), email.strip()
    for field, code in faults(name, email or "nobody@example.org").items():
        raise InvalidContent(code, field=field)
    job = " ".join(job.split())[:200]
    participant = Participant(invitee=invitee, name=name, job=job, email=email, role=role)
    interview.participants.append(participant)
    session.flush()
    _log(session, "interview.add-participant", interview, by)
    return participant


def remove_participant(session: Session, *, participant: Participant, by: User | None) -> None:
    """Their quotes stay, without whose they are."""
    interview = participant.interview
    interview.participants.remove(participant)
    _log(session, "interview.remove-participant", interview, by)


def refer(
    session: Session, *, interview: Interview, title: str, place: str = "", dated: str = "", by: User | None
) -> Reference:
    """Note a document that was spoken of: what it is and where it is kept. Raises ``InvalidContent``
    (``title-missing``, ``title-too-long``)."""
    title = " ".join(title.split())
    if not title:
        raise InvalidContent("title-missing")
    if len(title) > LONGEST_TITLE:
        raise InvalidContent("title-too-long", most=LONGEST_TITLE)
    reference = Reference(
        wave_id=interview.wave_id,
        interview_id=interview.id,
        title=title,
        place=" ".join(place.split())[:500],
        dated=" ".join(dated.split())[:40],
    )
    session.add(reference)
    _log(session, "interview.refer", interview, by)
    return reference


def _hold(session: Session, interview: Interview, version: int) -> None:
    session.refresh(interview, with_for_update=True)
    if interview.version != version:
        raise WrongState("interview-changed-elsewhere")
    interview.version += 1


def _must_not_be_cancelled(interview: Interview) -> None:
    if interview.state == "cancelled":
        raise WrongState("interview-cancelled")


def _hold_by(interview: Interview, users: Sequence[User]) -> None:
    """These and no others hold it; each must be allowed to prepare it."""
    on = Scope(interview.wave.evaluation_id, interview.membership.id if interview.membership is not None else None)
    if not all(may(user, Permission.INTERVIEW_PREPARE, on) for user in users):
        raise InvalidContent("not-an-interviewer")
    there = {each.user_id: each for each in interview.interviewers}
    wanted = {user.id: user for user in users}
    interview.interviewers = [there.get(number) or Interviewer(user=user) for number, user in sorted(wanted.items())]


def _minutes(minutes: int) -> int:
    if not SHORTEST <= minutes <= LONGEST:
        raise InvalidContent("interview-length", least=SHORTEST, most=LONGEST)
    return minutes


def _place(place: str) -> str:
    words = " ".join(place.split())
    if len(words) > LONGEST_PLACE:
        raise InvalidContent("place-too-long", most=LONGEST_PLACE)
    return words


def _log(session: Session, verb: str, interview: Interview, by: User | None, **details: Any) -> None:  # noqa: ANN401
    session.flush()
    log.record(session, verb=verb, subject=interview, by=by, evaluation=interview.wave.evaluation, **details)
