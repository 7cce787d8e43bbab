"""The response monitor of a wave: counted anew each time it is asked for, and as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.models import Evaluation, Wave
from surveyapp.queries import count_links, editions, handed_in
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.queries import monitor as queries
from surveyapp.queries.monitor import Day
from surveyapp.queries.open_links import OpenCell
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.reports import spreadsheet
from surveyapp.web import downloads, study
from surveyapp.web.database import session
from surveyapp.web.guard import needs
from surveyapp.web.monitor import file, numbers
from surveyapp.web.monitor.over_time import lines
from surveyapp.web.monitor.table import ORDERS, Order, Table, arranged, in_order, of_one_role
from surveyapp.web.refreshing import Refreshing
from surveyapp.web.words import _

monitor = Blueprint("monitor", __name__)

_team = needs(Permission.RESPONSE_MONITOR, on=study.on_evaluation)


@dataclass(frozen=True)
class Counted:
    """Everything that was counted of a wave at one moment."""

    wave: Wave
    questionnaire: Questionnaire
    table: Table
    open_cells: tuple[OpenCell, ...]
    days: Sequence[Day]
    channels: dict[str, int]
    uninvited: int
    at: datetime


@monitor.get("/evaluations/<slug>/monitor")
@_team
def index(slug: str) -> str:
    """How many were invited, opened, started and answered; per organisation and role, per role, and over time."""
    evaluation = study.evaluation(slug)
    wave = _wave(evaluation)
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=evaluation)
    counted = _counted(wave)
    role, order = _role(counted), _order()
    state = wave.state_at(counted.at)
    shown = of_one_role(counted.table, role) if role else counted.table
    return render_template(
        "monitor/index.html",
        evaluation=evaluation,
        wave=wave,
        state=state,
        counted=counted,
        rows=in_order(shown.rows, order),
        shown=shown,
        lines=lines(counted.days, counted.table.count.invited),
        role=role,
        order=order,
        channels=counted.channels,
        excluded=handed_in.excluded(session(), wave),
        links=sum(link.revoked_at is None for link in count_links.of_wave(session(), wave).values()),
        uninvited=counted.uninvited if state == "open" else 0,
        waves=queries.waves(session(), evaluation),
        onward=_onward(evaluation),
        refreshing=Refreshing.asked() if state == "open" else Refreshing("no"),
        at=_address,
    )


@monitor.get("/evaluations/<slug>/response.csv")
@_team
def cells(slug: str) -> Response:
    """The numbers of every organisation and role, with totals."""
    counted = _counted(evaluation_queries.wave(session(), study.evaluation(slug), _number()))
    return downloads.csv(file.text(counted.table, counted.open_cells), f"{slug}-response.csv")


@monitor.get("/evaluations/<slug>/response-per-day.csv")
@_team
def days(slug: str) -> Response:
    """How many had opened and sent at the end of each day; no rows where no moment is kept."""
    found = queries.per_day(session(), evaluation_queries.wave(session(), study.evaluation(slug), _number()))
    rows = [(str(day.day), day.opened, day.submitted, day.through_links) for day in found]
    text = spreadsheet.table(("day", "opened", "submitted", "submitted_through_open_links"), rows)
    return downloads.csv(text, f"{slug}-response-per-day.csv")


def _onward(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Where those who did not answer yet can be written to: title and address."""
    pages = (
        (Permission.INVITATION_MANAGE, "people.index", _("People")),
        (Permission.MAIL_SEND, "mail.index", _("Mail")),
    )
    return [
        (title, url_for(endpoint, slug=evaluation.slug))
        for permission, endpoint, title in pages
        if study.allowed(permission, evaluation)
    ]


def _wave(evaluation: Evaluation) -> Wave | None:
    if _number() is None:
        return study.latest_wave(evaluation)
    return evaluation_queries.wave(session(), evaluation, _number())


def _counted(wave: Wave) -> Counted:
    questionnaire = editions.of(session(), wave).questionnaire
    members = evaluation_queries.memberships(session(), wave.evaluation)
    found = numbers.of(wave)
    table = arranged(found.cells, members, questionnaire, wave.targets)
    open_cells = tuple(found.open_cells)
    return Counted(wave, questionnaire, table, open_cells, found.days, found.channels, found.uninvited, found.at)


def _role(counted: Counted) -> str:
    """The key of the role that is looked at alone; empty for all."""
    asked = request.args.get("role", "")
    return asked if asked in {each.role.key for each in counted.table.roles} else ""


def _order() -> Order:
    asked = request.args.get("order")
    return next((order for order in ORDERS if order == asked), "study")


def _number() -> int | None:
    """Of the wave that is looked at; None for the latest."""
    return request.args.get("wave", type=int)


def _address(**changes: str | None) -> str:
    """This page with what was chosen before, and these choices instead."""
    kept = {name: request.args[name] for name in ("wave", "role", "order", "refresh") if name in request.args}
    chosen: dict[str, Any] = {name: value for name, value in (kept | changes).items() if value}
    return url_for("monitor.index", slug=request.view_args["slug"] if request.view_args else "", **chosen)
