"""Results that may leave the research team."""

from collections.abc import Mapping
from math import isnan
from typing import Any, Final, final

import pandas as pd

from surveyapp.analysis.answered import DISTRIBUTION_COLUMNS, MEASURE_COLUMNS
from surveyapp.analysis.answered.frames import empty
from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.results import GAP_COLUMNS, SCORE_COLUMNS

SAFE_SCORE_COLUMNS: Final = (*SCORE_COLUMNS, "suppressed")
SAFE_MEASURE_COLUMNS: Final = (*MEASURE_COLUMNS, "suppressed")
COUNTS: Final = (
    *("invited", "responded", "n", "dk", "na", "skipped", "organisations", "same_direction"),
    *("asked", "count", "first"),
)
TEXTS: Final = (
    *("level", "key", "organisation", "role", "suppressed", "role_a", "role_b", "p_method"),
    *("question", "option", "answer"),
)
DECIMALS: Final = 2
_FORMAT: Final = 2
_WITHOUT_ANSWERS: Final = 1
"""The format of publications from before answers were counted in them."""
_LATER: Final = ("top", "bottom", "top_lower", "top_upper", "interval_lower", "interval_upper", "consensus")
"""Columns that publications of before they existed do not have; they are empty in those."""


@final
class SafeResults:
    """Protected results, rounded as they are printed. Made by ``protect``, or read back from a stored publication.

    ``scores`` has the columns of ``SAFE_SCORE_COLUMNS``; ``suppressed`` is empty, ``small`` or ``linked``, and a row
    where it is not empty holds keys only. ``gaps`` has ``GAP_COLUMNS``. Missing is NaN; counts are floats because of
    it. ``distributions`` has ``DISTRIBUTION_COLUMNS``, and only the cells that are shown; ``measures`` has
    ``SAFE_MEASURE_COLUMNS`` and every cell: its ``suppressed`` speaks of both. All are copies: changing one changes
    nothing.
    """

    __slots__ = ("_distributions", "_gaps", "_measures", "_policy", "_scores")
    _scores: pd.DataFrame
    _gaps: pd.DataFrame
    _distributions: pd.DataFrame
    _measures: pd.DataFrame
    _policy: Policy

    def __init__(self) -> None:
        raise TypeError("safe results are made by protect() only")

    @property
    def scores(self) -> pd.DataFrame:
        return self._scores.copy()

    @property
    def gaps(self) -> pd.DataFrame:
        return self._gaps.copy()

    @property
    def distributions(self) -> pd.DataFrame:
        return self._distributions.copy()

    @property
    def measures(self) -> pd.DataFrame:
        return self._measures.copy()

    @property
    def policy(self) -> Policy:
        """The rules that were applied, and so for whom this is."""
        return self._policy

    def select(self, organisation: str) -> "SafeResults":
        """What one organisation may see: its own rows and the region's."""

        def visible(frame: pd.DataFrame) -> pd.DataFrame:
            return frame[frame["organisation"].isin([organisation, EVERYONE])].reset_index(drop=True)

        answers = visible(self._distributions), visible(self._measures)
        return seal(visible(self._scores), self._gaps, self._policy, answers)

    def to_document(self) -> dict[str, Any]:
        """Plain values that JSON can hold; column by column, missing as null."""
        return {
            "format": _FORMAT,
            "policy": self._policy.to_document(),
            "scores": _to_columns(self._scores),
            "gaps": _to_columns(self._gaps),
            "distributions": _to_columns(self._distributions),
            "measures": _to_columns(self._measures),
        }

    @staticmethod
    def from_document(document: Mapping[str, Any]) -> "SafeResults":
        """Read back a stored publication, one of an earlier format too. Raises ``ValueError`` for anything else."""
        if document.get("format") not in {_FORMAT, _WITHOUT_ANSWERS}:
            raise ValueError(f"a publication of format {document.get('format')!r} cannot be read: expected {_FORMAT}")
        scores = _from_columns(document["scores"], SAFE_SCORE_COLUMNS)
        gaps = _from_columns(document["gaps"], GAP_COLUMNS)
        answers = None
        if document["format"] != _WITHOUT_ANSWERS:
            distributions = _from_columns(document["distributions"], DISTRIBUTION_COLUMNS)
            answers = distributions, _from_columns(document["measures"], SAFE_MEASURE_COLUMNS)
        return seal(scores, gaps, Policy(**document["policy"]), answers)


def seal(
    scores: pd.DataFrame,
    gaps: pd.DataFrame,
    policy: Policy,
    answers: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> SafeResults:
    """Declare frames safe. For ``protect`` alone, which has made them so; a test watches that nobody else asks.

    ``answers`` are the distributions and measures; without them nothing is told of answers.
    """
    made = object.__new__(SafeResults)
    made._scores, made._gaps, made._policy = scores, gaps, policy
    made._distributions, made._measures = answers or (empty(DISTRIBUTION_COLUMNS), empty(SAFE_MEASURE_COLUMNS))
    return made


def _to_columns(frame: pd.DataFrame) -> dict[str, list[Any]]:
    return {str(name): [_plain(str(name), value) for value in column] for name, column in frame.items()}


def _plain(name: str, value: object) -> str | int | float | None:
    if name in TEXTS:
        return str(value)
    if not isinstance(value, float) or isnan(value):
        return None
    return int(value) if name in COUNTS else value


def _from_columns(columns: Mapping[str, list[Any]], expected: tuple[str, ...]) -> pd.DataFrame:
    if not set(expected) - set(_LATER) <= set(columns) <= set(expected):
        raise ValueError(f"a publication needs the columns {', '.join(expected)}")
    rows = len(next(iter(columns.values())))
    return pd.DataFrame(
        {
            name: pd.Series(columns.get(name, [None] * rows), dtype="str" if name in TEXTS else "float64")
            for name in expected
        }
    )
