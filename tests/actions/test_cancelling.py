"""Work is called off: nothing of it is kept, and it can be asked for again."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import cancelling, jobs, renderings, reports
from surveyapp.errors import WrongState
from surveyapp.models import Evaluation, Event, Job, Rendering
from tests import cast


def _ask(session: Session, evaluation: Evaluation, digest: str) -> Rendering:
    return renderings.request(
        session,
        evaluation=evaluation,
        audience="team",
        membership_id=None,
        kind="figure",
        specification={"figure": "heatmap"},
        digest=digest * 64,
    )


def _told(session: Session) -> list[dict[str, object]]:
    return list(session.scalars(select(Event.details).where(Event.verb == "job.cancel")))


def test_a_waiting_job_is_called_off_and_what_it_would_make_can_be_asked_for_again(session: Session) -> None:
    evaluation = cast.study(session).evaluation
    _ask(session, evaluation, "a")
    job = session.scalars(select(Job)).one()
    cancelling.cancel(session, job=job, by=None)
    assert job.state == "cancelled"
    assert jobs.claim(session, worker="a") == []
    assert session.scalars(select(Rendering)).all() == []
    assert _told(session) == [{"kind": "render", "jobs": 1}]
    again = _ask(session, evaluation, "a")
    assert [each.arguments for each in jobs.claim(session, worker="a", limit=9)] == [{"rendering": again.id}]


def test_who_works_on_it_hears_so_and_stores_nothing(session: Session) -> None:
    _ask(session, cast.study(session).evaluation, "a")
    (job,) = jobs.claim(session, worker="a")
    cancelling.cancel(session, job=job, by=None)
    for tell in (jobs.hold, jobs.finish):
        with pytest.raises(WrongState, match="lease-lost"):
            tell(session, job_id=job.id, worker="a")
    assert session.scalars(select(Rendering)).all() == []


def test_gathering_all_reports_is_called_off(session: Session) -> None:
    study = cast.study(session)
    job = reports.request_all(session, wave=study.wave, language="nl", by=study.anna)
    cancelling.cancel(session, job=job, by=study.anna)
    assert job.state == "cancelled"


def test_what_was_made_already_is_kept(session: Session) -> None:
    rendering = _ask(session, cast.study(session).evaluation, "a")
    renderings.store(session, rendering=rendering, media_type="image/svg+xml", content=b"<svg/>")
    cancelling.cancel(session, job=session.scalars(select(Job)).one(), by=None)
    assert session.scalars(select(Rendering)).one().content == b"<svg/>"


def test_all_that_waits_in_a_study_is_called_off_at_once_and_nothing_else(session: Session) -> None:
    study = cast.study(session)
    for digest in "abc":
        _ask(session, study.evaluation, digest)
    (running,) = jobs.claim(session, worker="a")
    other = jobs.enqueue(session, kind="publish", evaluation_id=study.evaluation.id, wave=1, by=1)
    elsewhere = jobs.enqueue(session, kind="render", rendering=0)
    assert cancelling.cancel_waiting(session, evaluation=study.evaluation, kind="render", by=None) == 2
    assert [running.state, other.state, elsewhere.state] == ["running", "queued", "queued"]
    assert len(session.scalars(select(Rendering)).all()) == 1
    assert _told(session) == [{"kind": "render", "jobs": 2}]
    assert cancelling.cancel_waiting(session, evaluation=study.evaluation, kind="render", by=None) == 0
    assert len(_told(session)) == 1


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_what_has_ended_cannot_be_called_off(session: Session, state: str) -> None:
    job = jobs.enqueue(session, kind="render")
    job.state = state
    session.flush()
    with pytest.raises(WrongState, match="job-has-ended"):
        cancelling.cancel(session, job=job, by=None)


def test_what_must_not_stop_half_way_is_not_called_off(session: Session) -> None:
    study = cast.study(session)
    job = jobs.enqueue(session, kind="delete-evaluation", evaluation_id=study.evaluation.id)
    with pytest.raises(WrongState, match="job-not-cancellable"):
        cancelling.cancel(session, job=job, by=None)
    with pytest.raises(WrongState, match="job-not-cancellable"):
        cancelling.cancel_waiting(session, evaluation=study.evaluation, kind="delete-evaluation", by=None)
    assert job.state == "queued"
