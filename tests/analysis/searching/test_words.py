"""What counts as a word, and which spellings are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.searching.words import fold, placed, spelled, words

WRITTEN = st.text(alphabet="abcéËïöñçŒßİ' ’-_.,!\u0301\u030829\n", max_size=60) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Coördinatie", "COORDINATIE"), ("é", "e\u0301"), ("foto’s", "foto's"), ("Straße", "strasse"), ("ĳs", "ijs")],
)
def test_accents_capitals_and_ways_to_write_them_make_no_difference(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_an_apostrophe_belongs_to_a_word_and_punctuation_does_not() -> None:
    assert words("“Foto's” – van 2026: e-mail, enz.") == ("foto's", "van", "2026", "e", "mail", "enz")
    assert words("  … !? ") == ()


@given(WRITTEN)
def test_every_word_stands_where_it_is_said_to_stand(text: str) -> None:
    found = placed(text)
    assert tuple(word.folded for word in found) == words(text)
    assert [text[word.start : word.end] for word in found] == spelled(text)
    ends = [0, *(word.end for word in found)]
    assert all(before <= word.start < word.end for before, word in zip(ends, found, strict=False))


@given(WRITTEN)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert all(fold(word) == word for word in words(text))
