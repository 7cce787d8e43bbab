"""The page behind a count link: totals of one organisation, for whoever has the link. It changes nothing."""

from flask import Blueprint, render_template

from surveyapp import clock
from surveyapp.errors import NotFound
from surveyapp.queries import count_links, monitor
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.language import prefer

count = Blueprint("count", __name__)


@count.get("/count/<token>")
@public("the address holds a secret; behind it are totals, and nothing of a role or a person")
def total(token: str) -> str:
    """How many of an organisation were invited and answered, when that was counted, and until when it goes on."""
    found = count_links.by_token(session(), token)
    if found is None:
        raise NotFound("link-not-valid")
    prefer(found.languages[0])
    now = clock.now()
    return render_template(
        "count/total.html",
        of=found,
        state=found.state_at(now),
        counted=monitor.total(session(), wave_id=found.wave_id, membership_id=found.membership_id),
        now=now,
    )
