"""The pages of jobs."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from surveyapp import clock
from surveyapp.actions import jobs as verbs
from surveyapp.models import Event, Job
from surveyapp.queries import evaluations
from tests.web.staff import Stage, set_up_without_wave
from tests.web.test_evaluations import form_token

PATH = "/evaluations/samen/jobs"


@pytest.fixture
def team(stage: Stage) -> Stage:
    set_up_without_wave(stage)
    return stage


def job(stage: Stage, kind: str, state: str = "queued", slug: str | None = "samen", **values: object) -> int:
    with stage.database.session() as session:
        of = evaluations.by_slug(session, slug).id if slug is not None else None
        made = verbs.enqueue(session, kind=kind, evaluation_id=of)
        made.state = state
        for name, value in values.items():
            setattr(made, name, value)
        session.commit()
        return made.id


def state(stage: Stage, number: int) -> tuple[str, int]:
    with stage.database.session(readonly=True) as session:
        found = session.get_one(Job, number)
        return found.state, found.attempts


def retry(stage: Stage, who: str, path: str) -> int:
    client = stage.client(who)
    token = form_token(client.get("/evaluations/elders" if who == "dirk" else "/evaluations/samen").get_data(True))
    return client.post(path, data={"csrf_token": token}).status_code


def page(stage: Stage, who: str, path: str = PATH) -> str:
    answer = stage.client(who).get(f"{path}?language=en")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_without_work_the_page_says_so(team: Stage) -> None:
    assert "Nothing is waiting or running, nothing failed" in page(team, "anna")
    assert "Nothing is waiting or running, nothing failed" in page(team, "owner", "/jobs")


def test_the_page_tells_what_waits_runs_failed_and_was_done(team: Stage) -> None:
    moment = clock.now()
    for _ in range(3):
        job(team, "mail", leased_until=moment + timedelta(hours=2))
    lease = moment + timedelta(minutes=3)
    worker = "machine-of-otto-17-abcd"
    job(team, "import-people", "running", steps=400, done=120, worker=worker, attempts=1, leased_until=lease)
    job(team, "publish", "failed", problem="ZeroDivisionError", attempts=5, finished_at=moment)
    job(team, "render", "queued", problem="database-busy", attempts=2, leased_until=lease)
    job(team, "render", "done", finished_at=moment)
    shown = page(team, "anna")
    for words in (
        'Send mail</th><td class="number">3</td>',
        '<progress max="400" value="120"',
        "120 of 400",
        "1 of 5",
        "nobody foresaw (ZeroDivisionError)",
        "The database was in use all the time.",
        "2 of 5",
        "Done since yesterday",
    ):
        assert words in shown
    assert "machine" not in shown
    assert "Is a worker running?" not in shown


def test_a_worker_that_fell_silent_and_work_that_nobody_takes_are_told(team: Stage) -> None:
    moment = clock.now()
    number = job(team, "publish", "running", worker="gone", attempts=1, leased_until=moment - timedelta(minutes=1))
    assert "The worker fell silent; another takes over." in page(team, "anna")
    with team.database.session() as session:
        session.delete(session.get_one(Job, number))
        session.commit()
    job(team, "publish", created_at=moment - timedelta(minutes=10))
    assert "Is a worker running?" in page(team, "anna")


def test_a_study_sees_its_own_work_and_an_owner_all_with_whose_it_is(team: Stage) -> None:
    mine = job(team, "publish", "failed", finished_at=clock.now())
    other = job(team, "publish", "failed", "elders", finished_at=clock.now())
    installations = job(team, "erase-traces", "failed", None, finished_at=clock.now())
    own, every = page(team, "anna"), page(team, "owner", "/jobs")
    assert [f"({number})" in own for number in (mine, other, installations)] == [True, False, False]
    assert [f"({number})" in every for number in (mine, other, installations)] == [True, True, True]
    assert "the installation" in every
    assert 'href="/evaluations/elders/jobs' in every


def test_what_failed_is_tried_again_as_if_for_the_first_time_and_logged(team: Stage) -> None:
    number = job(team, "publish", "failed", attempts=5, finished_at=clock.now())
    assert retry(team, "anna", f"{PATH}/{number}/retry") == 303
    assert state(team, number) == ("queued", 0)
    assert "job.retry" in team.verbs()
    assert retry(team, "anna", f"{PATH}/{number}/retry") == 409
    again = job(team, "erase-traces", "failed", None, attempts=5, finished_at=clock.now())
    assert retry(team, "owner", f"/jobs/{again}/retry") == 303
    assert state(team, again) == ("queued", 0)
    with team.database.session(readonly=True) as session:
        told = session.scalars(select(Event.details).where(Event.verb == "job.retry").order_by(Event.id)).all()
    assert told == [{"kind": "publish"}, {"kind": "erase-traces"}]


def test_the_work_of_another_study_or_the_installation_is_not_there(team: Stage) -> None:
    for slug in ("elders", None):
        number = job(team, "publish", "failed", slug, attempts=5, finished_at=clock.now())
        assert retry(team, "anna", f"{PATH}/{number}/retry") == 404
        assert state(team, number) == ("failed", 5)


@pytest.mark.parametrize(
    ("who", "of_study", "of_all"),
    [("owner", 200, 200), ("anna", 200, 404), ("lead", 403, 404), ("dirk", 404, 404)],
)
def test_a_researcher_minds_a_study_and_an_owner_the_installation(
    team: Stage, who: str, of_study: int, of_all: int
) -> None:
    number = job(team, "publish", "failed", attempts=5, finished_at=clock.now())
    client = team.client(who)
    assert client.get(PATH).status_code == of_study
    assert client.get("/jobs").status_code == of_all
    for path, status in ((f"{PATH}/{number}/retry", of_study), (f"/jobs/{number}/retry", of_all)):
        if status != 200:
            assert retry(team, who, path) == status
    assert state(team, number) == ("failed", 5)


def test_a_foreign_form_is_refused_and_a_stranger_is_sent_to_the_door(team: Stage) -> None:
    number = job(team, "publish", "failed", attempts=5, finished_at=clock.now())
    assert team.client("anna").post(f"{PATH}/{number}/retry").status_code == 400
    assert team.client().get("/jobs").location.startswith("/sign-in")


def test_the_page_counts_again_while_somebody_looks(team: Stage) -> None:
    assert 'id="fresh" aria-live="off" data-every="30"' in page(team, "anna")
    answer = team.client("owner").get("/jobs?refresh=yes&language=en")
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in answer.get_data(as_text=True)


def call_off(stage: Stage, who: str, path: str, **fields: str) -> int:
    client = stage.client(who)
    token = form_token(client.get("/evaluations/elders" if who == "dirk" else "/evaluations/samen").get_data(True))
    return client.post(path, data={"csrf_token": token, **fields}).status_code


def test_what_makes_a_document_is_called_off_one_by_one_or_all_that_waits(team: Stage) -> None:
    running = job(team, "render", "running", worker="a", attempts=1, leased_until=clock.now() + timedelta(minutes=3))
    waiting = [job(team, "render") for _ in range(2)]
    mail = job(team, "mail")
    shown = page(team, "anna")
    assert f'id="cancel-{running}"' in shown
    assert 'id="cancel-render"' in shown
    assert 'id="cancel-mail"' not in shown
    assert call_off(team, "anna", f"{PATH}/{running}/cancel") == 303
    assert call_off(team, "anna", f"{PATH}/cancel", kind="render") == 303
    assert [state(team, number)[0] for number in (running, *waiting, mail)] == ["cancelled"] * 3 + ["queued"]
    assert call_off(team, "anna", f"{PATH}/{running}/cancel") == 409
    assert call_off(team, "anna", f"{PATH}/cancel", kind="mail") == 409
    assert call_off(team, "anna", f"{PATH}/cancel") == 409
    assert state(team, mail)[0] == "queued"


def test_only_who_minds_the_work_calls_it_off(team: Stage) -> None:
    number, other = job(team, "render"), job(team, "render", slug="elders")
    assert call_off(team, "anna", f"{PATH}/{other}/cancel") == 404
    for who, status in (("lead", 403), ("dirk", 404)):
        assert call_off(team, who, f"{PATH}/{number}/cancel") == status
        assert call_off(team, who, f"{PATH}/cancel", kind="render") == status
    assert call_off(team, "anna", f"/jobs/{other}/cancel") == 404
    assert [state(team, each)[0] for each in (number, other)] == ["queued", "queued"]
    assert call_off(team, "owner", f"/jobs/{other}/cancel") == 303
    assert state(team, other)[0] == "cancelled"
