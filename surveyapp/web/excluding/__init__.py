"""The room where a researcher leaves a wrong or duplicate response out, or takes it in again."""

from surveyapp.web.excluding.views import excluding

__all__ = ["excluding"]
