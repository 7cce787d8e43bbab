"""Jobs in words: what each does, what went wrong, and who does it."""

import hashlib
import re
from typing import Final

from surveyapp.web.words import N_, _

KINDS: Final = {
    "render": N_("Draw a figure or make a document"),
    "publish": N_("Protect and publish the results"),
    "letters": N_("Print letters"),
    "reports": N_("Gather all reports"),
    "import-people": N_("Take in a list of people"),
    "mailing": N_("Begin a round of mail"),
    "mail": N_("Send mail"),
    "delete-evaluation": N_("Delete a study"),
    "retain": N_("Erase what may not be kept any longer"),
    "erase-traces": N_("Free the disk of what was deleted"),
}
_PROBLEMS: Final = {
    "the worker died each time": N_(
        "The worker stopped in the middle of it each time. It may take more memory or time than there is."
    ),
    "database-busy": N_("The database was in use all the time."),
    "already-published": N_("The results have been published already."),
    "wave-still-open": N_("The wave is open (again): close it first."),
    "wave-closed": N_("The wave has been closed."),
    "mailing-cancelled": N_("This round of mail was called off."),
    "OSError": N_("The disk or the network did not work."),
    "ConnectionError": N_("The other machine did not answer."),
    "TimeoutError": N_("The other machine did not answer in time."),
    "MemoryError": N_("There was not enough memory."),
    "OperationalError": N_("The database did not answer."),
}
_TYPE: Final = re.compile(r"^[A-Z]\w*$")
"""The type of an exception that nobody foresaw."""


def kind(of: str) -> str:
    """What a job of this kind does."""
    return _(KINDS[of]) if of in KINDS else of


def problem(code: str | None) -> str:
    """Why it failed, for who reads no code: as far as we know."""
    if not code:
        return ""
    if code in _PROBLEMS:
        return _(_PROBLEMS[code])
    if _TYPE.match(code):
        return _("Something went wrong that nobody foresaw (%(type)s). Tell who runs the installation.", type=code)
    return _("It was refused (%(code)s).", code=code)


def worker(name: str | None) -> str:
    """The same short name for the same worker: it does not tell on which machine it runs."""
    return hashlib.sha256(name.encode()).hexdigest()[:4] if name else ""
