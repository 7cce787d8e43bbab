"""Reads files that were handed out as a stranger would: what is shown, and what was left in them unseen."""

from surveyapp.reports.reading_back.files import read_all
from surveyapp.reports.reading_back.labels import Labels

__all__ = ["Labels", "read_all"]
