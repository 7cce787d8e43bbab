"""Which texts are found, and what is marked in them."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.searching.finding import Texts, marked
from surveyapp.analysis.searching.terms import parse
from surveyapp.analysis.searching.words import words

BOTH = ("nl", "en")
TEXTS = (
    "De gemeenten besluiten samen over de inkoop.",
    "Goede cijfers! Zonder goede cijfers, geen besluit.",
    "Cijfers: goede waren er niet. Coördinatie wel.",
    "De inkooporganisatie beslist over een e-mail.",
    "",
)
WORDS = ("gemeente", "gemeenten", "besluit", "besluiten", "inkoop", "goede", "cijfers", "é", "e", "mail", "van", "de")
WRITTEN = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
TYPED = st.lists(st.sampled_from([*WORDS, '"goede cijfers"', "-inkoop", "inkoo*", '-"de gemeente"']), max_size=3)


def found(typed: str) -> list[int]:
    return Texts(TEXTS, BOTH).find(parse(typed))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("gemeente", [0]),
        ("BESLUIT", [0, 1]),
        ("gemeente besluit", [0]),
        ("besluit gemeente", [0]),
        ("gemeente cijfers", []),
        ("goed cijfer", [1, 2]),
        ('"goede cijfers"', [1]),
        ('"goed cijfer"', []),
        ('"cijfers goede"', [2]),
        ("cijfers -coordinatie", [1]),
        ("-cijfers", [0, 3, 4]),
        ('cijfers -"goede cijfers"', [2]),
        ("inkoop", [0]),
        ("inkoop*", [0, 3]),
        ("coordinatie", [2]),
        ("e-mail", [3]),
        ("mail-e", []),
        ("onvindbaar", []),
    ],
)
def test_all_that_is_asked_must_hold(typed: str, expected: list[int]) -> None:
    assert found(typed) == expected


def marks(text: str, typed: str) -> list[str]:
    return [piece for piece, wanted in marked(text, parse(typed), BOTH) if wanted]


def test_words_are_marked_as_they_were_written() -> None:
    assert marks(TEXTS[0], "gemeente besluit") == ["gemeenten", "besluiten"]
    assert marks(TEXTS[1], '"goede cijfers"') == ["Goede cijfers", "goede cijfers"]
    assert marks(TEXTS[2], "coordinatie -besluit") == ["Coördinatie"]
    assert marks(TEXTS[3], "e-mail inkoop*") == ["inkooporganisatie", "e-mail"]
    assert marks(TEXTS[0], "-geld") == []


def test_what_overlaps_is_marked_once() -> None:
    assert marked("De goede cijfers.", parse('"goede cijfers" cijfer "de goede"'), BOTH) == [
        ("De goede cijfers", True),
        (".", False),
    ]


def test_markup_stays_text() -> None:
    text = "<script>alert(1)</script> & <b>gemeente</b>"
    assert "".join(piece for piece, _ in marked(text, parse("gemeente script"), BOTH)) == text
    assert marks(text, "script") == ["script", "script"]


@given(st.text(max_size=60) | WRITTEN, TYPED.map(" ".join) | st.text(max_size=20))
def test_the_pieces_are_the_text_and_marks_are_whole_words(text: str, typed: str) -> None:
    pieces = marked(text, parse(typed), BOTH)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert sum((words(piece) for piece, _ in pieces), ()) == words(text)


@given(st.lists(WRITTEN, max_size=6), TYPED)
def test_what_is_found_has_marks_and_what_is_not_found_misses_something(texts: list[str], typed: list[str]) -> None:
    search = parse(" ".join(typed))
    met = Texts(texts, BOTH).find(search)
    alone = [place for place, text in enumerate(texts) if Texts([text], BOTH).find(search)]
    assert met == alone
    for place in met:
        assert any(wanted for _, wanted in marked(texts[place], search, BOTH)) == bool(search.wanted)


@given(st.lists(WRITTEN, max_size=6), TYPED, TYPED)
def test_asking_more_never_finds_more_and_the_order_does_not_matter(
    texts: list[str], one: list[str], other: list[str]
) -> None:
    searched = Texts(texts, BOTH)
    both = searched.find(parse(" ".join([*one, *other])))
    assert set(both) == set(searched.find(parse(" ".join(one)))) & set(searched.find(parse(" ".join(other))))
    assert both == searched.find(parse(" ".join([*other, *one])))


@given(st.lists(WRITTEN, max_size=6), st.sampled_from(["gemeente", '"goede cijfers"', "inkoo*", "e-mail"]))
def test_a_minus_finds_exactly_the_others(texts: list[str], typed: str) -> None:
    searched = Texts(texts, BOTH)
    assert sorted([*searched.find(parse(typed)), *searched.find(parse(f"-{typed}"))]) == list(range(len(texts)))


@given(st.lists(WRITTEN, max_size=6), TYPED)
def test_a_part_of_the_texts_is_searched_as_if_it_were_all(texts: list[str], typed: list[str]) -> None:
    search, every_other = parse(" ".join(typed)), range(0, len(texts), 2)
    assert Texts(texts, BOTH).part(every_other).find(search) == Texts(texts[::2], BOTH).find(search)


@given(st.lists(WRITTEN, max_size=6), TYPED)
def test_capitals_make_no_difference(texts: list[str], typed: list[str]) -> None:
    search = parse(" ".join(typed))
    assert Texts(map(str.upper, texts), BOTH).find(search) == Texts(texts, BOTH).find(search)


def test_ten_thousand_answers_are_searched_in_a_moment() -> None:
    chance = random.Random(5)  # noqa: S311 - to have words, not secrets
    known = ["".join(chance.choices("abdeghiklmnoprstuvw", k=chance.randint(2, 12))) for _ in range(8_000)]
    texts = [" ".join(chance.choices(known, k=30)) for _ in range(10_000)]
    search = parse(f"{known[0]} -{known[1]}")

    def seconds() -> float:
        begun = time.thread_time()
        assert Texts(texts, BOTH).find(search)
        return time.thread_time() - begun

    assert min(seconds() for _ in range(3)) < 0.5
