"""Errors of the domain, as somebody at the prompt reads them."""

from sqlalchemy.exc import OperationalError

from surveyapp.cli.wording import about_database, sentence
from surveyapp.errors import NotFound, WrongState


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    assert sentence(NotFound("account", email="dirk@x.example")) == (
        "there is no account 'dirk@x.example': check the address, or leave --as out"
    )


def test_an_error_without_a_sentence_is_spelled_out() -> None:
    assert sentence(WrongState("not-known-yet", wave_number=2)) == "not known yet: wave number 2"


def test_an_error_of_the_database_tells_why_and_nothing_of_what_was_asked() -> None:
    why = Exception("unable to open\nDETAIL: anna@bureau.example")
    said = about_database(OperationalError("SELECT email FROM user", {"email": "anna@bureau.example"}, why))
    assert "unable to open" in said
    assert "surveyapp migrate" in said
    assert "anna" not in said
    assert "SELECT" not in said
