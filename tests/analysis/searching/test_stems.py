"""Which words are forms of one another, and which only look like it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.searching.stems import alike, head, stem

DUTCH = ("nl",)


@pytest.mark.parametrize(
    "forms",
    [
        "gemeente gemeenten gemeentelijk",
        "besluit besluiten",
        "afspraak afspraken",
        "taak taken",
        "uur uren",
        "brief brieven",
        "huis huizen",
        "keuze keuzes keuzen",
        "kans kansen",
        "mens mensen",
        "proces processen",
        "advies adviezen",
        "goed goede",
        "groot grote",
        "regionaal regionale",
        "samenwerken samenwerking samengewerkt samenwerkt",
        "voorbereiden voorbereiding voorbereid",
        "gezin gezinnen",
        "geval gevallen",
        "gesprek gesprekken",
        "foto foto's",
        "idee ideeen",
        "regio regio's",
        "organisatie organisaties",
        "bestuurder bestuurders",
    ],
)
def test_forms_of_a_dutch_word_are_alike(forms: str) -> None:
    first, *others = forms.split()
    assert [other for other in others if not alike(first, other, DUTCH)] == []


@pytest.mark.parametrize(
    "pair",
    [
        *("gezin zin", "beleid begeleiding", "gemeente mening", "gebied bieden", "geval val", "getal tal"),
        *("wet weten", "kans kan", "gesprek spreken", "budget bud", "geld goed", "raad rad", "zaak zak"),
    ],
)
def test_other_dutch_words_are_not(pair: str) -> None:
    one, other = pair.split()
    assert not alike(one, other, DUTCH)


def test_english_words_have_english_forms_where_english_is_written() -> None:
    assert alike("decisions", "decision", ("en", "nl"))
    assert alike("councils", "council", ("en",))
    assert alike("cities", "city", ("en",))
    assert not alike("cities", "city", DUTCH)


def test_in_a_language_without_stems_a_word_has_one_form() -> None:
    assert not alike("gemienten", "gemiente", ("fy",))
    assert alike("gemiente", "gemiente", ("fy",))
    assert stem("gemienten", "fy") == "gemienten"


@given(st.text("abdeghijklmnorstuvwz'", min_size=1, max_size=14), st.text("abdeginrst", min_size=1, max_size=6))
def test_being_alike_is_mutual_and_never_between_words_that_begin_otherwise(one: str, ending: str) -> None:
    languages = ("en", "nl")
    other = one[: len(one) // 2 + 1] + ending
    assert alike(one, one, languages)
    assert alike(one, other, languages) == alike(other, one, languages)
    assert head(one) == head(other) or one == other or not alike(one, other, languages)


def test_threads_that_stem_together_do_not_mix_up_words() -> None:
    words = [f"{letter}{rest}" for letter in "bdfhklmnprstvwz" for rest in ("esluiten", "amenwerking", "oorwaarden")]
    alone = [stem.__wrapped__(word, "nl") for word in words]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda word: stem.__wrapped__(word, "nl"), words * 8))
    assert together == alone * 8
