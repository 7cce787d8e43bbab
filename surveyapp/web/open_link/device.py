"""What a device remembers of an open link: one cookie with the personal link of who answered on it.

Nothing about the device itself is kept anywhere: not its address, not its browser, not in any form. In the anonymous
regime the cookie only says "took part" once the answers were sent.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import current_app, request
from werkzeug.wrappers import Response

from surveyapp.queries import invitations
from surveyapp.queries.invitations import Invited
from surveyapp.web.database import session

TOOK_PART: Final = "took-part"


@dataclass(frozen=True)
class Earlier:
    """Somebody answered through this link on this device before."""

    token: str | None
    """Of their personal link; empty where only is known that they took part."""
    sent: bool


def earlier(link_id: int) -> Earlier | None:
    """Who came through this link on the device of this request; None for nobody."""
    remembered = request.cookies.get(name(link_id))
    if remembered is None:
        return None
    if remembered == TOOK_PART:
        return Earlier(None, sent=True)
    invited = invitations.by_token(session(), remembered)
    if invited is None or invited.open_link_id != link_id:
        return None
    return Earlier(remembered, invited.sent)


def remember(response: Response, link_id: int, token: str, until: datetime) -> None:
    """Let the device keep this until the wave closes; scripts cannot read it and other sites cannot use it."""
    response.set_cookie(
        name(link_id),
        token,
        expires=until,
        httponly=True,
        samesite="Lax",
        secure=_secure(),
        path="/",
    )


def forget_who(response: Response, invited: Invited) -> None:
    """After sending in the anonymous regime: replace the personal link in the cookie, where this device has it."""
    if invited.open_link_id is None or invited.regime != "anonymous" or not invited.sent:
        return
    if request.cookies.get(name(invited.open_link_id), TOOK_PART) != TOOK_PART:
        remember(response, invited.open_link_id, TOOK_PART, invited.closes_at)


def name(link_id: int) -> str:
    """Of the cookie; ``__Host-`` binds it to this host where browsers enforce that, which is over https."""
    return f"__Host-open-link-{link_id}" if _secure() else f"open-link-{link_id}"


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
