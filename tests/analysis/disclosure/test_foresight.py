"""What will be visible, before anybody has answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.disclosure.foresight import LARGEST, foresee

TWENTE = [(2, 6), (1, 4), (1, 3), (3, 9)]
INSIDE = [True] * 4
AUDIENCES = ("lead", "organisation", "public")


def test_in_confidence_the_team_sees_every_cell_and_others_see_totals_of_five_or_more() -> None:
    team = foresee(TWENTE, INSIDE, "confidential", "team")
    assert (team.totals, team.cells, team.possible_cells) == (4, 8, 8)
    lead = foresee(TWENTE, INSIDE, "confidential", "lead")
    assert (lead.organisations, lead.cells) == (4, 0)
    everybody_answers = foresee([(2, 6), (1, 4), (3, 9)], INSIDE[:3], "confidential", "lead")
    assert (everybody_answers.totals, everybody_answers.linked) == (3, 0)


def test_one_small_organisation_keeps_others_hidden_from_whose_numbers_it_would_follow() -> None:
    lead = foresee(TWENTE, INSIDE, "confidential", "lead")
    assert (lead.totals, lead.linked) == (1, 2)
    outside_the_region = foresee(TWENTE, [True, True, False, True], "confidential", "lead")
    assert (outside_the_region.totals, outside_the_region.linked) == (3, 0)


def test_the_public_needs_ten_people_and_two_of_each_role() -> None:
    public = foresee(TWENTE, INSIDE, "confidential", "public")
    assert (public.totals + public.linked, public.cells) == (1, 0)
    assert foresee([(1, 20), (2, 20)], [True, True], "confidential", "public").totals == 1


def test_on_behalf_of_the_organisation_everything_is_visible_to_everybody() -> None:
    for audience in (*AUDIENCES, "team"):
        found = foresee(TWENTE, INSIDE, "attributable", audience)
        assert (found.totals, found.cells) == (4, 8)


def test_anonymous_answers_are_protected_from_the_team_too() -> None:
    assert foresee(TWENTE, INSIDE, "anonymous", "team") == foresee(TWENTE, INSIDE, "anonymous", "lead")
    assert foresee(TWENTE, INSIDE, "anonymous", "team").cells == 0


def test_where_nobody_is_expected_nothing_is_seen() -> None:
    found = foresee([(0, 0), (0, 0)], [True, True], "confidential", "lead")
    assert (found.totals, found.organisations, found.possible_cells) == (0, 0, 0)
    assert foresee([], [], "anonymous", "team").organisations == 0


def test_of_very_many_organisations_linked_numbers_are_not_searched_and_that_is_said() -> None:
    many = foresee([(3, 5)] * (LARGEST + 1), [True] * (LARGEST + 1), "confidential", "lead")
    assert (many.totals, many.searched) == (LARGEST + 1, False)
    assert foresee([(3, 5)] * 5, [True] * 5, "confidential", "lead").searched


@pytest.mark.parametrize("regime", ["confidential", "anonymous"])
@given(
    sizes=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8)), min_size=1, max_size=5),
    inside=st.booleans(),
)
def test_nobody_outside_the_team_sees_fewer_than_five_people(
    regime: str, sizes: list[tuple[int, int]], inside: bool
) -> None:
    enough = sum(sum(row) >= 5 for row in sizes)
    seen = {audience: foresee(sizes, [inside] * len(sizes), regime, audience) for audience in AUDIENCES}
    for found in seen.values():
        assert found.totals + found.linked <= enough
        assert found.cells == 0
    assert seen["public"].totals <= sum(sum(row) >= 10 for row in sizes)
