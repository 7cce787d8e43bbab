"""The studies of a signed-in visitor: the list, the response of each, closing and publishing a wave."""

from surveyapp.web.evaluations.views import evaluations

__all__ = ["evaluations"]
