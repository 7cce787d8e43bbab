"""The address of one's own copy: signed, so that nobody makes one up, and with an end.

It holds the number of the response, which was drawn at random and says nothing, and when it was made.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import current_app
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from surveyapp import clock
from surveyapp.errors import NotFound, WrongState

LASTS: Final = timedelta(hours=24)


class _Signer(TimestampSigner):
    """Asks our own clock."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


@dataclass(frozen=True)
class Opened:
    """What the address of a copy leads to."""

    response_id: int
    made_at: datetime
    """To the second."""

    @property
    def expires_at(self) -> datetime:
        return self.made_at + LASTS


def signed(response_id: int) -> str:
    """The last part of an address that works for a day from now."""
    return str(_serializer().dumps(response_id))


def opened(signature: str) -> Opened:
    """Raises ``NotFound`` (``copy``) for what we did not sign, ``WrongState`` (``copy-expired``)."""
    try:
        number, made_at = _serializer().loads(signature, max_age=int(LASTS.total_seconds()), return_timestamp=True)
    except SignatureExpired as problem:
        raise WrongState("copy-expired") from problem
    except BadSignature as problem:
        raise NotFound("copy") from problem
    return Opened(int(number), made_at)


def _serializer() -> URLSafeTimedSerializer:
    key = str(current_app.config["SECRET_KEY"])
    return URLSafeTimedSerializer(key, salt="own-copy", signer=_Signer, signer_kwargs={"digest_method": hashlib.sha256})
