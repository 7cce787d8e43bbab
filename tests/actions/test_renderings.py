"""Figures and documents: asked for once, made by a worker, kept for exactly their audience."""

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import renderings
from surveyapp.errors import InvalidContent
from surveyapp.models import Evaluation, Job, Rendering
from surveyapp.models.database import Database
from surveyapp.queries import renderings as found
from tests import cast

DIGEST = "d" * 64


def _request(session: Session, evaluation: Evaluation, audience: str = "team", member: int | None = None) -> Rendering:
    return renderings.request(
        session,
        evaluation=evaluation,
        audience=audience,
        membership_id=member,
        kind="figure",
        specification={"figure": "heatmap"},
        digest=DIGEST,
    )


def test_what_is_asked_for_twice_is_made_once(session: Session) -> None:
    evaluation = cast.study(session).evaluation
    first = _request(session, evaluation)
    assert _request(session, evaluation) is first
    job = session.scalars(select(Job)).one()
    assert (job.kind, job.arguments) == ("render", {"rendering": first.id})
    assert (first.specification, first.content) == ({"figure": "heatmap"}, None)


def test_what_was_made_for_one_audience_is_not_found_for_another(session: Session) -> None:
    study = cast.study(session)
    almelo, borne = (member.id for member in study.members[:2])
    _request(session, study.evaluation)
    own = _request(session, study.evaluation, "organisation", almelo)
    here = study.evaluation.id
    assert found.find(session, here, DIGEST, "organisation", almelo) is own
    assert found.find(session, here, DIGEST, "organisation", borne) is None
    assert found.find(session, here, DIGEST, "lead", None) is None
    assert found.find(session, here + 1, DIGEST, "team", None) is None


def test_the_worker_stores_what_it_made(session: Session) -> None:
    rendering = _request(session, cast.study(session).evaluation)
    renderings.store(session, rendering=rendering, media_type="image/svg+xml", content=b"<svg/>")
    session.commit()
    session.expire_all()
    assert (rendering.media_type, rendering.content) == ("image/svg+xml", b"<svg/>")


@pytest.mark.parametrize(("audience", "member"), [("everybody", None), ("organisation", None)])
def test_an_audience_that_is_nobody_is_refused(session: Session, audience: str, member: int | None) -> None:
    with pytest.raises(InvalidContent, match="unknown-audience"):
        _request(session, cast.study(session).evaluation, audience, member)


def test_two_who_ask_at_the_same_moment_get_one_rendering_and_one_job(database: Database) -> None:
    with database.session() as session:
        evaluation = cast.study(session).evaluation
    ids: list[int] = []

    def ask() -> None:
        with database.session() as own:
            ids.append(_request(own, own.get_one(Evaluation, evaluation.id)).id)
            own.commit()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session(readonly=True) as session:
        assert ids == [session.scalars(select(Rendering.id)).one()] * 6
        assert len(session.scalars(select(Job)).all()) == 1
