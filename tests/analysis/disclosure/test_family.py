"""Who answered which statements, as far as numbers of people tell."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.disclosure.family import Crowd, Family

Answered = frozenset[str]


def family(people: Sequence[Answered], items: Sequence[str], *, strict: bool = False) -> Family:
    """One cell, beside another in which everybody answered everything."""
    needed = len(items) // 2 + 1 if strict else -(-len(items) // 2)
    scored = sum(len(each) >= needed for each in people)
    answered = {item: (((sum(item in each for each in people),), (1,))) for item in items}
    return Family(((scored,), (1,)), ((len(people) - scored,), (0,)), answered, (True, True))


def crowds(people: Sequence[Answered], items: Sequence[str], *, strict: bool = False) -> dict[Answered, int]:
    found = family(people, items, strict=strict).crowds(0, 0)
    return {frozenset(crowd.items): crowd.people for crowd in found}


def test_everybody_answered_everything() -> None:
    assert family([frozenset("ab")] * 3, "ab").crowds(0, 0) == (Crowd(("a", "b"), 3),)


def test_only_one_statement_was_missed() -> None:
    people = [frozenset("abc")] * 2 + [frozenset("ac")]
    assert family(people, "abc").crowds(0, 0) == (Crowd(("a", "b", "c"), 2), Crowd(("a", "c"), 1))


def test_of_two_statements_who_answered_one_has_no_score_where_more_than_half_is_asked() -> None:
    people = [frozenset("ab"), frozenset("a")]
    assert family(people, "ab", strict=True).crowds(0, 0) == (Crowd(("a", "b"), 1), Crowd(("a",), 1, is_scored=False))
    assert family(people, "ab").crowds(0, 0) == (Crowd(("a", "b"), 1), Crowd(("a",), 1))


def test_where_two_of_three_were_missed_it_is_not_known_by_whom() -> None:
    assert crowds([frozenset("ab"), frozenset("ac"), frozenset("abc")], "abc") == {}


@pytest.mark.parametrize("strict", [False, True])
@given(
    st.lists(st.frozensets(st.sampled_from("abc"), min_size=1), min_size=1, max_size=8), st.sampled_from(["ab", "abc"])
)
def test_what_is_told_is_so(strict: bool, people: list[Answered], items: str) -> None:
    here = [each & frozenset(items) for each in people]
    told = crowds(here, items, strict=strict)
    assert told in ({}, dict(Counter(each for each in here if each)))
