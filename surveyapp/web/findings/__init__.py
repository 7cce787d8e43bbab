"""What the research team finds and recommends, what each rests on, and what is not covered yet."""

from surveyapp.web.findings.recommending import recommendations
from surveyapp.web.findings.views import findings

__all__ = ["findings", "recommendations"]
