"""Samples of groups where there are too many to look at."""

from surveyapp.analysis.disclosure.targets import MOST_GROUPS, small_groups

THRESHOLD = 5


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
