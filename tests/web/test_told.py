"""Telling what a form brought about, once."""

from flask import Flask

from surveyapp.web.told import tell, told, warn, warned


def test_what_was_told_is_read_once_and_in_order() -> None:
    app = Flask("proof")
    app.secret_key = "x" * 32
    with app.test_request_context("/"):
        assert told() == []
        tell("Anna was added.")
        tell("Bram was added.")
        assert told() == ["Anna was added.", "Bram was added."]
        assert told() == []


def test_what_could_not_be_done_is_kept_apart() -> None:
    app = Flask("proof")
    app.secret_key = "x" * 32
    with app.test_request_context("/"):
        tell("Saved.")
        warn("There is nobody to write to.")
        assert (told(), warned()) == (["Saved."], ["There is nobody to write to."])
        assert (told(), warned()) == ([], [])


def test_a_cookie_is_not_filled_by_what_is_told() -> None:
    app = Flask("proof")
    app.secret_key = "x" * 32
    with app.test_request_context("/"):
        for number in range(50):
            tell(f"{number} " + "w" * 10_000)
        waiting = told()
        assert [sentence.split()[0] for sentence in waiting] == ["46", "47", "48", "49"]
        assert max(map(len, waiting)) == 500


def _tell() -> str:
    tell("Saved.")
    return ""


def test_it_waits_in_the_cookie_until_the_next_page_asks() -> None:
    app = Flask("proof")
    app.secret_key = "x" * 32
    app.add_url_rule("/act", "act", _tell)
    app.add_url_rule("/other", "other", lambda: "nothing is told here")
    app.add_url_rule("/page", "page", lambda: " ".join(told()))
    browser, another = app.test_client(), app.test_client()
    browser.get("/act")
    browser.get("/other")
    assert another.get("/page").text == ""
    assert browser.get("/page").text == "Saved."
    assert browser.get("/page").text == ""
