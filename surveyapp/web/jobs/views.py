"""The pages of jobs: a researcher minds those of a study, an owner all.

What failed can be tried again, and what only makes a figure or document can be called off.
"""

from flask import Blueprint, render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission, Scope
from surveyapp.actions import cancelling
from surveyapp.actions import jobs as verbs
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Job
from surveyapp.queries import jobs as queries
from surveyapp.web import refreshing, study, visitor
from surveyapp.web.database import session
from surveyapp.web.guard import needs
from surveyapp.web.jobs import wording
from surveyapp.web.told import tell
from surveyapp.web.words import _

jobs = Blueprint("jobs", __name__)


def _everywhere(**_view: object) -> Scope:
    return Scope()


_team = needs(Permission.JOB_MANAGE, on=study.on_evaluation)
_owner = needs(Permission.INSTALLATION_MANAGE, on=_everywhere)


@jobs.get("/evaluations/<slug>/jobs")
@_team
def of_study(slug: str) -> str:
    """What works for this study."""
    return _page(study.evaluation(slug))


@jobs.get("/jobs")
@_owner
def of_installation() -> str:
    """What works for any study, and for the installation itself."""
    return _page(None)


@jobs.post("/evaluations/<slug>/jobs/<int:number>/retry")
@_team
def retry_of_study(slug: str, number: int) -> Response:
    """Try a failed job of this study again."""
    return _retried(study.evaluation(slug), number)


@jobs.post("/jobs/<int:number>/retry")
@_owner
def retry(number: int) -> Response:
    """Try any failed job again."""
    return _retried(None, number)


@jobs.post("/evaluations/<slug>/jobs/<int:number>/cancel")
@_team
def cancel_of_study(slug: str, number: int) -> Response:
    """Call off a job of this study."""
    return _cancelled(study.evaluation(slug), number)


@jobs.post("/jobs/<int:number>/cancel")
@_owner
def cancel(number: int) -> Response:
    """Call off any job."""
    return _cancelled(None, number)


@jobs.post("/evaluations/<slug>/jobs/cancel")
@_team
def cancel_waiting(slug: str) -> Response:
    """Call off every job of the kind in the form that waits in this study."""
    evaluation, kind = study.evaluation(slug), request.form.get("kind", "")
    number = cancelling.cancel_waiting(session(), evaluation=evaluation, kind=kind, by=visitor.user())
    session().commit()
    tell(_("Called off: %(what)s (%(number)s).", what=wording.kind(kind), number=number))
    return redirect(_home(evaluation), 303)


def _page(evaluation: Evaluation | None) -> str:
    found = queries.minded(session(), evaluation_id=evaluation.id if evaluation is not None else None)
    return render_template(
        "jobs/index.html",
        evaluation=evaluation,
        found=found,
        studies=queries.titles(session(), found) if evaluation is None else {},
        most=verbs.MOST_ATTEMPTS,
        cancellable=cancelling.CANCELLABLE,
        now=clock.now(),
        wording=wording,
        refreshing=refreshing.Refreshing.asked(),
        at=refreshing.address,
    )


def _retried(evaluation: Evaluation | None, number: int) -> Response:
    job = _job(evaluation, number)
    verbs.retry(session(), job=job, by=visitor.user())
    session().commit()
    tell(_("It will be tried again: %(what)s.", what=wording.kind(job.kind)))
    return redirect(_home(evaluation), 303)


def _cancelled(evaluation: Evaluation | None, number: int) -> Response:
    job = _job(evaluation, number)
    cancelling.cancel(session(), job=job, by=visitor.user())
    session().commit()
    tell(_("Called off: %(what)s (%(number)s).", what=wording.kind(job.kind), number=1))
    return redirect(_home(evaluation), 303)


def _job(evaluation: Evaluation | None, number: int) -> Job:
    found = queries.by_id(session(), number, evaluation_id=evaluation.id if evaluation is not None else None)
    if found is None:
        raise NotFound("job")
    return found


def _home(evaluation: Evaluation | None) -> str:
    if evaluation is None:
        return url_for("jobs.of_installation")
    return url_for("jobs.of_study", slug=evaluation.slug)
