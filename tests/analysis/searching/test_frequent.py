"""Words that return: something to look for, counted as a search would find it."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.searching.finding import Texts
from surveyapp.analysis.searching.frequent import FrequentWord, frequent
from surveyapp.analysis.searching.terms import parse

BOTH = ("nl", "en")
WORDS = ("gemeente", "gemeenten", "besluit", "besluiten", "de", "van", "ideeën", "idee", "wacht", "wachten", "42", "er")


def test_forms_of_a_word_are_counted_together_by_text_and_the_commonest_is_named() -> None:
    texts = ["De gemeenten, de gemeenten!", "Een gemeente en gemeenten.", "Alle gemeenten.", "Wachttijd."]
    assert frequent(Texts(texts, BOTH)) == (FrequentWord("gemeenten", 3),)


def test_words_that_every_text_has_and_numbers_are_left_out() -> None:
    assert frequent(Texts(["Het is van ons in 2026, the end", "Het was van ons in 2026, the end"], BOTH)) == (
        FrequentWord("end", 2),
    )
    assert frequent(Texts([], BOTH)) == ()


def test_a_word_is_named_with_its_accents() -> None:
    assert frequent(Texts(["Coördinatie!", "coordinatie"], BOTH)) == (FrequentWord("coördinatie", 2),)


def test_no_more_are_named_than_asked_for_the_commonest_first() -> None:
    texts = ["appel peer noot", "appel peer", "appel"]
    assert [word.word for word in frequent(Texts(texts, ("nl",)), most=2, least=1)] == ["appel", "peer"]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=12))
def test_a_search_for_a_word_finds_as_many_as_are_counted(texts: list[str]) -> None:
    searched = Texts(texts, BOTH)
    found = frequent(searched)
    assert [(word.word, word.texts) for word in found] == [
        (word.word, len(searched.find(parse(word.word)))) for word in found
    ]
    assert [word.texts for word in found] == sorted((word.texts for word in found), reverse=True)
    assert all(word.texts >= 2 for word in found)
