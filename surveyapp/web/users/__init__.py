"""All accounts of the installation, for its owners."""

from surveyapp.web.users.views import users

__all__ = ["users"]
