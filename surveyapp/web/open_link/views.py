"""The first page of an open link, coming back to it on the same device, and starting."""

from typing import Final

from flask import Blueprint, current_app, g, request
from werkzeug.wrappers import Response

from surveyapp.actions import open_links as verbs
from surveyapp.actions import promises, responses
from surveyapp.errors import Unavailable, WrongState
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.open_link import device, form, stamp
from surveyapp.web.open_link.arriving import Arrival, find
from surveyapp.web.open_link.form import Saying
from surveyapp.web.respond import answering, refusals, visit
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.visit import Visit, must_be_open

open_link = Blueprint("open_link", __name__, url_prefix="/o/<token>")
refusals.add_refusals(open_link)

_WHY: Final = "the link is for everybody in a role and place"


@open_link.get("")
@public(_WHY)
def landing(token: str) -> Page:
    """Who asks, why, how long and who will see it; who took part on this device goes on, or says to be another."""
    arrival = find(token)
    must_be_open(arrival.visit)
    earlier, someone_else = device.earlier(arrival.link.id), request.args.get("someone-else") == "yes"
    if earlier is not None and not someone_else:
        return answering.render("open_link/again.html", arrival.visit, earlier=earlier)
    return _shown(arrival, form.blank(arrival.link.id, arrival.offered, someone_else=someone_else))


@open_link.post("")
@public(_WHY)
def start(token: str) -> Page | tuple[str, int, dict[str, str]]:
    """Give a personal link and begin, with the promise as it was read kept."""
    arrival = find(token)
    must_be_open(arrival.visit)
    foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
    saying = form.read(request.form, arrival.link.id, arrival.offered, foreign=foreign)
    before = device.earlier(arrival.link.id)
    if before is not None and not saying.someone_else:
        return arrival.visit.to("landing")
    if saying.problems:
        return _shown(arrival, saying), 422
    if request.form.get("promise", arrival.promise.digest) != arrival.promise.digest:
        return _shown(arrival, saying, changed=True), 409
    try:
        return _begun(arrival, saying, repeated=before is not None)
    except Unavailable as busy:
        seconds = int(busy.details["seconds"])
        page = answering.render("open_link/busy.html", arrival.visit, seconds=seconds)
        return page, 429, {"Retry-After": str(seconds)}
    except WrongState as problem:
        if problem.code != "open-link-full":
            raise
        return answering.render("open_link/full.html", arrival.visit), 409


@open_link.after_app_request
def _forget_who(response: Response) -> Response:
    """Once the thanks are read, the device of an anonymous respondent knows no more than that somebody took part."""
    seen: Visit | None = g.get("visit")
    if seen is not None and request.endpoint == "respond.thanks":
        device.forget_who(response, seen.invited)
    return response


def _begun(arrival: Arrival, saying: Saying, *, repeated: bool) -> Response:
    invitation, token = verbs.start(
        session(),
        link=arrival.link,
        membership=saying.member(arrival.offered),
        role=saying.role,
        repeated=repeated,
        secret_key=current_app.config["SECRET_KEY"],
        form=stamp.form(request.form["stamp"]),
    )
    told = promises.keep(
        session(), wave_id=arrival.link.wave_id, language=language.current(), text=arrival.promise.text
    )
    responses.start(session(), invitation=invitation, promise=told)
    session().commit()
    onward = answering.first_open(visit.find(token))
    device.remember(onward, arrival.link.id, token, arrival.link.wave.closes_at)
    return onward


def _shown(arrival: Arrival, saying: Saying, *, changed: bool = False) -> str:
    return answering.render(
        "open_link/landing.html",
        arrival.visit,
        offered=arrival.offered,
        saying=saying,
        trap=form.TRAP,
        origin=arrival.visit.edition.framework.origin,
        promise=arrival.promise,
        changed=changed,
        fixed=arrival.offered.roles[0] if len(arrival.offered.roles) == 1 else None,
    )
