"""Where two roles see it differently, for the pages: see ``reports.gaps``."""

from surveyapp.reports.gaps import Gap, Gaps

__all__ = ["Gap", "Gaps"]
