"""A signed time in the form: who sends it faster than a person can, or the next day, is asked to try again.

It holds a random number too, so that the same form sent twice is known as the same.
"""

import secrets
from datetime import timedelta
from typing import Final

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from surveyapp import clock

FASTEST: Final = timedelta(seconds=2)
"""Nobody reads the page and presses the button in less; the simplest robots do."""
OLDEST: Final = timedelta(days=1)


def made(link_id: int) -> str:
    """The present moment, for the form of this link."""
    moment = round(clock.now().timestamp() * 1000)
    stamp: str = _signer().dumps([link_id, moment, secrets.token_urlsafe(16)])
    return stamp


def problem(stamp: str, link_id: int) -> str | None:
    """``too-fast`` or ``too-old``, which a stamp that is not ours is too; None when all is well."""
    try:
        of, moment, _form = _signer().loads(stamp)
    except (BadSignature, ValueError, TypeError):
        return "too-old"
    age = timedelta(milliseconds=round(clock.now().timestamp() * 1000) - moment)
    if of != link_id or age > OLDEST:
        return "too-old"
    return "too-fast" if age < FASTEST else None


def form(stamp: str) -> str:
    """The random number of the form; for a stamp in which there is no ``problem``."""
    number: str = _signer().loads(stamp)[2]
    return number


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="open-link")
