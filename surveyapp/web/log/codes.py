"""The codes that the details of a line hold, in words: roles, acts, regimes, and what was changed."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from surveyapp.models.approval import DELETE, EXPORT, PUBLISH
from surveyapp.web.formats import day
from surveyapp.web.jobs.wording import KINDS
from surveyapp.web.rights import NAMES
from surveyapp.web.words import N_, _

_FIELDS: Final = {
    "-": N_("nothing"),
    "answers_until": N_("until when single answers are kept"),
    "closes_at": N_("last day"),
    "contact_email": N_("address of the contact person"),
    "contact_name": N_("contact person"),
    "email": N_("e-mail address"),
    "expected": N_("numbers expected"),
    "ground": N_("ground"),
    "invitees_until": N_("until when names, addresses and links are kept"),
    "language": N_("language"),
    "languages": N_("languages"),
    "name": N_("name"),
    "opens_at": N_("first day"),
    "privacy_contact": N_("address for requests about personal data"),
    "questionnaire": N_("questionnaire"),
    "regime": N_("confidentiality"),
    "sender": N_("sender"),
    "targets": N_("targets"),
    "texts_until": N_("until when what people wrote is kept"),
}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "about": {
        "conversation": N_("report of an interview"),
        "facts": N_("the facts"),
        "conclusions": N_("conclusions and recommendations"),
    },
    "act": {
        PUBLISH: N_("Publish the results"),
        EXPORT: N_("Export the answers"),
        DELETE: N_("Delete the study"),
    },
    "audience": {"lead": N_("for the project lead and organisations"), "public": N_("for everybody")},
    "channel": {"paper": N_("on paper"), "telephone": N_("by telephone")},
    "disposition": {"taken-over": N_("taken over"), "partly": N_("partly taken over"), "not": N_("not taken over")},
    "grounds": {
        "score": N_("a score"),
        "code": N_("a code of open answers"),
        "answer": N_("a released answer"),
        "quote": N_("a quote"),
        "note": N_("a note of an interview"),
        "reference": N_("a document"),
    },
    "kind": KINDS,
    "purpose": {
        "account": N_("Link to choose a password"),
        "closing": N_("Closing"),
        "delegation": N_("Passed on to a colleague"),
        "demonstration": N_("demonstration"),
        "invitation": N_("Invitation"),
        "password": N_("to choose a password"),
        "reminder": N_("Reminder"),
        "thanks": N_("Thanks"),
    },
    "regime": {
        "attributable": N_("On behalf of the organisation"),
        "confidential": N_("Confidential"),
        "anonymous": N_("Anonymous"),
    },
    "role": NAMES,
}
"""Name of a detail -> its codes -> the words."""

_LISTS: Final = frozenset({"changed", "fields"})
_BETWEEN: Final = re.compile(r",? +")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def worded(name: str, value: int | str, roles: Mapping[str, str]) -> int | str:
    """A detail as a reader understands it; a code without words as it stands in the log.

    ``roles``: what the roles of a questionnaire are called, beside those of staff.
    """
    if not isinstance(value, str):
        return value
    if name in _LISTS:
        return ", ".join(_(_FIELDS[field]) if field in _FIELDS else field for field in _BETWEEN.split(value))
    if name == "until" and _DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    if name == "role" and value in roles:
        return roles[value]
    words = _WORDS.get(name, {})
    return _(words[value]) if value in words else value
