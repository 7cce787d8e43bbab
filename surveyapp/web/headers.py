"""What every answer of the server says to the browser: nothing from elsewhere, nothing inline, nothing remembered."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest
from werkzeug.sansio.utils import host_is_trusted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ROBOTS: Final = "X-Robots-Tag"
"""What search engines may do: nothing, unless a view says otherwise."""
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_THIS_MACHINE = ("localhost", "127.0.0.1")
_A_YEAR = 365 * 24 * 3600


def refuse_other_hosts(app: Flask, base_url: str) -> None:
    """Answer only who asks for the pages under the name of ``base_url``, or on this machine, to look after them.

    Whoever names another in the header Host, with which links could be made to lead elsewhere, gets 400.
    """
    ours = [urlsplit(base_url).hostname or "localhost", *_THIS_MACHINE]

    @app.before_request
    def _refuse() -> None:
        if not host_is_trusted(request.host, ours):
            raise BadRequest("another host")


def add_headers(app: Flask, *, secure: bool) -> None:
    """Security and caching headers on every answer; ``secure`` when people reach the pages over https."""

    always = [*_ALWAYS.items()]
    if secure:
        always.append(("Strict-Transport-Security", f"max-age={2 * _A_YEAR}; includeSubDomains"))
    answer = app.wsgi_app

    def add(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], problem: Any = None) -> Callable[[bytes], object]:  # noqa: ANN401
            robots = [] if any(name == ROBOTS for name, _value in headers) else [(ROBOTS, "noindex")]
            return start_response(status, [*headers, *always, *robots], problem)

        return answer(environ, start)

    app.wsgi_app = add  # type: ignore[method-assign]
    app.after_request(_cache)


def _cache(response: Response) -> Response:
    """Static files keep for ever under their content's hash; pages are never stored, unless the view says so."""
    if request.endpoint == "static" and response.status_code in {200, 304}:
        kept = f"public, max-age={_A_YEAR}, immutable" if request.args.get("v") else "no-cache"
        response.headers["Cache-Control"] = kept
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if response.status_code == 304:
        response.close()  # the file that was opened in order to be sent
    return response
