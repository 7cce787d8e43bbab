"""Signing in and out: with a password, or with a link that a letter or the command line gave."""

from surveyapp.web.account.views import account

__all__ = ["account"]
