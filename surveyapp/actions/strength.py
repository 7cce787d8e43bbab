"""How easily a password is guessed by somebody who knows a little about whose it is.

zxcvbn estimates it (Wheeler, 2016: zxcvbn: low-budget password strength estimation, USENIX Security).
"""

import re
from collections.abc import Iterable
from threading import Lock
from typing import Any, Final

from zxcvbn import zxcvbn

STRONG_ENOUGH: Final = 3
"""Of 0 to 4: more than 10^8 guesses, which takes months against Argon2id."""
_LOOKED_AT: Final = 72
"""Characters; the time that it takes grows faster than the password, and this many are strong or never will be."""
_ONE_AT_A_TIME: Final = Lock()
"""The library keeps the words of whose password it looks at in a table that all threads share."""
_PRODUCT: Final = ("surveyapp", "evaluatie", "evaluation", "vragenlijst", "questionnaire")
_FAVOURITES: Final = (
    *("welkom", "wachtwoord", "geheim", "gemeente", "samenwerking", "samenwerken", "onderzoek", "inloggen", "voetbal"),
    *("lente", "zomer", "herfst", "winter", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"),
)
"""What the English lists of the library lack."""
_SHORTEST_WORD: Final = 3
_BY_DICTIONARY: Final = {
    "passwords": "common",
    "user_inputs": "own",
    "surnames": "name",
    "male_names": "name",
    "female_names": "name",
}
_BY_PATTERN: Final = {
    "spatial": "keyboard",
    "repeat": "repeat",
    "sequence": "sequence",
    "date": "date",
    "regex": "date",
}


def weakness(password: str, own: Iterable[str]) -> str | None:
    """What makes the password easy to guess; None where nothing does.

    ``own`` are name, address and the like of whose it is. The answer is one of ``common``, ``own``, ``name``,
    ``word``, ``keyboard``, ``repeat``, ``sequence``, ``date`` and ``predictable``.
    """
    with _ONE_AT_A_TIME:
        found: dict[str, Any] = zxcvbn(password[:_LOOKED_AT], user_inputs=_words(own))
    if found["score"] >= STRONG_ENOUGH:
        return None
    telling = [match for match in found["sequence"] if match["pattern"] != "bruteforce"]
    if not telling:
        return "predictable"
    longest = max(telling, key=lambda match: len(match["token"]))
    if longest["pattern"] == "dictionary":
        favourite = longest["matched_word"] in _FAVOURITES
        return "common" if favourite else _BY_DICTIONARY.get(longest["dictionary_name"], "word")
    return _BY_PATTERN.get(longest["pattern"], "predictable")


def _words(own: Iterable[str]) -> list[str]:
    whole = [text for text in own if text]
    parts = [part for text in whole for part in re.split(r"[\W_]+", text) if len(part) >= _SHORTEST_WORD]
    joined = [re.sub(r"[\W_]+", "", text) for text in whole]
    return [*whole, *joined, *parts, *_PRODUCT, *_FAVOURITES]
