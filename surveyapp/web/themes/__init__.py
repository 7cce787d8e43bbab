"""The room where the research team sorts what was written and said, and lets redacted words out of the team."""

from surveyapp.web.themes import agreement, codebook, listing, numbers, one, releasing
from surveyapp.web.themes.room import themes

__all__ = ["agreement", "codebook", "listing", "numbers", "one", "releasing", "themes"]
