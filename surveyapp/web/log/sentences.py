"""Every act of the log in words: a title, and after a colon what its details tell."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from surveyapp.web.log.acts import ACTS
from surveyapp.web.log.codes import worded
from surveyapp.web.words import N_, _

_NAME: Final = re.compile(r"%\((\w+)\)s")
_NOUNS: Final = {
    "approval": N_("Request"),
    "count_link": N_("Link with counts"),
    "delegation": N_("Passed on section"),
    "evaluation": N_("Study"),
    "finding": N_("Finding"),
    "invitation": N_("Invitation"),
    "invitee": N_("Invitee"),
    "job": N_("Job"),
    "mail": N_("Mail"),
    "mail_text": N_("Text of a mail"),
    "mailing": N_("Mailing"),
    "membership": N_("Participation"),
    "open_link": N_("Open link"),
    "organisation": N_("Organisation"),
    "participant": N_("Participant of an interview"),
    "passkey": N_("Passkey"),
    "people_file": N_("File with people"),
    "recommendation": N_("Recommendation"),
    "remark": N_("Remark"),
    "response": N_("Answers"),
    "review": N_("Review"),
    "reviewer": N_("Reader of a draft"),
    "setting": N_("Setting"),
    "user": N_("Account"),
    "wave": N_("Wave"),
}


def title(verb: str) -> str:
    """The act without its details; an act that has no words yet as it stands in the log."""
    return _(ACTS[verb]).partition(":")[0] if verb in ACTS else verb


def sentence(verb: str, details: Mapping[str, int | str], roles: Mapping[str, str]) -> str:
    """What was done. What the log does not tell is a dash; without any details only the title is left.

    ``roles``: what the roles of the questionnaire are called.
    """
    if verb not in ACTS:
        told = ", ".join(f"{name} {value}" for name, value in details.items() if name != "reason")
        return f"{verb}: {told}" if told else verb
    words = _(ACTS[verb])
    if not details.keys() & set(_NAME.findall(words)):
        return words.partition(":")[0]
    told_in_words = {name: worded(name, value, roles) for name, value in details.items()}
    return words % defaultdict(lambda: "–", told_in_words)


def thing(subject: str) -> str:
    """``wave:3`` as ``Wave 3``."""
    noun, _colon, number = subject.partition(":")
    return f"{_(_NOUNS[noun])} {number}" if noun in _NOUNS else subject


def somebody(name: str | None) -> str:
    """The name of an account, while it exists."""
    return name or _("An account that was deleted")


def installation() -> str:
    """Who acts when nobody does."""
    return _("The installation itself")
