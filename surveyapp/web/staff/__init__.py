"""Who may do what in a study: inviting colleagues and readers, and taking rights away."""

from surveyapp.web.staff.views import staff

__all__ = ["staff"]
