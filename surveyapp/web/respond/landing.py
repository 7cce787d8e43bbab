"""The first page: who asks, why, how long, until when, and who will see the answers; and beginning."""

from flask import request
from werkzeug.wrappers import Response

from surveyapp.actions import promises
from surveyapp.actions import responses as verbs
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import invitations
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.respond import answering, group, promise
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.promise import Promise
from surveyapp.web.respond.visit import Visit, find, find_open, must_be_open

WHY = "the link is the key: whoever holds it may answer"


@public(WHY)
def landing(token: str) -> Page:
    """Who asks, why, how long, until when, and who will see it."""
    visit = find(token)
    if visit.submitted:
        return visit.to("thanks")
    must_be_open(visit)
    return _shown(visit, promised(visit))


@public(WHY)
def start(token: str) -> Page:
    """Begin, with the promise as it was read kept; or go on where one was."""
    visit = find_open(token)
    if visit.response is not None:
        return answering.first_open(visit)
    told = promised(visit)
    if request.form.get("promise", told.digest) != told.digest:
        return _shown(visit, told, changed=True), 409
    return _begun(visit, told)


def promised(visit: Visit) -> Promise:
    """What this respondent is promised, in the language of the page."""
    return promise.of(visit.invited, group.of(visit.invited))


def _begun(visit: Visit, told: Promise) -> Response:
    kept = promises.keep(session(), wave_id=visit.invited.wave_id, language=language.current(), text=told.text)
    verbs.start(session(), invitation=invitations.to_start(session(), visit.invited.id), promise=kept)
    session().commit()
    merging = visit.invited.regime == ANONYMOUS  # whoever begins first decides with whom answers are kept together
    return answering.first_open(find_open(**visit.door.arguments) if merging else visit)


def _shown(visit: Visit, told: Promise, *, changed: bool = False) -> str:
    return answering.render(
        "respond/landing.html",
        visit,
        role=visit.questionnaire.role(visit.invited.role),
        origin=visit.edition.framework.origin,
        promise=told,
        changed=changed,
    )
