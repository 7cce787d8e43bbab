"""What people read when something goes wrong."""

import pytest

from surveyapp import errors
from surveyapp.web.errors import STATUS, sentence
from tests.web.conftest import Study


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


def test_a_wrong_method_and_a_form_that_is_too_large_get_a_page_too(study: Study) -> None:
    client = study.client()
    assert "<h1" in client.post("/healthz").text
    link = study.invite()
    answer = client.post(f"{link}/g1", data={"g1_good": "a" * 2_000_000})
    assert answer.status_code == 413
    assert "te veel in één keer" in answer.text


def test_every_kind_of_error_has_a_status() -> None:
    assert set(STATUS) == set(errors.SurveyError.__subclasses__()) | (set(STATUS) - {errors.SurveyError})


def test_a_code_without_words_of_its_own_gets_advice(study: Study) -> None:
    with study.app.test_request_context("/"):
        assert sentence(errors.NotFound("some-new-code")) == (
            "Controleer het adres, of gebruik de link in het bericht dat u hebt ontvangen."
        )
