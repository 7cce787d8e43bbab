"""Reports of what was published: the list, and each as a file."""

from surveyapp.web.reports.views import reports

__all__ = ["reports"]
