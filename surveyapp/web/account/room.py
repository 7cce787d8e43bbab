"""The room in which people come in, go out and look after their own account, and what its pages share."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address
from typing import Final, ParamSpec, TypeVar
from urllib.parse import urlsplit

import flask
from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.actions import sign_ins
from surveyapp.errors import NotFound
from surveyapp.models import User
from surveyapp.web import visitor
from surveyapp.web.account import device
from surveyapp.web.database import session

account = Blueprint("account", __name__)

FRESH: Final = timedelta(minutes=30)
"""How long after signing in one may change how one signs in."""
_HALFWAY: Final = "halfway"
_NEXT: Final = "next"
_P = ParamSpec("_P")
_R = TypeVar("_R")


def whoever() -> User:
    """The visitor, on a page of their own account."""
    found = visitor.somebody()
    if found is None:
        raise NotFound("page")
    return found


def secret_key() -> str:
    """The key of this installation."""
    return str(current_app.config["SECRET_KEY"])


def device_in_words() -> str:
    """With what the visitor came, such as ``Firefox, Linux``."""
    return device.words(request.user_agent.string)


def fresh(view: Callable[_P, _R]) -> Callable[_P, _R | Response]:
    """Who signed in long ago signs in again first: a session that somebody found open cannot change how to come in."""

    @wraps(view)
    def guarded(*arguments: _P.args, **keywords: _P.kwargs) -> _R | Response:
        here = visitor.sign_in()
        if here is None or here.created_at + FRESH <= clock.now():
            return redirect(url_for("account.sign_in", again="yes", next=url_for("account.own")), 303)
        return view(*arguments, **keywords)

    return guarded


def come_in(entered: sign_ins.SignedIn, target: str | None) -> Response:
    """In, to where the visitor was going, or on to the second step. The session there was ends; commits."""
    if visitor.token():
        sign_ins.end(session(), token=visitor.token())
    if entered.token is None:
        flask.session[_HALFWAY] = {
            "state": sign_ins.halfway(entered.user, secret_key()),
            _NEXT: safe(target) or "",
        }
        session().commit()
        response = redirect(url_for("account.second_step"), 303)
        visitor.forget(response)
        return response
    session().commit()
    flask.session.clear()
    response = redirect(safe(target) or url_for("evaluations.index"))
    visitor.remember(response, entered.token)
    return response


def come_in_again(user: User, *, second_factor: bool) -> Response:
    """Go on in a session with a new key, after every one there was has ended; commits."""
    token = sign_ins.begin(session(), user=user, device=device_in_words(), second_factor=second_factor)
    session().commit()
    flask.session.clear()
    response = redirect(url_for("account.own"), 303)
    visitor.remember(response, token)
    return response


def halfway() -> tuple[str, str]:
    """The note of who has shown a password and must take the second step, and where they were going; empty if none."""
    kept = flask.session.get(_HALFWAY) or {}
    return str(kept.get("state", "")), str(kept.get(_NEXT, ""))


def turn_back() -> None:
    """Forget who came halfway."""
    flask.session.pop(_HALFWAY, None)


def safe(address: str | None) -> str | None:
    """An address within these pages, or nothing: never lead a visitor to another site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def on_this_machine() -> bool:
    """Whether the request itself comes from loopback, and not through a proxy that stands there."""
    forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip"))
    try:
        return ip_address(request.remote_addr or "").is_loopback and not forwarded
    except ValueError:
        return False
