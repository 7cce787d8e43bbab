"""Options to choose from, to rank or to divide points over."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import Final

from surveyapp.questionnaires.kinds.asked import Variable, companion
from surveyapp.questionnaires.scale import SKIPPED
from surveyapp.questionnaires.shape import Content, Key
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE, Text


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


_TICKED: Final[dict[str, Text]] = {
    "0": {DEFAULT_LANGUAGE: "Nee", SECOND_LANGUAGE: "No"},
    "1": {DEFAULT_LANGUAGE: "Ja", SECOND_LANGUAGE: "Yes"},
}


def ticked(question: str, options: Iterable[Option]) -> tuple[Variable, ...]:
    """A column per option: 1 where it was ticked, 0 where others were."""
    return tuple(Variable(companion(question, option.key), option.label, "nominal", _TICKED, {}) for option in options)


def keys(options: Iterable[Option]) -> str:
    """Their keys, as a list to read."""
    return ", ".join(option.key for option in options)


def combined(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every combination of some of these, of none first."""
    return chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1))


def ticks(question: str, options: Iterable[Option], value: str) -> dict[str, str]:
    """How what was ticked (``a;b``) is counted: per option 1 or 0, and empty where the question was skipped."""
    chosen = value.split(";")
    otherwise = "0" if value != SKIPPED else SKIPPED
    return {companion(question, option.key): "1" if option.key in chosen else otherwise for option in options}
