"""Who is signed in: the cookie holds a random token, the database knows whose it is."""

from flask import current_app, g, request
from werkzeug.wrappers import Response

from surveyapp.models import User
from surveyapp.queries import users
from surveyapp.web.database import session


def user() -> User | None:
    """The signed-in user of this request, or nobody."""
    if "user" not in g:
        token = request.cookies.get(cookie_name())
        g.user = users.by_sign_in(session(), token) if token else None
    found: User | None = g.user
    return found


def cookie_name() -> str:
    """``__Host-`` binds the cookie to this host where browsers enforce it, which is over https."""
    return "__Host-sign-in" if _secure() else "sign-in"


def remember(response: Response, token: str) -> None:
    """Give the browser the token of a new sign-in; it forgets it when it closes."""
    response.set_cookie(cookie_name(), token, httponly=True, samesite="Lax", secure=_secure(), path="/")


def forget(response: Response) -> None:
    """Take the token away; the sign-in itself ends in the database."""
    response.delete_cookie(cookie_name(), httponly=True, samesite="Lax", secure=_secure(), path="/")


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
