"""Preparing the interviews: which topics where, and a guide to take along. For the research team, and
interviewers of their own organisations."""

from surveyapp.web.interviews.views import interviews

__all__ = ["interviews"]
