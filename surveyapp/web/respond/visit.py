"""Who comes with this link, for which wave, and how far they are."""

from dataclasses import dataclass

from flask import g

from surveyapp import clock
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import Evaluation, Invitation, Response, Wave
from surveyapp.queries import editions, invitations, responses
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.questionnaire import Questionnaire, Section
from surveyapp.web import language
from surveyapp.web.database import session


@dataclass(frozen=True)
class Visit:
    """One request of a respondent."""

    token: str
    invitation: Invitation
    edition: Edition
    response: Response | None
    sections: tuple[Section, ...]
    """The pages that this role gets."""

    @property
    def wave(self) -> Wave:
        return self.invitation.invitee.wave

    @property
    def evaluation(self) -> Evaluation:
        return self.wave.evaluation

    @property
    def role(self) -> str:
        return self.invitation.invitee.role

    @property
    def questionnaire(self) -> Questionnaire:
        return self.edition.questionnaire

    @property
    def submitted(self) -> bool:
        return self.response is not None and self.response.submitted_at is not None

    def section(self, key: str) -> Section:
        """The section of this name; NotFound when this role has none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise NotFound("section")


def find(token: str) -> Visit:
    """Whose link this is. Raises NotFound, the same for a link that never existed and one that was revoked."""
    invitation = invitations.by_token(session(), token)
    if invitation is None:
        raise NotFound("invitation")
    language.prefer(invitation.invitee.language)
    edition = editions.of(session(), invitation.invitee.wave)
    sections = edition.questionnaire.sections_for(invitation.invitee.role)
    visit = Visit(token, invitation, edition, responses.of(session(), invitation), sections)
    g.visit = visit
    return visit


def find_open(token: str) -> Visit:
    """Whose link this is, while answers can be given: raises WrongState when not yet, no more, or sent already."""
    visit = find(token)
    if visit.submitted:
        raise WrongState("already-submitted")
    state = visit.wave.state_at(clock.now())
    if state != "open":
        raise WrongState("wave-closed" if state == "closed" else "wave-not-open")
    return visit
