"""Entering what came on paper or by telephone: everybody who was invited, and the questions on behalf of one of them.

What an invitee began with their own link is theirs: nothing of it can be read or changed here, nor what was sent.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import entries as verbs
from surveyapp.actions import promises
from surveyapp.actions.entries import CHANNELS
from surveyapp.errors import InvalidAnswer, NotAllowed
from surveyapp.models import User
from surveyapp.queries import editions, entries, invitations
from surveyapp.web import language, study, visitor
from surveyapp.web.database import session
from surveyapp.web.entry.visit import find, find_begun, wave_of
from surveyapp.web.errors import sentence
from surveyapp.web.guard import needs
from surveyapp.web.respond import answering, keeping
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.landing import promised
from surveyapp.web.respond.visit import must_be_open

entry = Blueprint("entry", __name__, url_prefix="/evaluations/<slug>/entry")

_team = needs(Permission.RESPONSE_ENTER, on=study.on_evaluation)


@entry.get("")
@_team
def index(slug: str) -> str:
    """Everybody who was invited by name, and how they answered; and the forms on paper."""
    wave = wave_of(slug)
    questionnaire = editions.of(session(), wave).questionnaire
    return render_template(
        "entry/index.html",
        evaluation=study.evaluation(slug),
        state=wave.state_at(clock.now()),
        entries=entries.of_wave(session(), wave),
        numbers=entries.by_channel(session(), wave),
        roles={role.key: role for role in questionnaire.roles},
        languages=[(code, name) for code, name in language.languages().items() if code in questionnaire.languages],
    )


@entry.get("/<int:invitation>")
@_team
def landing(slug: str, invitation: int) -> str:
    """How far this invitee is, and beginning to enter for them."""
    visit, found = find(slug, invitation)
    return render_template(
        "entry/landing.html",
        evaluation=study.evaluation(slug),
        visit=visit,
        entry=found,
        role=visit.questionnaire.role(found.role),
        promise=promised(visit),
        is_open=visit.invited.state_at(clock.now()) == "open",
        channels=CHANNELS,
    )


@entry.post("/<int:invitation>")
@_team
def start(slug: str, invitation: int) -> Page:
    """Begin, or go on with what was begun here."""
    visit, _found = find(slug, invitation)
    must_be_open(visit)
    kept = promises.keep(
        session(), wave_id=visit.invited.wave_id, language=language.current(), text=promised(visit).text
    )
    verbs.start(
        session(),
        invitation=invitations.to_start(session(), invitation),
        channel=request.form.get("channel", ""),
        promise=kept,
        by=_researcher(),
    )
    session().commit()
    return answering.first_open(find_begun(slug, invitation)[0])


@entry.get("/<int:invitation>/<section>")
@_team
def section(slug: str, invitation: int, section: str) -> Page:
    """The questions of one section with what was entered so far."""
    visit, _response = find_begun(slug, invitation)
    visit.page_of(section)
    return answering.questions(visit, section)


@entry.post("/<int:invitation>/<section>")
@_team
def save(slug: str, invitation: int, section: str) -> Page:
    """Keep what was entered and go where the button says."""
    visit, response = find_begun(slug, invitation)
    visit.page_of(section)
    return answering.save(visit, response, section)


@entry.post("/<int:invitation>/<section>/keep-answers")
@keeping.in_json
@_team
def keep(slug: str, invitation: int, section: str) -> Response:
    """Keep what was changed on a page that stays open."""
    visit, response = find_begun(slug, invitation)
    visit.page_of(section)
    return keeping.keep(visit, response, section)


@entry.get("/<int:invitation>/check-answers")
@_team
def check(slug: str, invitation: int) -> Page:
    """Everything that was entered, and what was not, before sending."""
    return answering.look_back(find_begun(slug, invitation)[0], template="entry/check.html")


@entry.post("/<int:invitation>/check-answers")
@_team
def send(slug: str, invitation: int) -> Page:
    """Send on behalf of the invitee."""
    visit, response = find_begun(slug, invitation)
    try:
        verbs.send(session(), response=response, questionnaire=visit.questionnaire, by=_researcher())
    except InvalidAnswer as problem:
        return answering.look_back(visit, sentence(problem), template="entry/check.html"), 422
    session().commit()
    return _to_the_list(slug, invitation)


@entry.get("/<int:invitation>/to-be-continued")
@_team
def later(slug: str, invitation: int) -> Page:
    """What was entered is kept; back to everybody else."""
    find_begun(slug, invitation)
    return _to_the_list(slug, invitation)


@entry.post("/<int:invitation>/discard-answers")
@_team
def discard(slug: str, invitation: int) -> Page:
    """Throw away what was being entered."""
    _visit, response = find_begun(slug, invitation)
    verbs.discard(session(), response=response, by=_researcher())
    session().commit()
    return _to_the_list(slug, invitation)


def _to_the_list(slug: str, invitation: int) -> Response:
    return redirect(url_for("entry.index", slug=slug, _anchor=f"invitee-{invitation}"), 303)


def _researcher() -> User:
    """Who enters: always somebody who signed in."""
    user = visitor.user()
    if user is None:
        raise NotAllowed("permission", permission=Permission.RESPONSE_ENTER.value)
    return user
