"""Asking for what cannot be undone or leaves the team, and deciding on it, on the pages."""

import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from surveyapp.access import RESEARCHER
from surveyapp.actions import sign_ins, users, waves
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Evaluation, Publication, Wave
from surveyapp.models.database import Database
from tests.web.staff import SECRET, Stage, drop_curtain, set_up

APPROVALS = "/evaluations/samen/approvals"
WHY = "Het rapport moet vrijdag af."


@pytest.fixture
def careful(database_url: str) -> Iterator[Stage]:
    """An installation that wants four eyes, in which Anna and Berend research."""
    settings = Settings(database_url=database_url, secret_key=SECRET, four_eyes=True)
    stage = Stage(create_app(settings), Database(database_url))
    prepare(stage)
    yield stage
    drop_curtain(stage)


@pytest.fixture
def trusting(stage: Stage) -> Stage:
    """An installation in which a reason is enough."""
    prepare(stage)
    return stage


def prepare(stage: Stage) -> None:
    set_up(stage)
    stage.app.config["WTF_CSRF_ENABLED"] = False
    with stage.database.session() as session:
        study = session.scalars(select(Evaluation).where(Evaluation.slug == "samen")).one()
        berend = users.create(session, email="berend@bureau.example", name="Berend", by=None)
        users.grant(session, user=berend, role=RESEARCHER.name, evaluation=study, by=None)
        stage.cookies["berend"] = sign_ins.begin(session, user=berend)
        session.commit()


def close(stage: Stage) -> None:
    with stage.database.session() as session:
        wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()
        waves.close(session, wave=wave, by=None)
        session.commit()


def send(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    return client.post(f"{APPROVALS}{path}", data=typed)


def offered_wave(client: FlaskClient) -> str:
    found = re.search(r'<option value="(\d+)"', client.get(f"{APPROVALS}/export").text)
    assert found is not None
    return found[1]


def ask_for_export(client: FlaskClient) -> str:
    """The path of the request."""
    answer = send(client, "/export", wave=offered_wave(client), reason=WHY)
    assert answer.status_code == 303
    return str(answer.location).removeprefix(APPROVALS)


def is_published(stage: Stage) -> bool:
    stage.work()
    with stage.database.session(readonly=True) as session:
        return session.scalars(select(Publication.id)).first() is not None


def test_publishing_waits_for_another_who_reads_why(careful: Stage) -> None:
    close(careful)
    anna, berend = careful.client("anna"), careful.client("berend")
    page = anna.get(f"{APPROVALS}/publish?language=en").text
    assert "Somebody else has to approve this first: Berend, owner." in page
    asked = send(anna, "/publish", reason=WHY)
    path = str(asked.location).removeprefix(APPROVALS)
    assert not is_published(careful)
    assert send(anna, f"{path}/decide", decision="approve").status_code == 403
    assert WHY in berend.get(f"{APPROVALS}{path}").text
    assert send(berend, f"{path}/decide", decision="approve").status_code == 303
    assert is_published(careful)
    assert send(berend, f"{path}/decide", decision="refuse", answer="Te laat.").status_code == 409


def test_publishing_without_four_eyes_needs_a_reason_only(trusting: Stage) -> None:
    close(trusting)
    anna = trusting.client("anna")
    assert send(anna, "/publish", reason="  ").status_code == 422
    assert send(anna, "/publish", reason=WHY).location == "/evaluations/samen"
    assert send(anna, "/publish", reason=WHY).status_code == 409
    assert is_published(trusting)


def test_a_wave_that_is_open_cannot_be_published(trusting: Stage) -> None:
    anna = trusting.client("anna")
    assert anna.get(f"{APPROVALS}/publish").status_code == 409
    assert send(anna, "/publish", reason=WHY).status_code == 409


def test_answers_leave_once_after_approval_and_to_who_asked(careful: Stage) -> None:
    anna, berend = careful.client("anna"), careful.client("berend")
    path = ask_for_export(anna)
    assert send(anna, f"{path}/answers.zip").status_code == 409
    assert send(berend, f"{path}/decide", decision="approve").status_code == 303
    assert send(berend, f"{path}/answers.zip").status_code == 403
    assert "Fetch the answers" in anna.get(f"{APPROVALS}{path}?language=en").text
    assert send(anna, f"{path}/answers.zip", kind="docx").status_code == 404
    fetched = send(anna, f"{path}/answers.zip", kind="csv")
    assert fetched.status_code == 200
    assert fetched.headers["Content-Disposition"] == 'attachment; filename="samen-1-answers-csv.zip"'
    with ZipFile(io.BytesIO(fetched.data)) as packed:
        names = {name.removeprefix("samen-1-answers/") for name in packed.namelist()}
        lines = packed.read("samen-1-answers/answers.csv").decode().splitlines()
    assert names == {"answers.csv", "respondents.csv", "codebook.csv", "values.csv", "README.txt"}
    assert lines[0] == "respondent,organisation,role,question,answer"
    assert any(re.fullmatch(r"\d+,GM0141,governor,g1_1,[1-5]", line) for line in lines)
    assert send(anna, f"{path}/answers.zip").status_code == 409
    assert careful.verbs()[-2:] == ["answers.export", "answers.read-raw"]


def test_a_refusal_needs_a_reason_which_the_asker_reads(careful: Stage) -> None:
    anna, berend = careful.client("anna"), careful.client("berend")
    path = ask_for_export(anna)
    page = send(berend, f"{path}/decide", decision="refuse")
    assert page.status_code == 422
    assert 'href="#answer"' in page.text
    assert send(berend, f"{path}/decide", decision="refuse", answer="Nog niet <b>nu</b>.").status_code == 303
    assert "Nog niet &lt;b&gt;nu&lt;/b&gt;." in anna.get(f"{APPROVALS}{path}").text


def test_who_asked_can_take_it_back_and_nobody_else(careful: Stage) -> None:
    anna, berend = careful.client("anna"), careful.client("berend")
    path = ask_for_export(anna)
    assert send(berend, f"{path}/withdraw").status_code == 403
    assert send(anna, f"{path}/withdraw").status_code == 303
    assert send(berend, f"{path}/decide", decision="approve").status_code == 409


def test_anonymous_answers_cannot_be_asked_for(stage: Stage) -> None:
    set_up(stage, answers="nobody", regime="anonymous")
    page = stage.client("anna").get(f"{APPROVALS}/export?language=en")
    assert "nobody gets single answers" in page.text


def test_a_study_is_deleted_after_its_name_was_typed(trusting: Stage) -> None:
    anna = trusting.client("anna")
    wrong = send(anna, "/delete", name="Elders", reason=WHY)
    assert wrong.status_code == 422
    assert 'href="#name"' in wrong.text
    assert send(anna, "/delete", name=" samen ", reason=WHY).location == "/evaluations"
    trusting.work()
    assert anna.get("/evaluations/samen").status_code == 404
    assert trusting.client("dirk").get("/evaluations/elders").status_code == 200


def test_the_list_says_what_waits_for_whom(careful: Stage) -> None:
    anna, berend = careful.client("anna"), careful.client("berend")
    assert "Nothing waits for anybody." in anna.get(f"{APPROVALS}?language=en").text
    ask_for_export(anna)
    assert "Waits for a colleague to approve it." in anna.get(f"{APPROVALS}?language=en").text
    assert "Waits for you or another colleague." in berend.get(f"{APPROVALS}?language=en").text


def test_a_request_of_another_study_is_not_found(careful: Stage) -> None:
    path = ask_for_export(careful.client("anna"))
    assert careful.client("dirk").get(f"/evaluations/elders/approvals{path}").status_code == 404
