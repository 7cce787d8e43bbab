"""The frozen, protected results, for project leads and for each organisation its own. Takes safe results only."""

from surveyapp.web.publication.views import own, publication

__all__ = ["own", "publication"]
