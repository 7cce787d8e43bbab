"""What makes a password easy to guess, in words."""

from typing import Final

from surveyapp.errors import InvalidContent
from surveyapp.web.words import N_, _

_WHY: Final = {
    "common": N_("This password, or a part of it, is one that many people use."),
    "own": N_("This password is made of your name, your e-mail address or a word of this site."),
    "name": N_("A name is easy to guess."),
    "word": N_("One or two words are easy to guess."),
    "keyboard": N_("Keys in a row, such as qwerty, are easy to guess."),
    "repeat": N_("Repeating the same adds little: abcabcabc is guessed as quickly as abc."),
    "sequence": N_("A series such as abc or 1234 is easy to guess."),
    "date": N_("A date or year is easy to guess."),
    "predictable": N_("This password is easy to guess."),
}
_ADVICE: Final = N_(
    "Use four or more words that have nothing to do with one another, or let a password manager make one."
)


def sentence(refused: InvalidContent) -> str:
    """Why the password was refused, and what would be better."""
    if refused.code == "password-length":
        return _("Use %(shortest)s to %(longest)s characters.", **refused.details)
    return f"{_(_WHY[str(refused.details['why'])])} {_(_ADVICE)}"
