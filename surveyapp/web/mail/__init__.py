"""Mail of a study: its texts, sending and following it, and letters where mail does not reach."""

from typing import Final

from surveyapp.web.mail.letters import letters
from surveyapp.web.mail.views import mail

MAIL: Final = (mail, letters)
"""The rooms."""
