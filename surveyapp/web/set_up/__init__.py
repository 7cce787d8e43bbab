"""Setting up a study, step by step, in any order: from an empty installation to a wave that is open."""

from surveyapp.web.set_up import checking, confidentiality, organisations, questionnaire, roles, sending, studies
from surveyapp.web.set_up.room import set_up

__all__ = [
    "checking", "confidentiality", "organisations", "questionnaire", "roles", "sending", "set_up", "studies",
]  # fmt: skip
