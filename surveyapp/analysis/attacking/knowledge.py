"""What an attacker knows besides what was printed, and what counts as a success."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveyapp.analysis.attacking.facts import EVERYBODY


@dataclass(frozen=True)
class Crowd:
    """People of one organisation and role who answered the same statements with a mark."""

    organisation: str
    role: str
    answered: frozenset[str]
    people: int


@dataclass(frozen=True)
class Knowledge:
    """Who took part and how the questionnaire is built: nothing of what anybody answered.

    Whatever is left out is worked out from what was printed, as far as it goes. The most suspicious attacker is given
    all of it.
    """

    points: int = 5
    """The scale runs 1..points."""
    outside: frozenset[str] = frozenset()
    """Organisations that are not part of the region."""
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Theme -> its statements; a statement that begins with the theme's key and an underscore belongs to it anyhow."""
    sizes: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    """Key, organisation, role -> people with a mark."""
    could: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    """Key, organisation, role -> people who could have had one, for the bounds of non-response."""
    asked: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    """Key, organisation, role -> people behind the counts of answers."""
    put: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Theme, role -> how many statements were put to it, for the half rule; all of them where it is left out."""
    crowds: tuple[Crowd, ...] = ()
    """Who answered which statements; needed to combine a theme with its statements where some were left open."""
    later: tuple["Knowledge", ...] = ()
    """The same of each release after the first, where people came or went in between; empty where all is of one."""

    def of(self, release: int) -> "Knowledge":
        """What is known of who took part when this was released."""
        return self.later[release - 1] if release and self.later else self

    def could_in(self, key: str, organisation: str, role: str) -> int:
        """How many people of a cell could have given a mark, as far as known; of totals everybody in them."""
        return sum(
            people
            for (of, place, who), people in self.could.items()
            if of == key and role in (EVERYBODY, who) and self._is_in(place, organisation)
        )

    def _is_in(self, place: str, organisation: str) -> bool:
        return place not in self.outside if organisation == EVERYBODY else place == organisation

    def items(self, theme: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The statements of a theme."""
        return self.members.get(theme) or tuple(key for key in keys if key.startswith(f"{theme}_"))


@dataclass(frozen=True)
class Demands:
    """What must stay unknown; less than that is a finding."""

    people: int = 5
    """Nothing may follow about fewer people than this."""
    people_of_counts: int = 10
    """The same for counts of answers."""
    people_of_shares: int = 10
    """The same for shares of the people with a mark."""
    one: float = 2.0
    """Scale points between which the answer of one person must remain open."""
    group: float = 1.0
    """The same for the mean of a group of fewer people than the threshold."""
    values: int = 3
    """How many different sums of whole answers such a group must still be able to have."""
    otherwise: int = 2
    """So many people of a cell must be able to have answered otherwise than most of it."""
    decimals: int = 2
    """Means are not to be printed more precisely than this."""
