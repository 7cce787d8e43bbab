"""Reports of what was published: the list, each as a file, and what researchers write in them."""

from surveyapp.web.reports.texts import add_texts
from surveyapp.web.reports.views import reports

add_texts(reports)

__all__ = ["reports"]
