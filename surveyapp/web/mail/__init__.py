"""Mail of a study: its texts, sending and following it, and letters where mail does not reach."""

from typing import Final

from surveyapp.web.mail import following, planning, texts, views
from surveyapp.web.mail.letters import letters
from surveyapp.web.mail.room import mail

MAIL: Final = (letters, mail)
"""The rooms."""
__all__ = ["MAIL", "following", "planning", "texts", "views"]
