"""The way through a questionnaire: which sections and questions somebody is shown.

An answer to a question that is not shown any more is kept and does not count; when the question comes back, so does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from surveyapp.questionnaires.condition import AnswerTo, Condition, Standing, holds
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.asked import OTHER, companion
from surveyapp.questionnaires.kinds.choice import ChoiceQuestion, opens_other
from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.questionnaire import Questionnaire, Section
from surveyapp.questionnaires.scale import SKIPPED

Answers = Mapping[str, str]
"""Key (see ``Questionnaire.stored``) -> answer as it is stored."""


@dataclass(frozen=True)
class Step:
    """A section with those of its questions that are shown."""

    section: Section
    questions: tuple[Question, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Of its questions."""
        return tuple(question.key for question in self.questions)

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """The keys under which answers to it are stored, those of further parts among them."""
        return tuple(
            key
            for question in self.questions
            for key in (question.key, *(companion(question.key, part) for part in question.parts))
        )


@dataclass(frozen=True)
class Path:
    """The sections that are shown, in order; a section of which no question is shown is not there."""

    steps: tuple[Step, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question that is shown, in order."""
        return {question.key: question for step in self.steps for question in step.questions}

    def counted(self, answers: Answers) -> dict[str, str]:
        """The answers that count: to questions that are shown, and what "something else" is only where it is chosen."""
        return {key: value for key, value in answers.items() if self._counts(key, answers)}

    def unfinished(self, answers: Answers, step: Step | None = None) -> dict[str, str]:
        """Question -> the code of what keeps these answers from being sent; empty when they can be.

        Of every question that is shown, or of those in one ``step``.
        """
        found = {
            question.key: question.unfinished(
                answers.get(question.key, SKIPPED),
                {part: answers.get(companion(question.key, part), SKIPPED) for part in question.parts},
            )
            for question in (self.questions.values() if step is None else step.questions)
            if question.key in self.questions
        }
        return {key: code for key, code in found.items() if code is not None}

    def _counts(self, key: str, answers: Answers) -> bool:
        name, _, part = key.partition(".")
        question = self.questions.get(name)
        if question is None:
            return False
        if part == OTHER and isinstance(question, (ChoiceQuestion, ChoicesQuestion)):
            return opens_other(question.options, answers.get(name, SKIPPED))
        return True


def path(questionnaire: Questionnaire, standing: Standing, answers: Answers) -> Path:
    """What somebody of this standing is shown, given what they answered so far."""
    shown: set[str] = set()

    def answer(key: str) -> str:
        return answers.get(key, SKIPPED) if key in shown else SKIPPED

    return _path(questionnaire, standing, answer, shown.add)


def possible(questionnaire: Questionnaire, standing: Standing) -> Path:
    """Everything that somebody of this standing may be shown, whatever they answer."""
    return _path(questionnaire, standing, lambda _key: None, lambda _key: None)


def _path(questionnaire: Questionnaire, standing: Standing, answer: AnswerTo, see: Callable[[str], object]) -> Path:
    def passes(condition: Condition | None) -> bool:
        return condition is None or holds(condition, standing, answer) is not False

    steps = []
    for section in questionnaire.sections:
        if not passes(section.when):
            continue
        shown = []
        for question in section.questions_for(standing.role):
            if passes(question.when):
                see(question.key)
                shown.append(question)
        if shown:
            steps.append(Step(section, tuple(shown)))
    return Path(tuple(steps))
