"""Hearing both sides, for the team: rounds over a draft, who reads, and what is done with each remark."""

from surveyapp.web.reviews import mailing
from surveyapp.web.reviews.views import reviews

__all__ = ["mailing", "reviews"]
