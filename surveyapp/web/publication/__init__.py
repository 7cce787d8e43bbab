"""The frozen, protected results, for project leads, organisations and everybody. Takes safe results only."""

from surveyapp.web.publication.public import public
from surveyapp.web.publication.views import own, publication

__all__ = ["own", "public", "publication"]
