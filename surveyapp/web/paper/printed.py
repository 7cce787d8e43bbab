"""A form as a worker prints it, the first time that somebody asks."""

from flask import render_template, request
from werkzeug.wrappers import Response

from surveyapp.actions import renderings as verbs
from surveyapp.actions.renderings import PAPER_FORM, RESPONDENT
from surveyapp.models import Evaluation
from surveyapp.questionnaires.text import say
from surveyapp.reports.paper_form import PaperForm
from surveyapp.reports.rendered import file_name
from surveyapp.web.database import database
from surveyapp.web.renderings import Audience, wait_for


def printed(evaluation: Evaluation, asked: PaperForm) -> Response | None:
    """The form as a worker made it; None when that takes longer than a visitor should wait."""
    audience = Audience(evaluation, RESPONDENT)
    with database().session() as writing:
        verbs.request(
            writing,
            evaluation=evaluation,
            audience=RESPONDENT,
            membership_id=None,
            kind=PAPER_FORM,
            specification=asked.to_document(),
            digest=asked.digest,
        )
        writing.commit()
    made = wait_for(audience, asked.digest)
    if made is None:
        return None
    named = file_name(f"{say(asked.questionnaire.title, asked.language)} {asked.organisation} {asked.role}", "pdf")
    headers = {"Content-Disposition": f'inline; filename="{named}"'}
    return Response(made.content, mimetype=made.media_type, headers=headers)


def later(template: str, **values: object) -> tuple[str, int]:
    """The page that says to look again in a moment."""
    return render_template(template, again=request.full_path.rstrip("?"), **values), 503
