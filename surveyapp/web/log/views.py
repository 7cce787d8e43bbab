"""The log as a page: the newest first, with filters that stand in the address; as a file; and whether it is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from flask import Blueprint, render_template, request, url_for
from flask_babel import format_datetime
from werkzeug.wrappers import Response

from surveyapp.access import Permission, Scope
from surveyapp.actions import log as verbs
from surveyapp.models import Evaluation, EventChain
from surveyapp.queries import editions, events
from surveyapp.queries.events import Fault, Line
from surveyapp.reports import log_files
from surveyapp.web import study, visitor
from surveyapp.web.database import database, session
from surveyapp.web.downloads import csv
from surveyapp.web.guard import needs
from surveyapp.web.language import said
from surveyapp.web.log import sentences
from surveyapp.web.log.filters import Filters

log = Blueprint("log", __name__)

ON_A_PAGE: Final = 50
_MOST_FAULTS: Final = 100
"""Shown at most; where there are more, nothing can be trusted anyway."""

_BEYOND: Final = 2**31


def everywhere() -> Scope:
    """The scope of what belongs to no single study."""
    return Scope()


_of_study = needs(Permission.LOG_READ, on=study.on_evaluation)
_of_all = needs(Permission.LOG_READ, on=everywhere)


@dataclass(frozen=True)
class Shown:
    """A line as it is read."""

    line: Line
    at: str
    who: str
    what: str
    thing: str


@log.get("/evaluations/<slug>/log")
@_of_study
def of_study(slug: str) -> str | tuple[str, int]:
    """What was done in this study."""
    return _page(study.evaluation(slug))


@log.get("/log")
@_of_all
def of_all() -> str | tuple[str, int]:
    """What was done in the whole installation."""
    return _page(None)


@log.get("/evaluations/<slug>/log/check")
@_of_study
def check_of_study(slug: str) -> str:
    """Whether anything was changed; the chain is of the whole installation."""
    return _checked(study.evaluation(slug))


@log.get("/log/check")
@_of_all
def check_of_all() -> str:
    """Whether anything was changed."""
    return _checked(None)


@log.get("/evaluations/<slug>/log/lines.csv")
@_of_study
def file_of_study(slug: str) -> Response | tuple[str, int]:
    """The lines that the page shows, all of them."""
    return _file(study.evaluation(slug))


@log.get("/log/lines.csv")
@_of_all
def file_of_all() -> Response | tuple[str, int]:
    """The lines that the page shows, all of them."""
    return _file(None)


def _filters(evaluation: Evaluation | None) -> Filters:
    form = Filters(request.args)
    form.offer(session(), evaluation.id if evaluation is not None else None)
    return form


def _page(evaluation: Evaluation | None) -> str | tuple[str, int]:
    form = _filters(evaluation)
    if not form.validate():
        return _rendered(evaluation, form, [], older=None), 422
    before = request.args.get("before", type=_number)
    wanted = form.wanted(evaluation.id if evaluation is not None else None)
    lines = events.page(session(), wanted, before=before, limit=ON_A_PAGE + 1)
    older = lines[ON_A_PAGE - 1].id if len(lines) > ON_A_PAGE else None
    return _rendered(evaluation, form, lines[:ON_A_PAGE], older=older)


def _number(written: str) -> int:
    """Of a line; raises ``ValueError`` for what cannot be one, which is as if it were not there."""
    number = int(written)
    if not 0 < number < _BEYOND:
        raise ValueError("no line has this number")
    return number


def _rendered(evaluation: Evaluation | None, form: Filters, lines: list[Line], *, older: int | None) -> str:
    chosen = {} if form.errors else form.chosen
    roles = _roles(evaluation)
    return render_template(
        "log/log.html",
        evaluation=evaluation,
        form=form,
        rows=[_shown(line, roles) for line in lines],
        chosen=chosen,
        older=_address(evaluation, "log", **chosen, before=older) if older is not None else None,
        newest=_address(evaluation, "log", **chosen) if request.args.get("before") else None,
        file=_address(evaluation, "file", **chosen),
        check=_address(evaluation, "check"),
        here=_address(evaluation, "log"),
    )


def _roles(evaluation: Evaluation | None) -> dict[str, str]:
    """What the roles of this study are called; of many studies together they could have different names."""
    wave = study.latest_wave(evaluation) if evaluation is not None else None
    if wave is None:
        return {}
    return {role.key: said(role.title) for role in editions.of(session(), wave).questionnaire.roles}


def _shown(line: Line, roles: dict[str, str]) -> Shown:
    who = sentences.installation() if line.actor_id is None else sentences.somebody(line.actor)
    at = format_datetime(line.at, "d MMM y HH:mm:ss")
    return Shown(line, at, who, sentences.sentence(line.verb, line.details, roles), sentences.thing(line.subject))


def _file(evaluation: Evaluation | None) -> Response | tuple[str, int]:
    form = _filters(evaluation)
    if not form.validate():
        return _rendered(evaluation, form, [], older=None), 422
    wanted = form.wanted(evaluation.id if evaluation is not None else None)
    text = "".join(log_files.as_csv(events.every(session(), wanted)))
    _tell(evaluation, events.count(session(), wanted))
    return csv(text, f"{evaluation.slug}-log.csv" if evaluation is not None else "log.csv")


def _tell(evaluation: Evaluation | None, lines: int) -> None:
    """Taking the log out is in the log."""
    with database().session() as writing:
        subject = writing.get_one(Evaluation, evaluation.id) if evaluation is not None else None
        verbs.record(
            writing,
            verb="log.export",
            subject=subject or writing.get_one(EventChain, 1),
            by=visitor.user(),
            evaluation=subject,
            lines=lines,
        )
        writing.commit()


def _checked(evaluation: Evaluation | None) -> str:
    found = list(islice(_faults(), _MOST_FAULTS))
    last = events.end(session())
    return render_template(
        "log/check.html",
        evaluation=evaluation,
        faults=found,
        last=last,
        back=_address(evaluation, "log"),
    )


def _faults() -> Iterator[Fault]:
    return events.faults(session())


_VIEWS: Final = {"log": ("log.of_study", "log.of_all"), "file": ("log.file_of_study", "log.file_of_all")} | {
    "check": ("log.check_of_study", "log.check_of_all")
}


def _address(evaluation: Evaluation | None, what: str, **query: object) -> str:
    of_study_, of_all_ = _VIEWS[what]
    if evaluation is None:
        return url_for(of_all_, **query)  # type: ignore[arg-type]
    return url_for(of_study_, slug=evaluation.slug, **query)  # type: ignore[arg-type]
