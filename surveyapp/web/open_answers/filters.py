"""What somebody wants to read: words, and of whom and on what. It all stands in the address."""

from collections.abc import Sequence
from typing import Final

from wtforms import SelectField, StringField

from surveyapp.models import Membership
from surveyapp.queries.answers import OpenAnswer
from surveyapp.questionnaires import written
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.kinds.asked import COMMENT, OTHER
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.web.language import said
from surveyapp.web.worded_form import WordedForm
from surveyapp.web.words import _

ALL: Final = ""
ANSWER: Final = "answer"
"""In an address: the answer to an open question, which as a part of an answer has no name."""


class Filters(WordedForm):
    """Every field may stay empty."""

    q = StringField()
    wave = SelectField(default=ALL)
    theme = SelectField(default=ALL)
    question = SelectField(default=ALL)
    organisation = SelectField(default=ALL)
    role = SelectField(default=ALL)
    part = SelectField(default=ALL)

    def offer(self, edition: Edition, members: Sequence[Membership], waves: Sequence[int]) -> None:
        """Let choose from what was asked, when, and of whom; of the ``waves`` the latest comes first."""
        asked = edition.questionnaire
        numbers = [(str(number), _("Wave %(number)s", number=number)) for number in waves]
        self.wave.choices = [(ALL, numbers[0][1]), *numbers[1:]]
        if self.wave.data == numbers[0][0]:
            self.wave.data = ALL
        self.theme.choices = [(ALL, _("Every theme")), *_themes(asked)]
        self.question.choices = [(ALL, _("Every question")), *_questions(asked)]
        places = [(member.organisation.code, member.organisation.name) for member in members]
        self.organisation.choices = [(ALL, _("Every organisation")), *places]
        self.role.choices = [(ALL, _("Everybody")), *((role.key, said(role.plural)) for role in asked.roles)]
        self.part.choices = [
            (ALL, _("Everything")),
            (ANSWER, _("Answers to open questions")),
            (COMMENT, _("Comments beside an answer")),
            (OTHER, _("What “something else” is")),
        ]

    @property
    def chosen(self) -> dict[str, str]:
        """Name -> value of every field that is filled in, for an address."""
        return {name: value.strip() for name, value in self.data.items() if value and value.strip()}

    def questions(self, questionnaire: Questionnaire) -> list[str]:
        """The keys of the questions that are wanted."""
        inside = {
            question.key
            for section in questionnaire.sections
            for question in section.questions
            if self.theme.data in {ALL, section.theme}
        }
        asked = written.questions(questionnaire)
        return [key for key in asked if key in inside and self.question.data in {ALL, key}]

    def lets_through(self, answer: OpenAnswer) -> bool:
        """Whether an answer is of the role and the part that are wanted."""
        return self.role.data in {ALL, answer.role} and self.part.data in {ALL, answer.part or ANSWER}


def _questions(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """Questions to which something can be written, with their section: many are worded the same everywhere."""
    asked = written.questions(questionnaire)
    return [
        (question.key, f"{said(section.title)} – {said(question.text)}")
        for section in questionnaire.sections
        for question in section.questions
        if question.key in asked
    ]


def _themes(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """Every theme with the title of its first section."""
    found: dict[str, str] = {}
    for section in questionnaire.sections:
        if section.theme is not None:
            found.setdefault(section.theme, said(section.title))
    return list(found.items())
