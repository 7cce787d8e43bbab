"""The list of studies, the overview of one, and the verbs of its wave."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import cells as groups
from surveyapp.actions import jobs, waves
from surveyapp.errors import WrongState
from surveyapp.queries import editions, entries, monitor, open_links, publications
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.queries import jobs as job_queries
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.evaluations.response import response_table
from surveyapp.web.guard import needs, public

evaluations = Blueprint("evaluations", __name__)


@evaluations.get("/evaluations")
@public("shows a visitor's own studies only, and the sign-in page to whom has none")
def index() -> str | Response:
    """The studies that the visitor may know of; with exactly one, that one."""
    user = visitor.user()
    if user is None:
        return redirect(url_for("account.sign_in"))
    found = evaluation_queries.visible_to(session(), user)
    if len(found) == 1:
        return redirect(url_for("evaluations.overview", slug=found[0].slug))
    return render_template("evaluations/index.html", evaluations=found, user=user)


@evaluations.get("/evaluations/<slug>")
@needs(Permission.EVALUATION_READ, on=study.on_evaluation)
def overview(slug: str) -> str:
    """What is asked, of whom, until when; for the team how many answered; and what can be done now."""
    evaluation = study.evaluation(slug)
    wave = study.latest_wave(evaluation)
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=evaluation)
    edition = editions.of(session(), wave)
    may_monitor = study.allowed(Permission.RESPONSE_MONITOR, evaluation)
    cells = monitor.per_cell(session(), wave) if may_monitor else []
    return render_template(
        "evaluations/overview.html",
        evaluation=evaluation,
        wave=wave,
        state=wave.state_at(clock.now()),
        edition=edition,
        open_cells=open_links.per_cell(session(), wave) if may_monitor else [],
        response=response_table(cells, edition.questionnaire) if may_monitor else None,
        channels=entries.by_channel(session(), wave) if may_monitor else {},
        publication=publications.of(session(), wave),
        publishing=job_queries.pending(session(), "publish", wave=wave.id),
        own=study.own_memberships(evaluation),
        too_small=groups.organisations_too_small(session(), wave) if may_monitor else (),
        least=groups.LEAST,
    )


@evaluations.post("/evaluations/<slug>/close")
@needs(Permission.WAVE_CLOSE, on=study.on_evaluation)
def close(slug: str) -> Response:
    """End the asking now."""
    wave = evaluation_queries.wave(session(), study.evaluation(slug))
    waves.close(session(), wave=wave, by=visitor.user())
    session().commit()
    return redirect(url_for("evaluations.overview", slug=slug))


@evaluations.post("/evaluations/<slug>/publish")
@needs(Permission.RESULTS_PUBLISH, on=study.on_evaluation)
def publish(slug: str) -> Response:
    """Let a worker protect and freeze the results; asked twice, it happens once."""
    user = visitor.user()
    wave = evaluation_queries.wave(session(), study.evaluation(slug))
    if wave.state_at(clock.now()) != "closed":
        raise WrongState("wave-still-open")
    asked_before = job_queries.pending(session(), "publish", wave=wave.id)
    if user is not None and not asked_before and publications.of(session(), wave) is None:
        jobs.enqueue(session(), kind="publish", evaluation_id=wave.evaluation_id, wave=wave.id, by=user.id)
        session().commit()
    return redirect(url_for("evaluations.overview", slug=slug))
