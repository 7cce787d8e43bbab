"""What people read when something goes wrong."""

import re

import pytest

from surveyapp import errors
from surveyapp.web.errors import STATUS, page, sentence
from tests.web.conftest import Study
from tests.web.staff import Stage, set_up


def _break(study: Study, error: Exception) -> None:
    def view() -> str:
        raise error

    study.app.view_functions["pages.privacy"] = view


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (errors.NotFound("evaluation"), 404, "Deze pagina bestaat niet"),
        (errors.NotAllowed("permission"), 403, "U mag deze pagina niet zien"),
        (errors.WrongState("already-published"), 409, "al gepubliceerd"),
        (errors.NotAllowed("too-many-attempts", seconds=30), 403, "over 30 seconden"),
        (errors.NotAllowed("too-many-attempts", seconds=30), 403, "Wacht even"),
        (errors.NotFound("link-not-valid"), 404, '<h1 class="utrecht-heading-1">Deze link werkt niet</h1>'),
        (errors.Unavailable("mail"), 503, "Dit werkt op dit moment niet"),
    ],
)
def test_an_error_of_the_domain_becomes_a_page_in_dutch(
    study: Study, error: errors.SurveyError, status: int, words: str
) -> None:
    _break(study, error)
    answer = study.client().get("/privacy")
    assert answer.status_code == status
    assert words in answer.text


def test_an_unexpected_error_shows_a_page_without_its_inside(study: Study) -> None:
    _break(study, RuntimeError("password of the database"))
    answer = study.client().get("/privacy")
    assert answer.status_code == 500
    assert "Er ging bij ons iets mis" in answer.text
    for inside in ("password", "Traceback", "RuntimeError", ".py"):
        assert inside not in answer.text


def test_errors_speak_the_language_of_the_address(study: Study) -> None:
    assert "This page does not exist" in study.client().get("/nowhere?language=en").text
    assert "Deze pagina bestaat niet" in study.client().get("/nowhere").text


def test_who_works_here_finds_the_way_back_and_who_answers_is_not_sent_to_the_office(stage: Stage) -> None:
    set_up(stage)
    assert 'href="/evaluations"' in stage.client("anna").get("/evaluations/nowhere").text
    assert 'href="/evaluations"' not in stage.client().get("/nowhere").text


def test_a_wrong_method_and_a_form_that_is_too_large_get_a_page_too(study: Study) -> None:
    client = study.client()
    answer = client.post("/privacy")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert "Dit kan op dit adres niet" in answer.text
    assert "This cannot be done at this address" in client.post("/privacy?language=en").text
    link = study.invite()
    client.post(link)
    answer = client.post(f"{link}/g1", data={"g1_good": "a" * 5_000_000})
    assert answer.status_code == 413
    assert "te veel in één keer" in answer.text


def test_every_title_and_advice_of_an_error_has_its_dutch(study: Study) -> None:
    with study.app.test_request_context("/"):
        dutch = {status: page(status)[0] for status in (400, 403, 404, 405, 409, 410, 413, 418, 422, 429, 500, 503)}
    with study.app.test_request_context("/?language=en"):
        english = {status: page(status)[0] for status in dutch}
    for status, shown in dutch.items():
        words = [re.findall(r"<(?:h1|p) [^>]*>([^<]+)<", text) for text in (shown, english[status])]
        assert len(words[0]) == len(words[1]) == 2
        assert not set(words[0]) & set(words[1]), status


@pytest.mark.parametrize("code", ["wave-still-open", "already-closed", "link-not-valid", "wave-closed"])
def test_what_a_visitor_can_run_into_says_what_to_do(study: Study, code: str) -> None:
    with study.app.test_request_context("/?language=en"):
        assert sentence(errors.WrongState(code)) not in {sentence(errors.WrongState("another-code")), ""}


def test_an_address_that_no_database_can_look_up_is_not_there(stage: Stage) -> None:
    set_up(stage)
    for path in ("/evaluations/%00", "/evaluations/samen/scores/organisations/%00", "/r/%00", "/password/%00"):
        assert stage.client("anna").get(path).status_code == 404, path


def test_every_kind_of_error_has_a_status() -> None:
    assert set(STATUS) == set(errors.SurveyError.__subclasses__()) | (set(STATUS) - {errors.SurveyError})


def test_a_code_without_words_of_its_own_gets_advice(study: Study) -> None:
    with study.app.test_request_context("/"):
        assert sentence(errors.NotFound("some-new-code")) == (
            "Controleer het adres, of gebruik de link in het bericht dat u hebt ontvangen."
        )
