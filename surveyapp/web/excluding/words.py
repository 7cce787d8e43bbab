"""What the pages about responses call things."""

from typing import Final

from surveyapp.errors import InvalidContent
from surveyapp.web.words import N_, _

_CHANNELS: Final = {
    "web": N_("on these pages"),
    "paper": N_("on paper"),
    "telephone": N_("by telephone"),
    "import": N_("collected elsewhere"),
}
_FAULTS: Final = {
    "reason-missing": N_("Fill in why; it will stand in the log."),
    "reason-names-person": N_("Leave the name and address out: the log keeps the reason for ever."),
    "reason-too-long": N_("This is too long: use at most %(most)s characters."),
}


def channel(key: str) -> str:
    """How a response came."""
    return _(_CHANNELS[key])


def fault(problem: InvalidContent) -> str:
    """What is wrong with a reason."""
    return _(_FAULTS[problem.code], **problem.details)
