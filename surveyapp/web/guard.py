"""Who may open a view. Every view says so itself: ``@needs(Permission.X, on=...)`` or ``@public("why")``.

A view that says nothing is refused when the application starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from flask import Flask, redirect, request, url_for
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response

from surveyapp.access import Permission, Scope, UserLike, may
from surveyapp.errors import NotAllowed, NotFound
from surveyapp.web import visitor

DECLARATION: Final = "declared_access"
LARGEST_NUMBER: Final = 2**31 - 1
_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True)
class Declared:
    """What a view says of who may open it: any of these permissions, or, where it needs none, why."""

    permissions: tuple[Permission, ...] = ()
    why: str = ""
    signed_in: bool = False
    """Whether one has to be signed in, with whatever right."""


def public(why: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Anybody may open this view; ``why`` says what makes that right."""

    def declare(view: Callable[_P, _R]) -> Callable[_P, _R]:
        setattr(view, DECLARATION, Declared(why=why))
        return view

    return declare


def needs(
    permission: Permission, *others: Permission, on: Callable[..., Scope]
) -> Callable[[Callable[_P, _R]], Callable[_P, _R | Response]]:
    """Only a signed-in user who has this permission in the scope that ``on`` makes of the view's arguments; where
    more are named, one of them is enough.

    Who is not signed in goes to the sign-in page; who may not even know of the evaluation is told that it is not there.
    """

    def declare(view: Callable[_P, _R]) -> Callable[_P, _R | Response]:
        @wraps(view)
        def guarded(*arguments: _P.args, **keywords: _P.kwargs) -> _R | Response:
            user = visitor.user()
            if user is None:
                return _to_the_door()
            scope = on(*arguments, **keywords)
            if not any(may(user, other, scope) for other in others):
                check(user, permission, scope)
            return view(*arguments, **keywords)

        setattr(guarded, DECLARATION, Declared((permission, *others)))
        return guarded

    return declare


def own_account(why: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R | Response]]:
    """Whoever is signed in may open this view, which is about their own account; also who must show a second factor
    before anything else opens."""

    def declare(view: Callable[_P, _R]) -> Callable[_P, _R | Response]:
        @wraps(view)
        def guarded(*arguments: _P.args, **keywords: _P.kwargs) -> _R | Response:
            return _to_the_door() if visitor.somebody() is None else view(*arguments, **keywords)

        setattr(guarded, DECLARATION, Declared(why=why, signed_in=True))
        return guarded

    return declare


def _to_the_door() -> Response:
    """To sign in, and then on; or, for who is in and must show more, to where that is set up."""
    if visitor.somebody() is not None:
        return redirect(url_for("account.own"), 303)
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))


def check(user: UserLike | None, permission: Permission, scope: Scope) -> None:
    """Raise unless the user may do this here: NotFound for who may not know that it exists, else NotAllowed."""
    if may(user, permission, scope):
        return
    if not may(user, Permission.EVALUATION_READ, scope):
        raise NotFound("page")
    raise NotAllowed("permission", permission=permission.value)


def undeclared(app: Flask) -> list[str]:
    """The routes whose view does not say who may open it."""
    return sorted(
        rule.rule for rule in app.url_map.iter_rules() if not hasattr(app.view_functions[rule.endpoint], DECLARATION)
    )


class Number(IntegerConverter):
    """The number of a row in an address: one that no column can hold is not there."""

    regex = r"[0-9]{1,10}"

    def __init__(self, map: Map, *arguments: Any, **keywords: Any) -> None:  # noqa: A002, ANN401 - as werkzeug has it
        super().__init__(map, *arguments, **{"max": LARGEST_NUMBER, **keywords})


def refuse_unreadable(app: Flask) -> None:
    """Answer an address with a NUL, or a number that is too large, as one that is not there: no database can look it
    up."""
    app.url_map.converters["int"] = Number

    @app.before_request
    def _refuse() -> None:
        if "\x00" in request.path:
            raise NotFound("page")


def refuse_undeclared(app: Flask) -> None:
    """Refuse to start with a route that nobody thought about."""
    if routes := undeclared(app):
        raise RuntimeError(f"declare who may open {', '.join(routes)}: @needs(...) or @public(...)")
