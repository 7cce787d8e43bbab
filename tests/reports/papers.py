"""Paper forms of the sample questionnaires, as Bureau Meerwaarde would hand them out in Almelo."""

from functools import cache

from surveyapp.questionnaires.condition import Standing, WhenAnswer
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


@cache
def every_kind() -> Questionnaire:
    """The first question of every kind that the samples have, and one that is filled in after an answer only."""
    asked = [question for name in sampled.names() for question in sampled.questionnaire(name).questions.values()]
    first = {question.kind: question for question in reversed(asked) if question.when is None}
    again = WhenAnswer.model_validate({"answer": first["choice"].key, "is": "yes"})
    follow_up = first["text"].model_copy(update={"key": "follow_up", "when": again})
    base = sampled.questionnaire("matrix")
    questions = (*first.values(), follow_up)
    return fresh(base.model_copy(update={"sections": (base.sections[0].model_copy(update={"questions": questions}),)}))


def fresh(changed: Questionnaire) -> Questionnaire:
    """The same without what was worked out before it was changed."""
    return Questionnaire.model_validate(changed.model_dump(mode="json"))
