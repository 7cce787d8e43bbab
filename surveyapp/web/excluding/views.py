"""What was handed in, without any answer: which responses count, and leaving one out or taking it in again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import Form, TextAreaField

from surveyapp.access import Permission
from surveyapp.actions import excluding as verbs
from surveyapp.errors import InvalidContent, NotAllowed, NotFound
from surveyapp.models import Evaluation, Response, User, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, handed_in, monitor, people, publications
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.queries.handed_in import Chosen, HandedIn
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.excluding import words
from surveyapp.web.guard import needs
from surveyapp.web.language import said
from surveyapp.web.told import tell
from surveyapp.web.words import _

excluding = Blueprint("excluding", __name__, url_prefix="/evaluations/<slug>/monitor/responses")

_team = needs(Permission.RESPONSE_ENTER, on=study.on_evaluation)
ON_A_PAGE: Final = 50
Page = str | tuple[str, int] | Answer


class WhyForm(Form):
    """Why a response is left out, or taken in again; the verb judges it."""

    reason = TextAreaField(filters=[lambda words: (words or "").replace("\x00", "").strip()])


@dataclass(frozen=True)
class Listing:
    """A page of the list; ``number`` counts from 1."""

    rows: list[HandedIn]
    number: int
    pages: int
    count: int


@excluding.get("")
@_team
def index(slug: str) -> str:
    """Everything that was handed in to a wave, with what was excluded and why."""
    evaluation = study.evaluation(slug)
    wave = _wave(evaluation)
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=evaluation)
    places = people.places(session(), evaluation)
    chosen = _chosen([code for code, _name in places])
    return render_template(
        "excluding/index.html",
        evaluation=evaluation,
        wave=wave,
        waves=monitor.waves(session(), evaluation),
        anonymous=wave.regime == ANONYMOUS,
        places=places,
        chosen=chosen,
        listing=_listing(wave, chosen),
        excluded=handed_in.excluded(session(), wave),
        roles=_roles(wave),
        channel=words.channel,
        address=_address,
    )


@excluding.get("/<int:invitation>")
@_team
def one(slug: str, invitation: int) -> Page:
    """One response: who handed it in and how, and whether it counts."""
    return _one(slug, invitation, WhyForm())


@excluding.post("/<int:invitation>/exclude")
@_team
def exclude(slug: str, invitation: int) -> Page:
    """Leave it out of every result."""
    return _done(slug, invitation, verbs.exclude, _("The response is excluded. It counts in no result any more."))


@excluding.post("/<int:invitation>/include")
@_team
def include(slug: str, invitation: int) -> Page:
    """Count it again."""
    return _done(slug, invitation, verbs.include, _("The response counts again."))


def _done(slug: str, invitation: int, verb: Callable[..., None], done: str) -> Page:
    _evaluation, found = _known(slug, invitation)
    form = WhyForm(request.form)
    row = session().get_one(Response, found.response_id)
    try:
        verb(session(), response=row, reason=str(form.reason.data), by=_researcher())
    except InvalidContent as problem:
        session().rollback()
        form.reason.errors = [words.fault(problem)]
        return _one(slug, invitation, form), 422
    session().commit()
    tell(done)
    if publications.of(session(), row.wave) is not None:
        tell(_("What was published stays as it is. Publish a correction to let the change be seen."))
    return redirect(url_for("excluding.one", slug=slug, invitation=invitation), 303)


def _one(slug: str, invitation: int, form: WhyForm) -> str:
    evaluation, found = _known(slug, invitation)
    wave = session().get_one(Response, found.response_id).wave
    return render_template(
        "excluding/one.html",
        evaluation=evaluation,
        wave=wave,
        found=found,
        role=_roles(wave).get(found.role, found.role),
        channel=words.channel,
        form=form,
    )


def _known(slug: str, invitation: int) -> tuple[Evaluation, HandedIn]:
    evaluation = study.evaluation(slug)
    found = handed_in.one(session(), evaluation, invitation)
    if found is None:
        raise NotFound("response")
    return evaluation, found


def _wave(evaluation: Evaluation) -> Wave | None:
    """The one that the address asks for; else the latest that was opened."""
    number = request.args.get("wave", type=int)
    return study.asked_wave(evaluation) if number is None else evaluation_queries.wave(session(), evaluation, number)


def _chosen(places: list[str]) -> Chosen:
    place = request.args.get("organisation", "")
    return Chosen(place if place in places else "", request.args.get("excluded") == "1")


def _listing(wave: Wave, chosen: Chosen) -> Listing:
    found = handed_in.count(session(), wave, chosen)
    pages = max(1, -(-found // ON_A_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    rows = handed_in.listed(session(), wave, chosen, first=(number - 1) * ON_A_PAGE, most=ON_A_PAGE)
    return Listing(rows, number, pages, found)


def _roles(wave: Wave) -> dict[str, str]:
    return {role.key: said(role.title) for role in editions.of(session(), wave).questionnaire.roles}


def _address(**changes: str | None) -> str:
    """This list with what was chosen before, and these choices instead."""
    kept = {name: request.args[name] for name in ("wave", "organisation", "excluded") if name in request.args}
    asked: dict[str, Any] = {name: value for name, value in (kept | changes).items() if value}
    return url_for("excluding.index", slug=request.view_args["slug"] if request.view_args else "", **asked)


def _researcher() -> User:
    """Who does it: always somebody who signed in."""
    user = visitor.user()
    if user is None:
        raise NotAllowed("permission", permission=Permission.RESPONSE_ENTER.value)
    return user
