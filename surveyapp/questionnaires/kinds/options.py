"""Options to choose from, to rank or to divide points over."""

from surveyapp.questionnaires.shape import Content, Key
from surveyapp.questionnaires.text import Text


class Option(Content):
    """One thing to choose, to rank or to give points to."""

    key: Key
    label: Text


class ChoosableOption(Option):
    """One thing to choose."""

    other: bool = False
    """"Something else, namely": choosing it opens a field to say what."""


class TickableOption(ChoosableOption):
    """One thing to choose beside others."""

    exclusive: bool = False
    """Excludes every other option, such as "none of these"."""
