"""Reading what somebody typed to search for: there is nothing that cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.searching.terms import LONGEST, Manner, Search, Term, parse

TYPED = st.text("ab é\"“”-–* '’.", max_size=40) | st.text(max_size=300)


def terms(typed: str) -> list[Term]:
    return list(parse(typed).terms)


def test_words_are_looked_for_in_whatever_form() -> None:
    assert terms("Samenwerking  cijfers") == [Term(("samenwerking",)), Term(("cijfers",))]


def test_quotation_marks_of_every_kind_make_a_phrase() -> None:
    phrase = Term(("goede", "cijfers"), Manner.EXACT)
    assert terms('"Goede cijfers"') == terms("“goede cijfers”") == terms("„Goede, cijfers”") == [phrase]


@pytest.mark.parametrize("minus", ["-", "−", "–"])
def test_a_minus_before_a_word_or_a_phrase_leaves_out(minus: str) -> None:
    assert terms(f'tijd {minus}geld {minus}"goede cijfers"') == [
        Term(("tijd",)),
        Term(("geld",), without=True),
        Term(("goede", "cijfers"), Manner.EXACT, without=True),
    ]


def test_a_hyphen_inside_a_word_leaves_nothing_out() -> None:
    assert terms("e-mail") == [Term(("e", "mail"))]
    assert terms("- tijd") == [Term(("tijd",))]


def test_an_asterisk_asks_for_a_beginning() -> None:
    assert terms("samenwerk*") == [Term(("samenwerk",), Manner.BEGINNING)]
    assert terms("-samenwerk*") == [Term(("samenwerk",), Manner.BEGINNING, without=True)]


def test_what_is_not_closed_is_taken_as_a_phrase_and_told() -> None:
    found = parse('tijd "goede cijfers')
    assert found == Search((Term(("tijd",)), Term(("goede", "cijfers"), Manner.EXACT)), unclosed=True)
    assert not parse('"goede cijfers"').unclosed


@pytest.mark.parametrize("typed", ["?!", '""', "-", '"', "*", "— …"])
def test_without_a_word_there_is_nothing_to_look_for_and_that_is_told(typed: str) -> None:
    assert parse(typed).wordless
    assert parse(typed).terms == ()


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_no_mistake(typed: str) -> None:
    assert parse(typed) == Search()


def test_what_is_too_long_is_shortened_and_told() -> None:
    assert parse("a" * LONGEST + "  ") == Search((Term(("a" * LONGEST,)),))
    assert parse("a" * (LONGEST + 1)) == Search((Term(("a" * LONGEST,)),), shortened=True)


def test_the_same_word_twice_is_one_term() -> None:
    assert terms("tijd Tijd TIJD") == [Term(("tijd",))]


def test_what_is_left_out_is_not_marked() -> None:
    assert parse("tijd -geld").wanted == (Term(("tijd",)),)


@given(TYPED)
def test_everything_can_be_read(typed: str) -> None:
    found = parse(typed)
    assert all(term.words and all(term.words) for term in found.terms)
    assert not (found.wordless and found.terms)
    assert found.wordless or found.terms or not typed[:LONGEST].strip()
