"""From an agenda to an interview guide: the chosen topics with their reasons, questions, evidence and time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from surveyapp.analysis.selection import Selection
from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.guide import Signal
from surveyapp.questionnaires.questionnaire import Question
from surveyapp.questionnaires.text import say
from surveyapp.questionnaires.written import label
from surveyapp.reports.evidence import Evidence, Study
from surveyapp.reports.interview_guide import (
    KIND,
    GuideTopic,
    InterviewGuide,
    Measure,
    Quote,
    ThemeMeasures,
)
from surveyapp.reports.recipe import recipe
from surveyapp.reports.sentences import sentence

_LEADING = 2
"""Signals whose questions open the topic; there is no time to begin with more."""


class OpenAnswer(Protocol):
    """What somebody of the organisation wrote."""

    @property
    def question(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def part(self) -> str: ...


def interview_guide(
    selection: Selection,
    study: Study,
    open_answers: Iterable[OpenAnswer] = (),
    *,
    language: str = "nl",
    minutes: int = 60,
) -> InterviewGuide:
    """The guide for interviews of ``minutes`` with one organisation; the minutes of its parts add up to that.

    ``open_answers`` are those of this organisation. The open answers about a theme stand with its first topic.
    """
    return _Preparation(selection, study, tuple(open_answers), language, minutes).guide()


def shared_out(minutes: int, proportions: Sequence[int]) -> tuple[int, ...]:
    """Whole minutes in these proportions that add up to ``minutes`` (largest remainder, the first of equals)."""
    total = sum(proportions)
    if not total:
        return tuple(0 for _ in proportions)
    exact = [minutes * proportion / total for proportion in proportions]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: minutes - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


@dataclass(frozen=True)
class _Preparation:
    selection: Selection
    study: Study
    open_answers: tuple[OpenAnswer, ...]
    language: str
    minutes: int

    def guide(self) -> InterviewGuide:
        edition, study = self.study.edition, self.study
        strength = self.selection.strength
        opening, *times, closing = self._times
        topics, regional = self.selection.topics, self._regional
        told = self._first_of_their_theme
        return InterviewGuide(
            language=self.language,
            study=study.title,
            organisation=study.name,
            sender=study.sender,
            region=self._evidence.region,
            minutes=self.minutes,
            opening_minutes=opening,
            closing_minutes=closing,
            introduction=say(edition.guide.introduction, self.language),
            responses=self._evidence.responses(),
            open_roles=self._evidence.open_roles,
            profile=self._evidence.profile(),
            topics=tuple(
                self._topic(topic, time, told) for topic, time in zip(topics, times[: len(topics)], strict=True)
            ),
            strength=self._strength(strength, times[len(topics)]) if strength else None,
            regional=tuple(
                self._topic(topic, time, told)
                for topic, time in zip(regional, times[len(times) - len(regional) :], strict=True)
            ),
            also_regional=tuple(
                self._titles[topic.key].rstrip(".") for topic in self.selection.regional if topic not in self._regional
            ),
            closing=tuple(say(question, self.language) for question in edition.guide.closing),
            measures=self._measures(),
        )

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self.study, self.language)

    @property
    def _titles(self) -> dict[str, str]:
        return self._evidence.titles

    @cached_property
    def _regional(self) -> tuple[Topic, ...]:
        chosen = {topic.key for topic in self.selection.topics}
        return tuple(topic for topic in self.selection.regional if topic.key not in chosen)

    @cached_property
    def _times(self) -> tuple[int, ...]:
        """Opening, topics, strength where there is one, regional topics, closing."""
        time = recipe(KIND).time
        middle = [time.topic] * len(self.selection.topics)
        middle += [time.strength] if self.selection.strength else []
        middle += [time.regional] * len(self._regional)
        return shared_out(self.minutes, (time.opening, *middle, time.closing))

    @cached_property
    def _first_of_their_theme(self) -> frozenset[str]:
        """Keys of the topics that carry the open answers of their theme."""
        first: dict[str, str] = {}
        for topic in (*self.selection.topics, *self._regional):
            first.setdefault(self._theme_of(topic), topic.key)
        return frozenset(first.values())

    def _theme_of(self, topic: Topic) -> str:
        return topic.key if topic.level == "theme" else self.study.edition.questionnaire.theme_of[topic.key]

    def _topic(self, topic: Topic, minutes: int, told: frozenset[str]) -> GuideTopic:
        theme = self._theme_of(topic)
        questions, further = self._probes(topic, theme, is_first=topic.key in told)
        return GuideTopic(
            key=topic.key,
            title=self._titles[topic.key].rstrip("."),
            theme=self._titles[theme],
            is_statement=topic.level != "theme",
            reason=sentence(topic, self.language, self._titles),
            steadiness=self.selection.steadiness.get(topic.key),
            questions=questions,
            further=further,
            evidence=self._evidence.of(topic),
            quotes=self._quotes(theme) if topic.key in told else (),
            minutes=minutes,
        )

    def _strength(self, topic: Topic, minutes: int) -> GuideTopic:
        guide = self.study.edition.guide
        question = say(guide.strength, self.language).replace("{theme}", self._titles[topic.key])
        plain = self._topic(topic, minutes, frozenset())
        return plain.model_copy(update={"questions": (question,), "further": ()})

    def _probes(self, topic: Topic, theme: str, *, is_first: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Questions for the strongest signals; then the other signals' and, at its first topic, the theme's own.

        Without a signal the theme's first question leads.
        """
        guide = self.study.edition.guide
        own = tuple(say(probe, self.language) for probe in guide.theme(theme).probes)
        signals: list[Signal] = [reason.signal for reason in topic.reasons if reason.points > 0]  # type: ignore[misc]
        fitting = tuple(dict.fromkeys(say(guide.probe(theme, signal), self.language) for signal in signals))
        if not fitting:
            return own[:1], own[1:]
        always = tuple(probe for probe in own if is_first and probe not in fitting)
        return fitting[:_LEADING], fitting[_LEADING:] + always

    def _quotes(self, theme: str) -> tuple[Quote, ...]:
        questionnaire = self.study.edition.questionnaire
        about = {
            question.key: question
            for section in questionnaire.sections
            if section.theme == theme
            for question in section.questions
        }
        roles = {role.key: say(role.title, self.language) for role in questionnaire.roles}
        return tuple(
            Quote(
                question=self._asked(about[answer.question], answer.part),
                role=roles.get(answer.role, answer.role),
                text=answer.text,
            )
            for answer in self.open_answers
            if answer.question in about
        )

    def _asked(self, question: Question, part: str) -> str:
        """The question, and what was asked beside it where that is where the words stand."""
        beside, words = label(question, part), say(question.text, self.language)
        return f"{words} ({say(beside, self.language)})" if beside is not None else words

    def _measures(self) -> tuple[ThemeMeasures, ...]:
        """For the themes that the interview is about, in the order of the questionnaire."""
        discussed = {self._theme_of(topic) for topic in (*self.selection.topics, *self._regional)}
        guide, questionnaire = self.study.edition.guide, self.study.edition.questionnaire
        return tuple(
            ThemeMeasures(
                theme=self._titles[theme],
                measures=tuple(
                    Measure(belongs_to=measure.belongs_to, text=say(measure.text, self.language))
                    for measure in guide.theme(theme).measures
                ),
            )
            for theme in questionnaire.themes
            if theme in discussed
        )
