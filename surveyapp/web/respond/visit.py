"""Who comes with this link, for which wave, and how far they are."""

from dataclasses import dataclass

from flask import g

from surveyapp import clock
from surveyapp.errors import NotFound, WrongState
from surveyapp.queries import editions, invitations
from surveyapp.queries.invitations import Invited
from surveyapp.queries.responses import Begun
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.questionnaire import Questionnaire, Section
from surveyapp.web import language
from surveyapp.web.database import session


@dataclass(frozen=True)
class Visit:
    """One request of a respondent."""

    token: str
    invited: Invited
    edition: Edition
    sections: tuple[Section, ...]
    """The pages that this role gets."""

    @property
    def response(self) -> Begun | None:
        return self.invited.response

    @property
    def role(self) -> str:
        return self.invited.role

    @property
    def questionnaire(self) -> Questionnaire:
        return self.edition.questionnaire

    @property
    def submitted(self) -> bool:
        return self.invited.submitted_at is not None

    def section(self, key: str) -> Section:
        """The section of this name; NotFound when this role has none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise NotFound("section")


def find(token: str) -> Visit:
    """Whose link this is. Raises NotFound, the same for a link that never existed and one that was revoked."""
    invited = invitations.by_token(session(), token)
    if invited is None:
        raise NotFound("invitation")
    language.prefer(invited.language)
    edition = editions.by_digest(session(), invited.edition_digest)
    visit = Visit(token, invited, edition, edition.questionnaire.sections_for(invited.role))
    g.visit = visit
    return visit


def find_open(token: str) -> Visit:
    """Whose link this is, while answers can be given: raises WrongState when not yet, no more, or sent already."""
    visit = find(token)
    must_be_open(visit)
    return visit


def must_be_open(visit: Visit) -> None:
    """Raise WrongState unless answers can be given."""
    if visit.submitted:
        raise WrongState("already-submitted")
    state = visit.invited.state_at(clock.now())
    if state != "open":
        raise WrongState("wave-closed" if state == "closed" else "wave-not-open")
