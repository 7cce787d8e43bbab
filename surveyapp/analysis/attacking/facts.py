"""What somebody reads in files that were handed out: numbers, marks that something is hidden, what was left behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

EVERYBODY: Final = "all"
"""As an organisation the region, as a role every role."""
PEOPLE: Final = ("n", "invited", "responded")
"""Statistics that say how many people there are."""
UNSCORED: Final = ("dk", "na", "skipped")
"""Statistics that count answers without a mark."""
SHARES: Final = ("top", "bottom")
"""Statistics that are a share of the people with a mark: above the middle of the scale, and below it."""
SPREAD: Final = (*SHARES, "median", "ad", "agreement", "rwg", "consensus")
"""Statistics of the marks of one cell of which only whole distributions are the reason."""
INTERVAL: Final = ("interval_lower", "interval_upper")
"""Between which the mean of everybody who could have answered probably lies; its width tells the spread."""
ANSWER: Final = "answer "
"""How a statistic begins that counts one answer."""
MEANS: Final = ("mean", "equal", "balanced", "lower", "upper", "gap")
"""Statistics that are sums of marks, each times something that depends on numbers of people only."""
EXACT: Final = 1e-9
"""Half the last place of a number that was not rounded."""


@dataclass(frozen=True)
class Fact:
    """One printed number.

    A statement or theme (``key``), an organisation and a role, each maybe ``all``; of a ``gap`` the role minus
    ``other``. ``release`` numbers what was handed out about the same people one after another.
    """

    key: str
    organisation: str
    role: str
    statistic: str
    value: float
    decimals: int
    source: str
    other: str = ""
    release: int = 0

    @property
    def half(self) -> float:
        """How far the number before rounding may lie from what is printed."""
        return max(EXACT, 0.5 * 10.0**-self.decimals) if self.decimals < 9 else EXACT

    @property
    def place(self) -> tuple[str, str]:
        return self.organisation, self.role


@dataclass(frozen=True)
class Hidden:
    """A cell of which somebody is told that it is hidden."""

    key: str
    organisation: str
    role: str
    source: str
    release: int = 0


@dataclass(frozen=True)
class Leftover:
    """A number outside what is shown: in an attribute, a comment, a hidden sheet, the properties of a file."""

    value: float
    words: str
    place: str
    """File, and where in it."""
    decimals: int = 2
    written: str = ""
    """The number as it stands there."""
    within: str = ""
    """What it stands beside, a page or a figure by its title: it is shown if the tables of that have it."""
    read: bool = False
    """Whether everybody reads it, in a sentence: then another file may have it in a table."""
    each: bool = False
    """Whether one number in those tables covers one of these only: a figure has no more numbers than its table."""


@dataclass(frozen=True)
class Reading:
    """Everything that was read in some files."""

    facts: tuple[Fact, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    themes: frozenset[str] = field(default=frozenset())
    """Keys that were said to be themes."""
    shown: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """The numbers in the tables of a page or figure, by its name or title."""

    @classmethod
    def together(cls, readings: Iterable["Reading"]) -> "Reading":
        """What one reader knows who has all of these."""
        found = list(readings)
        return cls(
            tuple(dict.fromkeys(fact for each in found for fact in each.facts)),
            tuple(dict.fromkeys(hidden for each in found for hidden in each.hidden)),
            tuple(dict.fromkeys(leftover for each in found for leftover in each.leftovers)),
            frozenset().union(*(each.themes for each in found)),
            {
                name: tuple(number for each in found for number in each.shown.get(name, ()))
                for name in dict.fromkeys(name for each in found for name in each.shown)
            },
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """Statements and themes, in the order in which they were met."""
        return tuple(dict.fromkeys([*(fact.key for fact in self.facts), *(hidden.key for hidden in self.hidden)]))

    @property
    def releases(self) -> tuple[int, ...]:
        return tuple(sorted({*(fact.release for fact in self.facts), *(each.release for each in self.hidden)}))
