"""What was answered to every question, whatever its kind: how often each answer was given, and what sums it up.

``Answered`` is what the tallies say of every question; ``distributions`` counts answers, ``measures`` gives means,
medians, places and points. Scores of themes and statements are elsewhere (``analysis.scores``): here are the counts
behind them too, as people read and chose, so that reverse statements are not turned round.
"""

from surveyapp.analysis.answered.answers import Answered
from surveyapp.analysis.answered.frames import DISTRIBUTION_COLUMNS, MEASURE_COLUMNS
from surveyapp.analysis.answered.table import Table

__all__ = ["DISTRIBUTION_COLUMNS", "MEASURE_COLUMNS", "Answered", "Table"]
