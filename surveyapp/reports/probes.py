"""The questions about one topic of an interview, neutral and suited to who is talked with."""

from dataclasses import dataclass
from typing import Final

from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.guide import Guide, Signal
from surveyapp.questionnaires.text import say
from surveyapp.reports.role_questions import suited_to

_LEADING: Final = 2
"""Signals whose questions open the topic; there is no time to begin with more."""


@dataclass(frozen=True)
class Asked:
    """What the guide of a questionnaire has to ask about one theme; ``theme`` is empty for a researcher's own topic."""

    guide: Guide
    theme: str
    role: str
    """The group that is talked with; empty for everybody."""
    language: str

    def questions(
        self, chosen: tuple[str, ...], topic: Topic | None, *, is_first: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Questions to begin with and to go on with.

        To begin with: those a researcher chose, else those that suit the group, else those of the strongest signals,
        else the theme's first. To go on with: the other signals' and, at the first topic of its theme, the theme's own.
        ``topic`` is None where its signals may not be hinted at.
        """
        signals = self._of_signals(topic) if topic is not None else ()
        own = self._own()
        suited = tuple(say(question, self.language) for question in suited_to(self.role))
        first = chosen or suited or signals[:_LEADING] or own[:1]
        always = own if is_first or not signals else ()
        rest = dict.fromkeys((*signals, *always))
        return first, tuple(question for question in rest if question not in first)

    def neutral(self) -> tuple[str, ...]:
        """What can be told beforehand: for the group, or else the theme's own questions; never those of a signal."""
        suited = tuple(say(question, self.language) for question in suited_to(self.role))
        return (*suited, *self._own())

    def _own(self) -> tuple[str, ...]:
        themes = {each.theme: each for each in self.guide.themes}
        return tuple(say(probe, self.language) for probe in themes[self.theme].probes) if self.theme in themes else ()

    def _of_signals(self, topic: Topic) -> tuple[str, ...]:
        if self.theme not in {each.theme for each in self.guide.themes}:
            return ()
        signals: list[Signal] = [reason.signal for reason in topic.reasons if reason.points > 0]  # type: ignore[misc]
        return tuple(dict.fromkeys(say(self.guide.probe(self.theme, signal), self.language) for signal in signals))
