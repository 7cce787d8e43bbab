"""Preparing the interviews: which topics where, and a guide to take along. For the research team only."""

from surveyapp.web.interviews.views import interviews

__all__ = ["interviews"]
