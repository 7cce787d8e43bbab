"""The studies of a signed-in visitor: the list, the response of each, its open links, closing and publishing a wave."""

from surveyapp.web.evaluations.open_links import open_links
from surveyapp.web.evaluations.views import evaluations

__all__ = ["evaluations", "open_links"]
