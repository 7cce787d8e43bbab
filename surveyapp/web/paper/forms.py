"""What stands on a paper form: of one respondent's organisation and role, or of a role wherever its people are."""

from dataclasses import dataclass
from datetime import datetime

from surveyapp.models import Wave
from surveyapp.queries import editions
from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.text import say
from surveyapp.reports.paper_form import PaperForm, Return, paper_form
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.respond import promise, wording
from surveyapp.web.respond.group import Group
from surveyapp.web.respond.visit import Visit
from surveyapp.web.words import _


@dataclass(frozen=True)
class Anywhere:
    """Somebody of whom only the role is known, as a promise is made to them."""

    sender: str
    client: str
    organisation: str
    regime: str
    for_public: bool
    organisation_kind: str = ""


@dataclass(frozen=True)
class _Asking:
    """Who asks, and until when."""

    study: str
    back: Return


def of_visit(visit: Visit) -> PaperForm:
    """The form of this respondent; it is the same for everybody of their organisation and role."""
    invited = visit.invited
    asking = _asking(invited.title, invited.closes_at, invited.contact_name, invited.contact_email)
    return _form(visit.questionnaire, visit.standing, invited.organisation, invited, asking)


def of_role(wave: Wave, role: str) -> PaperForm:
    """The form of a role, with what depends on the organisation in words; ``role`` is one of the questionnaire."""
    questionnaire = editions.of(session(), wave).questionnaire
    asking = _asking(wave.evaluation.title, wave.closes_at, wave.contact_name, wave.contact_email)
    anywhere = Anywhere(wave.sender, wave.evaluation.client, _("your organisation"), wave.regime, wave.for_public)
    return _form(questionnaire, Standing(role, "", ""), "", anywhere, asking)


def _asking(title: dict[str, str], closes_at: datetime, name: str, email: str) -> _Asking:
    back = Return(until=wording.moment(closes_at), contact_name=name, contact_email=email)
    return _Asking(say(title, language.current()), back)


def _form(
    questionnaire: Questionnaire, standing: Standing, organisation: str, asked: promise.Asked, asking: _Asking
) -> PaperForm:
    spoken = language.current()
    told = promise.of(asked, Group(say(questionnaire.role(standing.role).title, spoken)))
    return paper_form(
        questionnaire,
        standing=standing,
        language=spoken,
        organisation=organisation,
        study=asking.study,
        sender=asked.sender,
        client=asked.client,
        summary=told.summary,
        audiences=told.audiences,
        besides=told.besides,
        back=asking.back,
    )
