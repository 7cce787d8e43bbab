"""How the answering goes: the response of a wave as a page and as files, and links to show totals with."""

from surveyapp.web.monitor.links import count_links
from surveyapp.web.monitor.views import monitor

__all__ = ["count_links", "monitor"]
