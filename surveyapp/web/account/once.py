"""What is shown once, such as a link that is a key: kept, sealed, in the cookie of the forms until the next page."""

import json
from typing import Any, Final

import flask

from surveyapp.actions import sealing
from surveyapp.web.account.room import secret_key

_PURPOSE: Final = "shown once"


def keep(name: str, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Keep this for the page to which a form leads; only this server can read it."""
    text = json.dumps(value, separators=(",", ":"))
    flask.session[name] = sealing.seal(text, secret_key=secret_key(), purpose=_PURPOSE, whose=name)


def look(name: str) -> Any:  # noqa: ANN401
    """What was kept, which stays; None where there is nothing."""
    sealed = flask.session.get(name)
    text = sealing.unseal(str(sealed), secret_key=secret_key(), purpose=_PURPOSE, whose=name) if sealed else None
    return json.loads(text) if text is not None else None


def take(name: str) -> Any:  # noqa: ANN401
    """What was kept, which is then gone."""
    found = look(name)
    flask.session.pop(name, None)
    return found
