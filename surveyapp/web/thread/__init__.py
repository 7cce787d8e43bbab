"""The thread, walkable: from a recommendation to the answers behind it, and back."""

from surveyapp.web.thread.views import thread

__all__ = ["thread"]
