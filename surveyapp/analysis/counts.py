"""What the analysis needs to know of the respondents: counts, not people."""

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
        """The organisations that make up the region, in order.

        These are the municipalities; in a study without any, the organisations of the kind that occurs most. Other
        organisations, such as the body that bought for the region, are compared with it and not part of it.
        """
        kinds = self.invited.drop_duplicates("organisation").set_index("organisation")["kind"]
        if kinds.empty:
            return ()
        members = MUNICIPALITY if (kinds == MUNICIPALITY).any() else str(kinds.mode().iloc[0])
        return tuple(str(code) for code in kinds.index[kinds == members])
