"""The privacy gate: ``protect`` turns unprotected results into what may leave the research team.

Policy says who is shown what; ``SafeResults`` is a type of its own, so that handing ``Results`` to anything outside
the team is an error that the type checker finds. ``docs/privacy.md`` tells what is protected against and what is not.
"""

from surveyapp.analysis.disclosure.policy import AUDIENCES, Policy
from surveyapp.analysis.disclosure.protecting import protect
from surveyapp.analysis.disclosure.safe_results import SafeResults

__all__ = ["AUDIENCES", "Policy", "SafeResults", "protect"]
