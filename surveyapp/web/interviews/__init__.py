"""Preparing and holding the interviews: which topics where, a guide to take along, and what was said. For the research
team, and interviewers of their own organisations."""

from surveyapp.web.interviews import agenda, conversation, planning, report, views
from surveyapp.web.interviews.room import interviews

__all__ = ["agenda", "conversation", "interviews", "planning", "report", "views"]
