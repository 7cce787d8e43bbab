"""What makes a password easy to guess."""

import threading

import pytest

from surveyapp.actions.strength import weakness

OWN = ("Anna de Onderzoeker", "anna@bureau.example")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("wachtwoord1234", "common"),
        ("annadeonderzoeker", "own"),
        ("anna@bureau.example", "own"),
        ("Surveyapp2026", "own"),
        ("samenwerking1", "common"),
        ("zxcvbnm,./qwerty", "keyboard"),
        ("aaaaaaaaaaaaaaaa", "repeat"),
        ("abcdefghijklmnop", "sequence"),
        ("22-11-2026 ", "date"),
        ("elizabethmargaret", "name"),
        ("disappointments", "word"),
    ],
)
def test_an_easy_password_is_refused_with_what_makes_it_easy(password: str, why: str) -> None:
    assert weakness(password, OWN) == why


@pytest.mark.parametrize(
    "password",
    ["vier woorden op een rij", "x7Kp2mQ9vR4t", "correct horse battery staple", "kanarie trapleuning mosterd"],
)
def test_a_hard_one_is_taken(password: str) -> None:
    assert weakness(password, OWN) is None


def test_a_very_long_one_takes_no_longer_than_its_beginning() -> None:
    assert weakness("p@55w0rd" * 125, OWN) == "repeat"


def test_what_is_easy_for_one_is_not_for_another() -> None:
    assert weakness("kanariemosterd", ("Kanarie Mosterd",)) == "own"
    assert weakness("kanariemosterd", OWN) is None


def test_people_who_choose_at_the_same_moment_do_not_get_one_anothers_words() -> None:
    found: list[str | None] = []

    def choose(name: str) -> None:
        found.extend(weakness("kanariemosterd", (name,)) for _ in range(20))

    threads = [threading.Thread(target=choose, args=(name,)) for name in ("Kanarie Mosterd", "Anna", "Bram")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(why) for why in found) == ["None"] * 40 + ["own"] * 20
