"""The frozen, protected results, for project leads and for each organisation its own. Takes safe results only."""

from surveyapp.web.publication.views import publication

__all__ = ["publication"]
