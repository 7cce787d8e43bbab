"""Who is signed in: the cookie holds a random token, the database knows whose it is."""

from functools import partial

from flask import current_app, g, request
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import sees_answers
from surveyapp.actions import sessions
from surveyapp.models import SignIn, User
from surveyapp.queries import users
from surveyapp.web.database import afterwards, session


def user() -> User | None:
    """The signed-in user of this request, or nobody. Who must show a second factor first is nobody yet."""
    return None if must_show_more() else somebody()


def somebody() -> User | None:
    """Who is signed in, if only to their own account: see ``must_show_more``."""
    found = sign_in()
    return found.user if found is not None else None


def must_show_more() -> bool:
    """Whether the visitor sees answers, and has shown no second factor where this installation asks for one."""
    found = sign_in()
    return found is not None and not found.second_factor and is_asked_for_more()


def is_asked_for_more() -> bool:
    """Whether this installation asks the visitor for a second factor: whoever sees answers, where it asks at all."""
    found = somebody()
    return bool(current_app.config["SECOND_FACTOR"]) and found is not None and sees_answers(found)


def sign_in() -> SignIn | None:
    """The session of this visitor, or none. That it is in use is noted when the request is over."""
    if "sign_in" not in g:
        token = request.cookies.get(cookie_name())
        found = users.sign_in(session(), token) if token else None
        if found is not None and found.seen_at + sessions.SEEN_EVERY <= clock.now():
            afterwards(partial(sessions.seen, token_hash=found.token_hash))
        g.sign_in = found
    known: SignIn | None = g.sign_in
    return known


def token() -> str:
    """What the cookie of this visitor holds; empty where there is none."""
    return request.cookies.get(cookie_name(), "")


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
