"""What was released of a study, to whom, when, by whom and why; and what publications put together."""

from surveyapp.web.releases.views import releases

__all__ = ["releases"]
