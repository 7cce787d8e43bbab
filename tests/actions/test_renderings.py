"""Figures and documents: asked for once, made by a worker, kept for exactly their audience."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import renderings, responses
from surveyapp.errors import InvalidContent
from surveyapp.models import Evaluation, Job, Rendering, Response
from surveyapp.models.database import Database
from surveyapp.queries import editions
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


def _copy(session: Session, study: cast.Study, response: Response, until: datetime) -> Rendering:
    return renderings.request(
        session,
        evaluation=study.evaluation,
        audience="respondent",
        membership_id=None,
        kind="own-copy",
        specification={"answers": "Van Bram."},
        digest=DIGEST,
        response_id=response.id,
        expires_at=until,
    )


def test_a_copy_is_found_by_its_owner_alone(session: Session) -> None:
    study = cast.study(session)
    bram, carla = (study.respond(session, role, t1_1="4") for role in ("governor", "official"))
    made = _copy(session, study, bram, clock.now() + timedelta(hours=1))
    here = study.evaluation.id
    assert found.find(session, here, DIGEST, "respondent", None, bram.id) is made
    assert found.find(session, here, DIGEST, "respondent", None, carla.id) is None
    assert found.find(session, here, DIGEST, "respondent", None) is None
    assert found.find(session, here, DIGEST, "team", None) is None


def test_a_copy_that_expired_is_not_found_and_thrown_away(session: Session) -> None:
    study = cast.study(session)
    bram = study.respond(session, "governor", t1_1="4")
    old = _copy(session, study, bram, clock.now() - timedelta(seconds=1))
    figure = _request(session, study.evaluation)
    assert found.find(session, study.evaluation.id, DIGEST, "respondent", None, bram.id) is None
    renderings.discard_expired(session)
    assert session.scalars(select(Rendering.id)).all() == [figure.id]
    assert old.id != figure.id


def test_a_copy_that_is_asked_for_again_stays_until_the_later_moment(session: Session) -> None:
    study = cast.study(session)
    bram = study.respond(session, "governor", t1_1="4")
    late, early = clock.now() + timedelta(hours=2), clock.now() + timedelta(hours=1)
    first = _copy(session, study, bram, early)
    assert _copy(session, study, bram, late) is first
    assert _copy(session, study, bram, early).expires_at == late
    assert len(session.scalars(select(Job)).all()) == 1


def test_a_copy_vanishes_with_the_answers(session: Session) -> None:
    study = cast.study(session)
    bram = study.respond(session, "governor", t1_1="4")
    made = _copy(session, study, bram, clock.now() + timedelta(hours=1))
    renderings.store(session, rendering=made, media_type="application/pdf", content=b"%PDF Van Bram.")
    session.expunge(made)
    responses.withdraw(session, response=bram, questionnaire=editions.of(session, study.wave).questionnaire)
    assert session.scalars(select(Rendering)).all() == []


@pytest.mark.parametrize(
    ("audience", "kind"), [("respondent", "figure"), ("respondent", "interview-guide"), ("team", "own-copy")]
)
def test_respondents_get_what_is_made_for_them_and_nobody_else_does(session: Session, audience: str, kind: str) -> None:
    with pytest.raises(InvalidContent, match="not-for-this-audience"):
        renderings.request(
            session,
            evaluation=cast.study(session).evaluation,
            audience=audience,
            membership_id=None,
            kind=kind,
            specification={},
            digest=DIGEST,
        )


@pytest.mark.parametrize("kind", ["own-copy", "paper-form"])
def test_one_s_own_answers_have_an_owner_and_an_end_and_a_form_has_neither(session: Session, kind: str) -> None:
    study = cast.study(session)
    owned = kind == "paper-form"
    with pytest.raises(InvalidContent, match="whose-copy"):
        renderings.request(
            session,
            evaluation=study.evaluation,
            audience="respondent",
            membership_id=None,
            kind=kind,
            specification={},
            digest=DIGEST,
            response_id=study.begin(session, "governor", t1_1="4").id if owned else None,
            expires_at=clock.now() if owned else None,
        )
