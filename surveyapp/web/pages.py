"""Pages for everybody: health, privacy, accessibility, and whom to tell about a leak."""

from datetime import date, timedelta
from typing import Final

from flask import Blueprint, Response, current_app, render_template
from flask_babel import format_date
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from surveyapp.clock import now
from surveyapp.web.database import session
from surveyapp.web.guard import public

pages = Blueprint("pages", __name__)

STATED: Final = date(2026, 11, 22)
"""When the accessibility statement was last changed."""


@pages.get("/healthz")
@public("says only that the process runs")
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
@public("says only whether the database answers")
def readyz() -> tuple[Response, int]:
    try:
        session().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("the database does not answer\n", mimetype="text/plain"), 503
    return Response("ready\n", mimetype="text/plain"), 200


@pages.get("/privacy")
@public("everybody may read what happens with answers")
def privacy() -> str:
    return render_template("privacy.html", contact=current_app.config["CONTACT"])


@pages.get("/toegankelijkheid")
@public("the accessibility statement is for everybody")
def accessibility() -> str:
    day = format_date(STATED, "long")
    return render_template("accessibility.html", contact=current_app.config["CONTACT"], day=day)


@pages.get("/.well-known/security.txt")
@public("RFC 9116 asks for it")
def security() -> Response:
    expires = (now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    base, contact = current_app.config["BASE_URL"], current_app.config["CONTACT"]
    lines = (
        f"Contact: {f'mailto:{contact}' if contact else f'{base}/privacy'}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {base}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
