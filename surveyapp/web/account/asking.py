"""What a browser is asked about passkeys, and remembering it in the signed cookie of the forms until it answers, once.

A signature is good once on the server too: see ``passkeys.prove``.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Final

import flask
from flask import Response, current_app

from surveyapp.actions import passkeys

_KEPT: Final = "passkey"


def place() -> passkeys.Place | None:
    """Where passkeys are good in this installation; None where there can be none."""
    return passkeys.place(current_app.config["BASE_URL"])


def ask(question: passkeys.Question, purpose: str) -> Response:
    """The question for the browser, as JSON."""
    challenge = urlsafe_b64encode(question.asked.challenge).decode()
    flask.session[_KEPT] = [purpose, challenge, question.asked.at.timestamp()]
    return Response(question.options, mimetype="application/json")


def asked(purpose: str) -> passkeys.Asked | None:
    """What was asked for this purpose, if that was the last; asked again, there is nothing."""
    kept = flask.session.pop(_KEPT, None)
    if not isinstance(kept, list) or kept[0] != purpose:
        return None
    return passkeys.Asked(urlsafe_b64decode(kept[1]), datetime.fromtimestamp(kept[2], UTC))
