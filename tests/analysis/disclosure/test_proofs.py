"""Short proofs that nothing leaks, and samples of groups where there are too many to look at."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.disclosure.release import Release, Row
from surveyapp.analysis.disclosure.targets import MOST_GROUPS, small_groups
from tests.effort import tries

THRESHOLD = 5


@st.composite
def releases(draw: st.DrawFn) -> tuple[Release, list[Row]]:
    """Organisations of two roles, and numbers in some order: of the region, of a role in it, of organisations."""
    blocks = tuple(draw(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 9)), min_size=2, max_size=12)))
    vectors = draw(st.lists(st.sampled_from([(1, 1), (1, 0), (0, 1), (2, 1)]), min_size=1, max_size=3, unique=True))
    regional: list[Row] = [tuple((place, vector) for place in range(len(blocks))) for vector in vectors]
    local: list[Row] = [((place, (1, 1)),) for place in draw(st.sets(st.integers(0, len(blocks) - 1)))]
    return Release.empty(blocks, THRESHOLD), draw(st.permutations(regional + local))


@tries(200)
@given(releases())
def test_a_proof_that_stands_says_what_a_search_from_the_beginning_says(made: tuple[Release, list[Row]]) -> None:
    release, rows = made
    for row in rows:
        longer = release.with_row(row)
        assert longer.leaks_across == replace(longer, proof=None).leaks_across
        release = release.admitting(row) or release


@tries(50)
@given(releases())
def test_what_was_admitted_does_not_leak(made: tuple[Release, list[Row]]) -> None:
    release, rows = made
    for row in rows:
        release = release.admitting(row) or release
    assert not replace(release, proof=None).leaks


def test_all_small_groups_are_looked_at_while_there_are_few() -> None:
    assert set(small_groups((0, 0, 1, 1), (1, 4, 2, 9), THRESHOLD)) == {(0,), (1,), (2,), (0, 2)}


def test_of_many_groups_those_inside_organisations_are_all_there_and_the_same_sample_every_time() -> None:
    people = (1, 2, 4) * 300
    places = tuple(column // 3 for column in range(len(people)))
    found = small_groups(places, people, THRESHOLD)
    small_groups.cache_clear()
    assert small_groups(places, people, THRESHOLD) == found
    assert {(3 * place, 3 * place + 1) for place in range(300)} < set(found)
    assert any(len({places[column] for column in group}) > 1 for group in found)
    assert all(sum(people[column] for column in group) < THRESHOLD for group in found)
    assert len(found) <= MOST_GROUPS + 4 * 300
