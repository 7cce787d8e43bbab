"""What was asked, what became of it and what went wrong, in words."""

from typing import Final

from surveyapp.errors import SurveyError
from surveyapp.models import Approval, Wave
from surveyapp.models.approval import DELETE, EXPORT, PUBLISH
from surveyapp.web import errors
from surveyapp.web.database import session
from surveyapp.web.words import N_, _

_ACTS: Final = {
    PUBLISH: N_("Publish the results of wave %(number)s"),
    f"{PUBLISH}-public": N_("Publish the results of wave %(number)s for everybody"),
    f"{PUBLISH}-both": N_("Publish the results of wave %(number)s for the project lead and for everybody"),
    EXPORT: N_("Export the answers of wave %(number)s"),
    DELETE: N_("Delete the study"),
}
STATES: Final = {
    "waiting": N_("waits for a colleague"),
    "approved": N_("approved, still to be fetched"),
    "done": N_("approved and done"),
    "refused": N_("refused"),
    "withdrawn": N_("taken back"),
    "expired": N_("expired: nobody did it in time"),
}
_REFUSALS: Final = {
    "already-asked": N_("This has been asked for already. See all requests."),
    "already-decided": N_("Somebody has decided on this already."),
    "approval-expired": N_("This request has expired. Ask for it again."),
    "approval-used": N_("This file has been fetched already. Ask for it again if you need it once more."),
    "not-approved": N_("This has not been approved."),
    "own-request": N_("You asked for this yourself. Somebody else has to decide."),
    "not-your-request": N_("Somebody else asked for this. Only who asked can do that."),
    "too-many-rows": N_("This format cannot hold so many answers. Choose CSV or JSON."),
    "not-for-the-public": N_("Respondents were not told that results would be made public, so they cannot be."),
    "lead-first": N_("Publish for the project lead first, or for both."),
    "already-published": N_("This has been published, and nothing has changed since."),
    "reason-missing": N_("Fill in why: the reason is kept in the log."),
}


def act_in_words(approval: Approval) -> str:
    """What was asked for."""
    number = approval.arguments.get("wave")
    wave = session().get(Wave, number) if number is not None else None
    act = f"{approval.act}-{approval.arguments.get('audience')}"
    return _(_ACTS.get(act, _ACTS[approval.act]), number=wave.number if wave is not None else "–")


def refusal(error: SurveyError) -> str:
    """Why it cannot be done."""
    worded = _REFUSALS.get(error.code)
    return _(worded) if worded is not None else errors.sentence(error)
