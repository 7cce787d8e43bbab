"""Preparing interviews: which topics where, and the guide on paper."""

import re

import pytest
from sqlalchemy import select

from surveyapp.models import Event, Grant, User
from surveyapp.web import renderings
from tests.web.posting import post
from tests.web.staff import Stage, set_up


def test_every_organisation_is_listed_with_its_topics_and_its_guide(published: Stage) -> None:
    page = published.page("anna", "/interviews")
    assert re.findall(r'<h2 class="utrecht-heading-3">(\w+)</h2>', page) == ["Almelo", "Borne", "Enschede"]
    for code in ("GM0141", "GM0147", "GM0153"):
        assert f'href="/evaluations/samen/interviews/{code}"' in page


def test_a_guide_has_the_topics_of_the_organisation_and_what_was_written(published: Stage) -> None:
    page = published.page("anna", "/interviews/GM0147")
    assert "Borne" in page
    assert "Wij governor &lt;b&gt;1&lt;/b&gt;" in page
    assert "<b>1</b>" not in page
    assert "&lt;b&gt;0&lt;/b&gt;" not in page
    assert 'class="notes"' in page


def test_the_guide_is_printed_by_a_worker_and_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(stage)
    monkeypatch.setattr(renderings, "PATIENCE", 0.0)
    first = stage.client("anna").get("/evaluations/samen/interviews/GM0147.pdf?language=en")
    assert first.status_code == 503
    assert first.headers["Retry-After"] == "5"
    assert "The guide is being made" in first.get_data(as_text=True)
    stage.work()
    second = stage.client("anna").get("/evaluations/samen/interviews/GM0147.pdf?language=en")
    assert second.status_code == 200
    assert second.content_type == "application/pdf"
    assert second.data.startswith(b"%PDF-")
    assert second.headers["Cache-Control"] == "no-store"
    assert "borne" in second.headers["Content-Disposition"]


def test_an_interviewer_sees_the_topics_of_their_own_organisations_and_no_scores(published: Stage) -> None:
    page = published.page("ina", "/interviews?language=en")
    assert re.findall(r'<h2 class="utrecht-heading-3">(\w+)</h2>', page) == ["Borne"]
    assert "/interviews/GM0147" in page
    assert "/scores" not in page
    assert "Almelo" not in page


def test_an_interviewer_reads_what_was_written_there_and_that_is_logged(stage: Stage) -> None:
    set_up(stage)
    page = stage.page("ina", "/interviews/GM0147?language=en")
    assert "Wij governor &lt;b&gt;1&lt;/b&gt;" in page
    assert "That you read these answers is logged." in page
    assert "/scores" not in page
    with stage.database.session(readonly=True) as session:
        ina = session.scalars(select(User.id).where(User.name == "ina")).one()
        borne = session.scalars(select(Grant.membership_id).where(Grant.user_id == ina)).one()
        read = session.scalars(select(Event).where(Event.verb == "answers.read-open")).one()
        assert (read.actor_id, read.details) == (ina, {"membership": borne})


def test_an_interviewer_fetches_the_figure_and_the_guide_of_their_own_organisation_only(stage: Stage) -> None:
    set_up(stage)
    page = stage.page("ina", "/interviews/GM0147")
    figure = re.search(r'src="/evaluations/samen(/figures/interviews/GM0147/\w+\.svg)', page)
    assert figure is not None
    with pytest.MonkeyPatch.context() as impatient:
        impatient.setattr(renderings, "PATIENCE", 0.0)
        assert stage.client("ina").get("/evaluations/samen/interviews/GM0147.pdf").status_code == 503
    stage.work()
    assert stage.client("ina").get(f"/evaluations/samen{figure[1]}").status_code == 200
    assert stage.client("ina").get("/evaluations/samen/interviews/GM0147.pdf").status_code == 200
    elsewhere = figure[1].replace("GM0147", "GM0141")
    for who, path, status in (
        ("ina", elsewhere, 403),
        ("ina", "/interviews/GM0141", 403),
        ("ina", "/interviews/GM0141.pdf", 403),
        ("anna", elsewhere, 404),
        ("bram", figure[1], 403),
    ):
        assert stage.client(who).get(f"/evaluations/samen{path}").status_code == status, (who, path)


def test_the_guide_follows_the_agenda_and_comes_in_three_formats(stage: Stage) -> None:
    set_up(stage)
    own = {"title": "De overgang", "reason": "Gehoord.", "version": "0", "questions": "Hoe ging dat?"}
    page = "/evaluations/samen/interviews/GM0147/agenda"
    assert post(stage.client("anna"), f"{page}/add", page=page, **own).status_code == 303
    for path in ("", "/beforehand"):
        assert "De overgang" in stage.page("anna", f"/interviews/GM0147{path}")
    with pytest.MonkeyPatch.context() as impatient:
        impatient.setattr(renderings, "PATIENCE", 0.0)
        addresses = [f"/interviews/GM0147{path}.{form}" for path in ("", "/beforehand") for form in ("docx", "odt")]
        for address in addresses:
            assert stage.client("anna").get(f"/evaluations/samen{address}").status_code == 503
    stage.work()
    for address in addresses:
        answer = stage.client("anna").get(f"/evaluations/samen{address}")
        assert answer.status_code == 200
        assert answer.data.startswith(b"PK")
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_guide_for_one_group_leaves_out_what_a_few_of_another_wrote(published: Stage) -> None:
    everybody = published.page("anna", "/interviews/GM0147")
    officials = published.page("anna", "/interviews/GM0147?role=official")
    assert "Wij governor" in everybody
    assert "Wij governor" not in officials
    assert "Wij official" in officials
    assert '<th scope="row">Iedereen samen' not in officials
    assert published.client("anna").get("/evaluations/samen/interviews/GM0147?role=nobody").status_code == 404


def test_the_programme_team_has_a_guide_without_anybodys_words(published: Stage) -> None:
    page = published.page("anna", "/interviews/programme")
    assert "Programmateam" in page
    assert "Wij governor" not in page
    assert published.client("ina").get("/evaluations/samen/interviews/programme").status_code == 403


def test_the_interviewee_gets_no_reason_no_words_and_no_number_that_was_not_published(published: Stage) -> None:
    page = published.page("anna", "/interviews/GM0147/beforehand?language=en").partition("<main")[2]
    for hidden in ("Wij ", "Why:", "weightings", "Number", "unprotected"):
        assert hidden not in page
    shown = set(re.findall(r"Published score: Borne ([\d.–]+), Regi\w+ ([\d.–]+)", page))
    safe = published.page("lead", "/publication/organisations/GM0147?language=en")
    assert shown
    for own, _region in shown:
        assert own == "–" or own in safe


def test_before_anything_was_published_the_interviewee_gets_no_number(stage: Stage) -> None:
    set_up(stage)
    page = stage.page("anna", "/interviews/GM0147/beforehand?language=en")
    assert "Published score" not in page
    assert "What we would like to talk about" in page
