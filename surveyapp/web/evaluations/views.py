"""The list of studies, the overview of one, and the verbs of its wave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission, Scope, may
from surveyapp.actions import cells as groups
from surveyapp.actions import waves
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Evaluation, Wave
from surveyapp.queries import editions, entries, monitor, open_links, publications
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.queries import jobs as job_queries
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.formats import long_date
from surveyapp.web.guard import needs, public
from surveyapp.web.set_up.forms import ReasonForm, UntilForm
from surveyapp.web.told import tell
from surveyapp.web.words import _

evaluations = Blueprint("evaluations", __name__)

Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Answering:
    """How many people of a wave were invited, began and handed in; and who came through open links, beside those."""

    invited: int
    started: int
    submitted: int
    has_open_roles: bool
    through_links: int

    @property
    def rate(self) -> float | None:
        """Submitted as a share of invited, 0 to 1; None where nobody was invited."""
        return self.submitted / self.invited if self.invited else None

    @property
    def unsent(self) -> int:
        """Began, and did not hand in."""
        return self.started - self.submitted


@evaluations.get("/evaluations")
@public("shows a visitor's own studies only, and the sign-in page to whom has none")
def index() -> str | Response:
    """The studies that the visitor may know of; with exactly one, that one, for who cannot begin another."""
    user = visitor.user()
    if user is None:
        return redirect(url_for("account.sign_in"))
    found = evaluation_queries.visible_to(session(), user)
    may_begin = may(user, Permission.EVALUATION_CREATE, Scope())
    if len(found) == 1 and not may_begin:
        return redirect(url_for("evaluations.overview", slug=found[0].slug))
    return render_template("evaluations/index.html", studies=[_listed(one) for one in found], may_begin=may_begin)


@evaluations.get("/evaluations/<slug>")
@needs(Permission.EVALUATION_READ, on=study.on_evaluation)
def overview(slug: str) -> str:
    """What is asked, of whom, until when; for the team how many answered; and what can be done now."""
    return _shown(study.evaluation(slug), {})


@evaluations.post("/evaluations/<slug>/close")
@needs(Permission.WAVE_CLOSE, on=study.on_evaluation)
def close(slug: str) -> Page:
    """End the asking now, for a reason."""
    form = ReasonForm(request.form, prefix="close-")
    return _done(slug, "close", form, lambda wave: _close(wave, form))


@evaluations.post("/evaluations/<slug>/extend")
@needs(Permission.WAVE_CLOSE, on=study.on_evaluation)
def extend(slug: str) -> Page:
    """Give people longer, for a reason."""
    form = UntilForm(request.form, prefix="extend-")
    return _done(slug, "extend", form, lambda wave: _extend(wave, form))


@evaluations.post("/evaluations/<slug>/reopen")
@needs(Permission.WAVE_CLOSE, on=study.on_evaluation)
def reopen(slug: str) -> Page:
    """Let people answer again, for a reason."""
    form = UntilForm(request.form, prefix="reopen-")
    return _done(slug, "reopen", form, lambda wave: _reopen(wave, form))


def _listed(evaluation: Evaluation) -> tuple[Evaluation, Wave | None, str]:
    """A study with its latest wave and that one's state, empty where there is none."""
    wave = study.latest_wave(evaluation)
    return evaluation, wave, wave.state_at(clock.now()) if wave is not None else ""


def _close(wave: Wave, form: ReasonForm) -> str:
    waves.close(session(), wave=wave, by=visitor.user(), reason=str(form.reason.data))
    return _("The wave has been closed. Nobody can answer any more.")


def _extend(wave: Wave, form: UntilForm) -> str:
    until = _end(form)
    waves.extend(session(), wave=wave, closes_at=until, reason=str(form.reason.data), by=visitor.user())
    return _("People can answer up to and including %(date)s.", date=long_date(until))


def _reopen(wave: Wave, form: UntilForm) -> str:
    until = _end(form)
    waves.reopen(session(), wave=wave, closes_at=until, reason=str(form.reason.data), by=visitor.user())
    return _("People can answer again, up to and including %(date)s.", date=long_date(until))


def _done(slug: str, verb: str, form: ReasonForm, act: Callable[[Wave], str]) -> Page:
    """Do it and tell so; with a mistake the overview again with everything that was typed."""
    evaluation = study.evaluation(slug)
    wave = study.asked_wave(evaluation)
    if wave is None:
        raise WrongState("wave-not-open")
    if not form.validate():
        return _shown(evaluation, {verb: form}), 422
    try:
        words = act(wave)
    except InvalidContent as problem:
        field = form[_FIELDS.get(problem.code, "reason")]
        field.errors = [*field.errors, sentence(problem)]
        return _shown(evaluation, {verb: form}), 422
    session().commit()
    tell(words)
    return redirect(url_for("evaluations.overview", slug=slug), 303)


_FIELDS: Final = {"not-later": "closes_on", "closes-in-the-past": "closes_on"}
"""Code of a refusal -> the field that it is about."""


def _end(form: UntilForm) -> datetime:
    if form.closes_on.data is None:
        raise ValueError("a form that was not validated")
    return clock.end_of(form.closes_on.data)


def _shown(evaluation: Evaluation, forms: Mapping[str, ReasonForm]) -> str:
    latest, wave = study.latest_wave(evaluation), study.asked_wave(evaluation)
    being_set_up = latest if latest is not None and latest.ready_at is None else None
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=evaluation, being_set_up=being_set_up)
    edition = editions.of(session(), wave)
    may_monitor = study.allowed(Permission.RESPONSE_MONITOR, evaluation)
    return render_template(
        "evaluations/overview.html",
        evaluation=evaluation,
        wave=wave,
        being_set_up=being_set_up,
        state=wave.state_at(clock.now()),
        edition=edition,
        response=_answering(wave) if may_monitor else None,
        channels=entries.by_channel(session(), wave) if may_monitor else {},
        publication=publications.of(session(), wave),
        published=publications.published_wave(session(), evaluation),
        publishing=job_queries.pending(session(), "publish", wave=wave.id),
        own=study.own_memberships(evaluation),
        too_small=groups.organisations_too_small(session(), wave) if may_monitor else (),
        least=groups.LEAST,
        verbs=_forms(wave, forms),
        errors=[
            (form[name].name, words)
            for form in forms.values()
            for name, found in form.errors.items()
            for words in found
        ],
    )


def _answering(wave: Wave) -> Answering:
    cells, through_links = monitor.per_cell(session(), wave), open_links.per_cell(session(), wave)
    return Answering(
        invited=sum(cell.invited for cell in cells),
        started=sum(cell.started for cell in cells),
        submitted=sum(cell.submitted for cell in cells),
        has_open_roles=bool(through_links),
        through_links=sum(cell.sent for cell in through_links),
    )


def _forms(wave: Wave, typed: Mapping[str, ReasonForm]) -> dict[str, ReasonForm]:
    """The forms of the verbs, empty or as they were typed; their dates begin two weeks further on."""
    after = max(clock.local(wave.closes_at), clock.local(clock.now())).date() + timedelta(weeks=2)
    return {
        "close": typed.get("close") or ReasonForm(prefix="close-"),
        "extend": typed.get("extend") or UntilForm(prefix="extend-", data={"closes_on": after}),
        "reopen": typed.get("reopen") or UntilForm(prefix="reopen-", data={"closes_on": after}),
    }
