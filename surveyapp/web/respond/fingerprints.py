"""Which answers a page showed, so that only what somebody changed on it is stored, whatever another window did.

A page carries a short fingerprint of every answer that it showed: ``g1_1:9f86d081884c g1_good:60303ae22b99``. It keeps
no secret; it only tells the same from not the same.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b


def fingerprint(value: str) -> str:
    """Of one answer; of nothing it is empty."""
    return blake2b(value.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest() if value else ""


def written(keys: Iterable[str], answers: Mapping[str, str]) -> str:
    """What the page carries: the answers that are not empty."""
    return " ".join(f"{key}:{fingerprint(answers[key])}" for key in keys if answers.get(key))


def read(carried: str) -> dict[str, str]:
    """Key -> fingerprint of what the page showed; what is not there was empty."""
    return {key: shown for key, _, shown in (one.rpartition(":") for one in carried.split())}


def joined(shown: Mapping[str, str]) -> str:
    """Fingerprints as the page carries them."""
    return " ".join(f"{key}:{one}" for key, one in shown.items() if one)
