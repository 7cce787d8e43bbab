"""The names that a study knows, to look for in what was written; of places, which are no names of people."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.analysis.redaction.names import Names
from surveyapp.models import Delegation, Evaluation, Interview, Invitee, Participant, Response, Wave
from surveyapp.queries import evaluations
from surveyapp.questionnaires.municipalities import municipalities


def known_names(session: Session, evaluation: Evaluation) -> Names:
    """Everybody who was invited, to whom a section was passed on, or who was talked with, in any wave; the places are
    all Dutch municipalities and the organisations that take part."""
    waves = select(Wave.id).where(Wave.evaluation_id == evaluation.id)
    names = {
        *session.scalars(select(Invitee.name).where(Invitee.wave_id.in_(waves))),
        *session.scalars(select(Delegation.name).join(Response).where(Response.wave_id.in_(waves))),
        *session.scalars(select(Participant.name).join(Interview).where(Interview.wave_id.in_(waves))),
    }
    places = [member.organisation.name for member in evaluations.memberships(session, evaluation)]
    return Names(sorted(names), [*places, *(place.name for place in municipalities())])
