"""Why something is not shown as one, in words."""

from typing import Final

from surveyapp.errors import SurveyError
from surveyapp.web import errors
from surveyapp.web.words import N_, _

_REFUSALS: Final = {
    "merger-too-few": N_("Choose at least two."),
    "merger-unknown-member": N_("One of these is not in this study. Load this page again."),
    "merger-overlaps": N_("One of these is shown together with others already. Show those apart first."),
    "merger-kinds-differ": N_("These are not of the same kind. Choose, for instance, municipalities only."),
    "merger-roles-differ": N_("These roles were not asked the same questions, or not in the same way."),
    "merger-of-roles-anonymous": N_("In an anonymous wave the groups were fixed beforehand."),
    "already-published": N_("Something was published of this wave, so this stands."),
    "being-published": N_("This wave is being published. Wait until that is done."),
    "wave-not-closed": N_("The wave is still open. Close it first."),
    "unknown-merger": N_("Choose organisations or roles."),
}


def refusal(error: SurveyError) -> str:
    """Why it cannot be done."""
    worded = _REFUSALS.get(error.code)
    return _(worded) if worded is not None else errors.sentence(error)
