"""An interview guide: neutral probes per theme and per signal, and measures to choose from (``guide.yaml``)."""

from typing import Literal

from pydantic import Field

from surveyapp.questionnaires.shape import Content, Key
from surveyapp.questionnaires.text import Text

Signal = Literal["low", "divided", "role_gap", "behind", "dont_know", "decline", "open"]
"""Why a topic is on the agenda, as ``agenda.csv`` names it."""


class Measure(Content):
    """Something the next round can do differently, in the process or in the organisation."""

    key: Key
    belongs_to: Literal["process", "organisation"]
    text: Text


class ThemeGuide(Content):
    """How to talk about one theme."""

    theme: Key
    probes: tuple[Text, ...]
    signals: dict[Signal, Text] = Field(default_factory=dict)
    """A neutral probe for this theme when this signal is on; else the general one serves."""
    measures: tuple[Measure, ...]


class Guide(Content):
    """Everything an interviewer takes along, whatever the scores."""

    introduction: Text
    strength: Text
    """The question about what goes well, with {theme} for the theme's title."""
    closing: tuple[Text, ...]
    signals: dict[Signal, Text]
    """A neutral probe per signal."""
    themes: tuple[ThemeGuide, ...]

    def theme(self, key: str) -> ThemeGuide:
        return next(guide for guide in self.themes if guide.theme == key)

    def probe(self, theme: str, signal: Signal) -> dict[str, str]:
        """The theme's own probe for this signal, or the general one."""
        return self.theme(theme).signals.get(signal) or self.signals[signal]
