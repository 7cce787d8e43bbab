"""Work in the background: what waits, runs, failed and was done, of a study or of the installation."""

from surveyapp.web.jobs.views import jobs

__all__ = ["jobs"]
