"""Lists of people that were uploaded: finding one, and what a list can refer to in its wave."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import clock
from surveyapp.analysis.reading.people import Expected
from surveyapp.analysis.reading.person import address_key
from surveyapp.models import Event, Invitee, Job, Membership, MergedRole, Organisation, PeopleFile, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, evaluations, open_roles
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

KIND = "import-people"
"""The kind of job that lets everybody of a list in."""
LET_IN = "people.let-in"
"""The verb of the event that it did."""


def by_id(session: Session, wave: Wave, number: int) -> PeopleFile | None:
    """The list of this wave with this number; None when it has expired or was thrown away."""
    return session.scalar(
        select(PeopleFile)
        .where(PeopleFile.id == number, PeopleFile.wave_id == wave.id, PeopleFile.expires_at > clock.now())
        .options(joinedload(PeopleFile.job))
    )


def job(session: Session, wave: Wave, number: int) -> Job | None:
    """The job with this number, if it lets people of this study in."""
    found = session.get(Job, number)
    if found is None or found.kind != KIND or found.evaluation_id != wave.evaluation_id:
        return None
    return found


def let_in_by(session: Session, number: int) -> int | None:
    """How many people came from the list with this number, after which the list itself is gone; None where none did."""
    told = Event.subject == f"{PeopleFile.__tablename__}:{number}"
    details = session.scalar(select(Event.details).where(Event.verb == LET_IN, told))
    return int(details["people"]) if details is not None else None


def expected(session: Session, wave: Wave, language: str = DEFAULT_LANGUAGE) -> Expected:
    """The organisations, roles and languages of a wave, and who is invited to it; ``language`` is the reader's."""
    questionnaire = editions.by_digest(session, wave.edition_digest).questionnaire
    members = evaluations.memberships(session, wave.evaluation)
    return Expected(
        organisations={member.organisation.code: member.organisation.name for member in members},
        roles=questionnaire.roles,
        languages=tuple(wave.languages),
        open_roles=open_roles.of(session, wave).of(questionnaire),
        there=_there(session, wave),
        groups=_groups(session, wave),
        spoken=language,
    )


def _there(session: Session, wave: Wave) -> frozenset[tuple[str, str, str]]:
    rows = session.execute(
        select(Invitee.email, Organisation.code, Invitee.role)
        .join_from(Invitee, Membership)
        .join(Organisation)
        .where(Invitee.wave_id == wave.id, Invitee.test.is_(False))
    )
    return frozenset((address_key(email), code, role) for email, code, role in rows)


def _groups(session: Session, wave: Wave) -> frozenset[tuple[str, str]] | None:
    """Where somebody still has a group to be unknown in, once an anonymous wave has begun."""
    if wave.regime != ANONYMOUS or wave.ready_at is None:
        return None
    rows = session.execute(
        select(Organisation.code, MergedRole.role)
        .join_from(MergedRole, Membership, MergedRole.membership_id == Membership.id)
        .join(Organisation)
        .where(MergedRole.wave_id == wave.id)
    )
    return frozenset((code, role) for code, role in rows) or None
