"""Looking up one number in a frame of scores, for the pages: see ``reports.scores``."""

from surveyapp.reports.scores import ITEM, THEME, Scores

__all__ = ["ITEM", "THEME", "Scores"]
