"""What was answered to a question of any kind, for the pages: see ``reports.given``."""

from surveyapp.reports.given import Answered, Given

__all__ = ["Answered", "Given"]
