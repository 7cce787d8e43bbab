"""Keeping answers while they are given: what the pages' script asks for, answered in JSON whatever happens.

The request holds only the fields of questions that changed. The answer says what the page must now show; a refusal says
in a sentence why nothing more is kept, and where to go.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Final, ParamSpec

from flask import jsonify, request, url_for
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.errors import SurveyError
from surveyapp.queries.responses import Answering
from surveyapp.questionnaires.path import Step
from surveyapp.web import errors
from surveyapp.web.database import session
from surveyapp.web.respond import answering, showing, summing_up
from surveyapp.web.respond.answering import Kept
from surveyapp.web.respond.visit import Visit
from surveyapp.web.words import N_, _

_P = ParamSpec("_P")
_log = logging.getLogger(__name__)

_SENTENCES: Final = {
    "invitation": N_("This link does not work any more. Ask for a new link."),
    "response-withdrawn": N_("These answers have been withdrawn in another window."),
    "already-submitted": N_("These answers have been sent in from another window, and can no longer be changed here."),
}
"""Where the page that somebody has open makes another sentence true than an error page would say."""
_TOO_MUCH: Final = N_("This is more text than can be saved at once. Shorten your answer.")
_TRY_AGAIN: Final = 500
"""From this status on the script tries again by itself."""


def keep(visit: Visit, response: Answering, section: str) -> Response:
    """Keep what changed on the page of a section, and say what the page must show now.

    ``saved`` is the time of day, or null when nothing could be kept; ``shown`` the questions that the page shows, in
    order; ``problems`` key of an answer -> sentence; ``refused`` the questions of which something could not be kept;
    ``elsewhere`` the questions that another window changed, and this one did not; ``step`` how far along the page is.
    """
    kept = answering.accept(visit, response, section)
    session().commit()
    here = visit.page_of(section)
    return jsonify(
        saved=f"{clock.local(clock.now()):%H:%M}" if kept.saved or not kept.problems else None,
        was=kept.was,
        shown=[question.key for question in here.questions if question.key in kept.path.questions],
        problems=_problems(visit, kept, here),
        refused=sorted(_questions(kept.problems)),
        notices=_notices(summing_up.numbered(answering.sheet_of(visit, here), kept.path), kept),
        elsewhere=sorted(_questions(kept.elsewhere)),
        step=_step(showing.place(visit, kept.path, section)),
        go=None,
    )


def in_json(view: Callable[_P, Response]) -> Callable[_P, Response]:
    """Answer in JSON when the view raises, too."""

    @wraps(view)
    def spoken(*arguments: _P.args, **keywords: _P.kwargs) -> Response:
        try:
            return view(*arguments, **keywords)
        except SurveyError as error:
            sentence = _(_SENTENCES[error.code]) if error.code in _SENTENCES else errors.sentence(error)
            return _refused(errors.STATUS[type(error)], sentence, final=True)
        except RequestEntityTooLarge as error:
            return _refused(error.code, _(_TOO_MUCH), final=False)
        except HTTPException as error:
            return _refused(error.code or _TRY_AGAIN, errors.advice(error.code or _TRY_AGAIN), final=False)
        except Exception:  # noqa: BLE001 - logged here, and told in words
            _log.exception("an unexpected error")
            return _refused(_TRY_AGAIN, errors.advice(_TRY_AGAIN), final=False)

    return spoken


def _refused(status: int, sentence: str, *, final: bool) -> Response:
    """Why nothing was kept; where that is ``final``, the section's own page shows it to a browser that goes there."""
    go = url_for(f"{request.blueprint}.section", **(request.view_args or {})) if final else None
    told = jsonify(saved=None, was="", shown=[], problems={}, refused=[], notices=[sentence], elsewhere=[], go=go)
    told.status_code = status
    return told


def _problems(visit: Visit, kept: Kept, here: Step) -> dict[str, str]:
    """What is wrong with the answers that came; also what is unfinished, where the page says so already."""
    marked = set(request.form.getlist("wrong"))
    unfinished = {
        key: code for key, code in answering.unfinished(kept, here).items() if key.partition(".")[0] in marked
    }
    return answering.sentences(visit, here, unfinished | dict(kept.problems), kept.answers | dict(kept.typed))


def _step(place: Mapping[str, str]) -> dict[str, str | int]:
    sentence = _("Step %(step)s of %(steps)s", **place)
    return {"sentence": sentence, "number": int(place["step"]), "most": int(place["steps"])}


def _notices(numbers: Mapping[str, int], kept: Kept) -> list[str]:
    """A sentence per question that was changed in another window as well."""
    ours, theirs = _questions(kept.overwritten), _questions(kept.elsewhere)
    return [
        *(
            _("Question %(number)s was changed in another window too. What you filled in here is kept.", number=number)
            for key, number in numbers.items()
            if key in ours
        ),
        *(
            _("Question %(number)s was changed in another window. You now see that answer here.", number=number)
            for key, number in numbers.items()
            if key in theirs
        ),
    ]


def _questions(keys: Iterable[str]) -> set[str]:
    """The questions to which these keys of answers belong: ``g1_1.comment`` is part of ``g1_1``."""
    return {key.partition(".")[0] for key in keys}
