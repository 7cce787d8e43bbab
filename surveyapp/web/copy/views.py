"""The copy as a page and as a PDF."""

from datetime import UTC
from typing import Final

from flask import Blueprint, g, render_template
from werkzeug.wrappers import Response as AnyResponse

from surveyapp.actions import renderings as verbs
from surveyapp.actions.renderings import OWN_COPY, RESPONDENT
from surveyapp.errors import NotFound, SurveyError, WrongState
from surveyapp.models import Response
from surveyapp.queries import copies as queries
from surveyapp.queries import invitations, renderings
from surveyapp.questionnaires.text import say
from surveyapp.reports.own_copy import OwnCopy, html_body, own_copy, title_of
from surveyapp.reports.rendered import file_name
from surveyapp.web import errors, language
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.renderings import waited
from surveyapp.web.respond import copies, wording
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.copies import Opened
from surveyapp.web.respond.landing import promised
from surveyapp.web.respond.visit import Door, Visit, enter
from surveyapp.web.words import N_, _

copy = Blueprint("copy", __name__, url_prefix="/copy/<signature>")

_WHY: Final = "the signed address is the key, for a day"
_ENDED: Final = {
    "copy-expired": N_("The link to this copy worked for 24 hours. With the link in your invitation you can make a "
                       "new one."),
    "copy-reopened": N_("These answers were opened again to be changed after this copy was made. With the link in your "
                        "invitation you can make a new copy once they have been sent."),
    "copy-withdrawn": N_("These answers were withdrawn and deleted. There is no copy of them any more."),
}  # fmt: skip
"""Why a link that once worked does not any more."""


@copy.get("")
@public(_WHY)
def answers(signature: str) -> str:
    """All answers on a page."""
    opened = copies.opened(signature)
    visit, response = _visit(signature, opened)
    made = _made(visit, response)
    return render_template(
        "copy/answers.html",
        visit=visit,
        title=title_of(made),
        body=html_body(made),
        expires=wording.moment(opened.expires_at),
    )


@copy.post("/pdf")
@public(_WHY)
def printed(signature: str) -> Page:
    """The same as a PDF, which a worker makes; when that takes long, a page that says to try again."""
    opened = copies.opened(signature)
    visit, response = _visit(signature, opened)
    made = _made(visit, response)
    keys = (response.wave.evaluation_id, made.digest_for(response.id), RESPONDENT, None, response.id)
    _ask(response, made, opened)
    rendering = waited(lambda reading: renderings.find(reading, *keys))
    if rendering is None:
        return render_template("copy/being-made.html", visit=visit), 503
    named = file_name(title_of(made), "pdf")
    headers = {"Content-Disposition": f'attachment; filename="{named}"'}
    return AnyResponse(rendering.content, mimetype=rendering.media_type, headers=headers)


def _visit(signature: str, opened: Opened) -> tuple[Visit, Response]:
    """Whose copy this is; raises WrongState where the answers are not any more what was copied."""
    response = queries.of(session(), opened.response_id)
    if response is None:
        raise WrongState("copy-withdrawn")
    invited = None if response.invitation_id is None else invitations.by_id(session(), response.invitation_id)
    if invited is None:
        raise NotFound("copy")
    visit = enter(Door("copy", {"signature": signature}), invited)
    sent_at = response.submitted_at
    if sent_at is None or sent_at.astimezone(UTC).replace(microsecond=0) > opened.made_at:
        raise WrongState("copy-reopened")
    return visit, response


def _made(visit: Visit, response: Response) -> OwnCopy:
    told = promised(visit)
    return own_copy(
        visit.questionnaire,
        standing=visit.standing,
        answers=visit.answers,
        language=language.current(),
        study=say(visit.invited.title, language.current()),
        organisation=visit.invited.organisation,
        sent=wording.moment(response.submitted_at) if response.submitted_at is not None else "",
        summary=told.summary,
        audiences=told.audiences,
        entered=_entered(response),
    )


def _entered(response: Response) -> str:
    if response.channel == "paper":
        return _("You answered on paper. The research team entered your answers.")
    if response.channel == "telephone":
        return _("You answered by telephone. The research team entered your answers.")
    return ""


def _ask(response: Response, made: OwnCopy, opened: Opened) -> None:
    verbs.request(
        session(),
        evaluation=response.wave.evaluation,
        audience=RESPONDENT,
        membership_id=None,
        kind=OWN_COPY,
        specification=made.to_document(),
        digest=made.digest_for(response.id),
        response_id=response.id,
        expires_at=opened.expires_at,
    )
    session().commit()


@copy.errorhandler(SurveyError)
def _refuse(error: SurveyError) -> tuple[str, int]:
    if error.code in _ENDED:
        return render_template("copy/ended.html", visit=g.get("visit"), sentence=_(_ENDED[error.code])), 410
    if isinstance(error, NotFound):
        return render_template("respond/unknown.html"), 404
    return errors.page(errors.STATUS[type(error)], errors.sentence(error))
