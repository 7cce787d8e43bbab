"""Paper forms of the sample questionnaires, as Bureau Meerwaarde would hand them out in Almelo."""

from functools import cache

from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.reports.paper_form import PaperForm, Return, paper_form
from tests.questionnaires import sampled

ALMELO = Standing("governor", "GM0141", "municipality")
ANYWHERE = Standing("governor", "", "")
AUDIENCES = (
    ("Het onderzoeksteam (Bureau Meerwaarde)", "Alle antwoorden, om gesprekken voor te bereiden."),
    ("Iedereen", "Alleen resultaten van ten minste 10 mensen samen."),
)
SENT_ONLY = "Alleen antwoorden die u verstuurt, tellen mee."


def form_of(questionnaire: Questionnaire, *, language: str = "nl", standing: Standing = ALMELO) -> PaperForm:
    """The form of this questionnaire."""
    return paper_form(
        questionnaire,
        standing=standing,
        language=language,
        organisation="Almelo" if standing.organisation else "",
        study="Evaluatie Twente",
        sender="Bureau Meerwaarde",
        client="Regio Twente",
        summary="Uw antwoorden zijn vertrouwelijk.",
        audiences=AUDIENCES,
        besides=(SENT_ONLY,),
        back=Return(
            until="12 december 2026, 23.59 uur",
            contact_name="Anna de Onderzoeker",
            contact_email="anna@meerwaarde.example",
        ),
    )


@cache
def sample_form(name: str, language: str = "nl", standing: Standing = ALMELO) -> PaperForm:
    """The form of a sample questionnaire."""
    return form_of(sampled.questionnaire(name), language=language, standing=standing)
