"""What takes a second pair of eyes: asking to publish, to export answers, to delete a study; and deciding on it."""

from surveyapp.web.approvals.asking import asking
from surveyapp.web.approvals.views import approvals

APPROVALS = (approvals, asking)

__all__ = ["APPROVALS"]
