"""Scores, statements, roles and topics as the research team sees them: unprotected, for nobody else."""

from surveyapp.web.results.views import results

__all__ = ["results"]
