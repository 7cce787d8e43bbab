"""The owner's house style: their file of design tokens, linked after our own style."""

import hashlib
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, current_app, request, url_for

from surveyapp.config import MissingSetting
from surveyapp.errors import NotFound
from surveyapp.reports.house_style import FILE, check
from surveyapp.web.guard import public

house_style = Blueprint("house_style", __name__)

_EXTENSION: Final = "surveyapp.house_style"
_FOR_EVER: Final = "public, max-age=31536000, immutable"


def add_house_style(app: Flask, own: Path | None) -> None:
    """Read the tokens once, at the start, and give templates ``house_style()``: the file's address, or None.

    Raises ``MissingSetting`` with every fault and its line.
    """
    file = own / FILE if own is not None else None
    tokens = None
    if file is not None and file.exists():
        if problems := check(file):
            faults = "\n".join(str(problem) for problem in problems)
            raise MissingSetting(f"The house style holds what it may not:\n{faults}")
        tokens = file.read_bytes()
    app.extensions[_EXTENSION] = tokens
    app.jinja_env.globals["house_style"] = _address


@house_style.get("/house-style/tokens.css")
@public("nothing of anybody's")
def tokens() -> Response:
    """The tokens; kept for ever under their content's hash."""
    kept: bytes | None = current_app.extensions[_EXTENSION]
    if kept is None:
        raise NotFound("page")
    named = request.args.get("v") == _version(kept)
    return Response(kept, mimetype="text/css", headers={"Cache-Control": _FOR_EVER if named else "no-cache"})


def _address() -> str | None:
    kept: bytes | None = current_app.extensions[_EXTENSION]
    return url_for("house_style.tokens", v=_version(kept)) if kept is not None else None


def _version(tokens: bytes) -> str:
    return hashlib.sha256(tokens).hexdigest()[:12]
