"""What the analysis needs to know of the respondents: counts, not people."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

MUNICIPALITY: Final = "municipality"
EVERYONE: Final = "all"
"""In a results frame: every organisation of the region, or every role."""


@dataclass(frozen=True)
class Counts:
    """The frames from which everything is analysed; they stay small however many people respond.

    ``items``: ``question, organisation, role, answer, count`` - submitted responses by answer (``1``..``c``, ``dk``,
    ``na``, an option's key, or empty for skipped) for every question with codes. Rows of one question, organisation
    and role add up to everyone it was put to.

    ``themes``: ``theme, organisation, role, answered, total, count`` - submitted responses by the number of scored
    items they answered and the sum of those answers, reverse items turned round.

    ``invited``: ``organisation, role, invited, kind`` - one row per organisation and role that was invited.

    Organisations are codes. Every organisation with an answer has a row in ``invited``; ``invited`` may be smaller
    than the number of responses where links were open.
    """

    items: pd.DataFrame
    themes: pd.DataFrame
    invited: pd.DataFrame

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """Codes in the order of ``invited``."""
        return tuple(self.invited["organisation"].drop_duplicates())

    @cached_property
    def region(self) -> tuple[str, ...]:
        """The organisations that make up the region, in order: ``region_of``."""
        kinds = self.invited.drop_duplicates("organisation")
        return region_of(dict(zip(kinds["organisation"].astype(str), kinds["kind"].astype(str), strict=True)))


def region_of(kinds: Mapping[str, str]) -> tuple[str, ...]:
    """Of organisations with their kinds those that make up the region, in order.

    These are the municipalities; in a study without any, the organisations of the kind that occurs most. Other
    organisations, such as the body that bought for the region, are compared with it and not part of it.
    """
    number = Counter(kinds.values())
    most = MUNICIPALITY if MUNICIPALITY in number else min(number, key=lambda kind: (-number[kind], kind), default="")
    return tuple(code for code, kind in kinds.items() if kind == most)
