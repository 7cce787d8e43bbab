"""Who is shown what: the rules of one audience under one regime."""

from dataclasses import asdict, dataclass
from typing import Any, Final, Self

AUDIENCES: Final = ("lead", "organisation", "public")
"""Everybody outside the research team, the smallest circle first."""
TEAM: Final = "team"
THRESHOLD: Final = 5
THRESHOLD_OF_THE_PUBLIC: Final = 10
DISTRIBUTION: Final = 10
"""With fewer people a mean and a measure of spread together give away every single answer."""


@dataclass(frozen=True)
class Policy:
    """The rules that ``protect`` applies; make one with ``of``."""

    audience: str
    threshold: int = THRESHOLD
    """The smallest number of people a number may speak of; 0 where nothing is held back."""
    distribution: int = DISTRIBUTION
    """The same for spread, agreement, and counts of answers."""
    role_split: bool = False
    """Whether a role inside an organisation may be shown; a role of the whole region always may, if it is safe."""
    two_of_each: bool = False
    """Show an organisation only where every role that answered did so with at least two people."""
    width: float = 2.0
    """What must remain unknown of one person's answer, in scale points, whatever a single mean says."""
    group_width: float = 1.0
    """The same for the mean of a group of fewer people than the threshold, of everything printed together."""
    values: int = 3
    """How many sums of whole answers such a group must still be able to have."""
    organisations_each_side: int = 3
    """Say in how many organisations the roles differ only if this many stand on either side."""

    @classmethod
    def of(cls, audience: str, regime: str = "confidential", threshold: int | None = None) -> Self:
        """The rules for an audience; ``threshold`` replaces the usual 5, or 10 for the public.

        In the anonymous regime everybody sees what they would see in the confidential one, and the research team what
        the project lead sees. Raises ``ValueError`` for ``team`` in another regime, where it sees the results
        themselves, and for unknown names.
        """
        if audience not in AUDIENCES and (audience, regime) != (TEAM, "anonymous"):
            raise ValueError(f"no policy for audience {audience!r}: choose one of {', '.join(AUDIENCES)}")
        if regime == "attributable":
            return cls.attributable(audience)
        if regime not in {"confidential", "anonymous"}:
            raise ValueError(f"no policy for regime {regime!r}: choose attributable, confidential or anonymous")
        return cls.confidential(audience, threshold)

    @classmethod
    def confidential(cls, audience: str, threshold: int | None = None) -> Self:
        """People answered in confidence: totals of organisations, no role inside them."""
        public = audience == "public"
        usual = THRESHOLD_OF_THE_PUBLIC if public else THRESHOLD
        least = usual if threshold is None else threshold
        if least < 2:
            raise ValueError(f"a threshold of {least} protects nobody: take 2 or more")
        return cls(audience, least, max(DISTRIBUTION, least), two_of_each=public)

    @classmethod
    def attributable(cls, audience: str) -> Self:
        """People answered on behalf of their organisation: every cell is shown."""
        return cls(audience, threshold=0, distribution=0, role_split=True, width=0.0, organisations_each_side=0)

    @property
    def withholds(self) -> bool:
        """Whether there is anything to protect."""
        return self.threshold > 0

    def to_document(self) -> dict[str, Any]:
        """A dictionary that JSON can hold; ``Policy(**document)`` reads it back."""
        return asdict(self)
