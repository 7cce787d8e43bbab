"""The rooms for who answers, put together without those of the team, which take as much memory again.

Nothing here may load frames or statistics: a test keeps it so.
"""

from typing import Final

from flask import Flask

from surveyapp.config import Settings
from surveyapp.models.database import Database
from surveyapp.web import skeleton
from surveyapp.web.colleague.views import colleague
from surveyapp.web.copy.views import copy
from surveyapp.web.count.views import count
from surveyapp.web.house_style import house_style
from surveyapp.web.open_link.views import open_link
from surveyapp.web.pages import pages
from surveyapp.web.paper.views import paper
from surveyapp.web.privacy.told import privacy_of_study
from surveyapp.web.respond.views import respond
from surveyapp.web.review.views import review

PROVEN_BY_THEIR_ADDRESS: Final = (respond, open_link, colleague, copy, review)
"""The address of each of their pages holds a secret, so that no other site can post to it; they read no cookie.

An open link is known to many: its form carries a signed time instead, and is refused when it comes from elsewhere."""
ROOMS: Final = (pages, house_style, *PROVEN_BY_THEIR_ADDRESS, paper, count, privacy_of_study)


def build(settings: Settings, database: Database) -> Flask:
    """The application for who answers."""
    return skeleton.assemble(settings, database, rooms=ROOMS, open_to=PROVEN_BY_THEIR_ADDRESS)
