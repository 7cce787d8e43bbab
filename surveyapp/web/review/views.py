"""The page behind a reader's link. Looking changes nothing; one button keeps everything that was filled in."""

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.actions import reviews as verbs
from surveyapp.errors import InvalidContent, NotFound, SurveyError, WrongState
from surveyapp.models import Reviewer
from surveyapp.models.review import REMARK_KINDS, VERDICTS
from surveyapp.queries import reviews
from surveyapp.web import errors
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.language import prefer
from surveyapp.web.words import N_, _

review = Blueprint("review", __name__, url_prefix="/review/<token>")

Page = str | tuple[str, int] | Response
_WHY: Final = "the address holds a secret that only its reader was given"
KINDS: Final = {
    "fact": N_("Something is not correct"),
    "interpretation": N_("I see this differently"),
    "wording": N_("This could be worded better"),
}
GIVEN: Final = {"approved": N_("Approved as it is"), "approved-with-remarks": N_("Approved, with remarks")}
DECISIONS: Final = {"taken-over": N_("Taken over"), "partly": N_("Partly taken over"), "not": N_("Not taken over")}
_KEPT: Final = "kept"


@review.get("")
@public(_WHY)
def read(token: str) -> str:
    """The text with what this reader said of it, and after it was closed what was done with that."""
    return _page(_reader(token), {})


@review.post("")
@public(_WHY)
def say(token: str) -> Page:
    """Keep every remark and the verdict at once."""
    reader = _reader(token)
    said = {
        (each["key"], kind): request.form[f"{kind}-{each['key']}"].replace("\x00", "")
        for each in reader.review.paragraphs
        for kind in REMARK_KINDS
        if f"{kind}-{each['key']}" in request.form
    }
    verdict = request.form.get("verdict", "")
    try:
        verbs.say(session(), reader=reader, remarks=said, verdict=verdict if verdict in VERDICTS else "")
    except InvalidContent:
        session().rollback()
        long = _("A remark can be %(most)s characters long at most. Nothing was saved yet.", most=verbs.LONGEST_REMARK)
        return _page(_reader(token), said, wrong=long), 422
    except WrongState:
        session().rollback()
        late = _("The deadline has passed, so nothing was saved. Contact the research team if you still want to react.")
        return _page(_reader(token), said, wrong=late), 409
    session().commit()
    return redirect(url_for("review.read", token=token, done=_KEPT, _anchor="saved"), 303)


def _reader(token: str) -> Reviewer:
    found = reviews.reader_by_token(session(), token)
    prefer(found.review.language)
    return found


def _page(reader: Reviewer, said: dict[tuple[str, str], str], wrong: str = "") -> str:
    of, wave = reader.review, reader.review.wave
    made = {(each.paragraph, each.kind): each for each in reader.remarks}
    return render_template(
        "review/read.html",
        reader=reader,
        review=of,
        wave=wave,
        evaluation=wave.evaluation,
        state=reviews.state(of, clock.now()),
        made=made,
        texts={place: each.text for place, each in made.items()} | said,
        now_reads=reviews.now_reads(session(), of) if of.closed_at is not None else {},
        kinds=KINDS,
        verdicts=GIVEN,
        decisions=DECISIONS,
        wrong=wrong,
        saved=request.args.get("done") == _KEPT,
    )


@review.errorhandler(SurveyError)
def _refuse(error: SurveyError) -> tuple[str, int]:
    if isinstance(error, NotFound):
        return errors.page(404, _("This link does not work any more. Ask for a new link."))
    return errors.page(errors.STATUS[type(error)], errors.sentence(error))
