"""The staff roles in words: what each is called, and the sentence that says what it may."""

from typing import Final

from surveyapp.web.words import N_, _

NAMES: Final = {
    "owner": N_("Owner"),
    "researcher": N_("Researcher"),
    "interviewer": N_("Interviewer"),
    "project_lead": N_("Project lead"),
    "municipality_reader": N_("Reader of an organisation"),
    "auditor": N_("Auditor"),
}
SENTENCES: Final = {
    "owner": N_("Manages the installation and every evaluation in it."),
    "researcher": N_("Sets up the study, sees answers, scores and interview topics, and publishes results."),
    "interviewer": N_("Sees the interview topics of some organisations, and what was written there."),
    "project_lead": N_("Sees the published, protected results of all organisations."),
    "municipality_reader": N_("Sees the published, protected results of one organisation."),
    "auditor": N_("Reads the log, and no answers."),
}
"""Those of ``access``, where catalogues find them."""


def role_name(role: str) -> str:
    """What a role is called."""
    return _(NAMES[role])


def role_sentence(role: str) -> str:
    """What somebody with this role may do."""
    return _(SENTENCES[role])
