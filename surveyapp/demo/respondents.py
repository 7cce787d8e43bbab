"""How an invented respondent answers: tendencies, differences and gaps in knowledge, all from one seed."""

from random import Random
from typing import Final

from surveyapp.demo import stories
from surveyapp.demo.sentences import Sentences
from surveyapp.questionnaires.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    ChoiceQuestion,
    Question,
    Questionnaire,
    RankingQuestion,
    ScaleQuestion,
    Section,
    TextQuestion,
)

PERSONAL_SPREAD: Final = 0.35
ANSWER_SPREAD: Final = 0.75
GOVERNOR: Final = "governor"


class Respondent:
    """One invented person; the same seed gives the same answers."""

    def __init__(self, random: Random, questionnaire: Questionnaire, organisation: str, role: str) -> None:
        self._random = random
        self._questionnaire = questionnaire
        self._organisation = organisation
        self._role = role
        self._mood = random.gauss(0, PERSONAL_SPREAD)
        self._side = random.choice((-1, 1))

    def answers(self, section: Section, sentences: Sentences) -> dict[str, str]:
        """Question -> answer for one page; now and then a question is skipped."""
        return {
            question.key: self._answer(question, section, sentences)
            for question in section.questions_for(self._role)
            if isinstance(question, TextQuestion) or self._random.random() > 0.02
        }

    def _answer(self, question: Question, section: Section, sentences: Sentences) -> str:
        match question:
            case ScaleQuestion():
                return self._on_scale(question, section.theme)
            case ChoiceQuestion():
                return self._random.choice(question.options).key
            case RankingQuestion():
                return ">".join(self._first(question))
            case TextQuestion():
                return sentences.write(self._organisation, section.theme, question.purpose)
            case _:
                raise NotImplementedError(f"the demonstration asks no question of kind {question.kind!r}")

    def _on_scale(self, question: ScaleQuestion, theme: str | None) -> str:
        scale = self._questionnaire.scale(question.scale)
        if question.purpose == "score" and theme is not None:
            if self._random.random() < self._dont_know(theme):
                return DONT_KNOW
            if scale.not_applicable is not None and self._random.random() < 0.01:
                return NOT_APPLICABLE
        middle = self._tendency(question, theme)
        drawn = round(self._random.gauss(middle, ANSWER_SPREAD))
        return str(min(max(drawn, scale.codes[0]), scale.codes[-1]))

    def _tendency(self, question: ScaleQuestion, theme: str | None) -> float:
        if question.purpose == "importance":
            return stories.IMPORTANCE.get(theme or "", 4.0)
        if theme is None:
            return 3.5 + self._mood
        own = Random(question.key).uniform(-0.4, 0.4)  # noqa: S311 - some statements are harder than others
        middle = stories.REGION.get(theme, 3.0) + own + self._mood
        governs = self._role == GOVERNOR
        middle += stories.GOVERNORS.get(theme, 0.0) if governs else 0.0
        for story in self._stories(theme):
            middle += story.shift + self._side * story.spread + (story.gap if governs else 0.0)
        return middle

    def _dont_know(self, theme: str) -> float:
        told = max((story.dont_know for story in self._stories(theme)), default=0.0)
        return told or (0.06 if theme in {"g3", "g6"} else 0.02)

    def _stories(self, theme: str) -> list[stories.Story]:
        return [story for story in stories.STORIES if (story.code, story.theme) == (self._organisation, theme)]

    def _first(self, question: RankingQuestion) -> list[str]:
        """What is important and weak comes first, with some chance."""
        worth = {
            option.key: stories.IMPORTANCE.get(option.key, 4.0)
            - stories.REGION.get(option.key, 3.0)
            + self._random.gauss(0, 0.8)
            for option in question.options
        }
        return sorted(worth, key=worth.__getitem__, reverse=True)[: question.top]
