"""Showing as one what is too small apart: what is proposed, and the counts after that."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.merging import Group, Needed, Place, merged, proposed, too_small
from surveyapp.questionnaires.together import together
from tests import cast

FIVE = Needed(5)
FOR_THE_PUBLIC = Needed(10, two_of_each=True)


def place(code: str, people: int = 0, *, kind: str = "neighbourhood", parent: str = "", **roles: int) -> Place:
    return Place(code, kind, parent, roles or {"resident": people})


def proposal(*places: Place, needed: Needed = FIVE) -> list[tuple[str, ...]]:
    return [group.members for group in proposed(places, needed)]


def test_small_neighbours_are_put_together_until_they_are_shown() -> None:
    assert proposal(place("a", 3), place("b", 3), place("c", 8), place("d", 2), place("e", 4)) == [
        ("a", "b"),
        ("d", "e"),
    ]


def test_neighbourhoods_of_one_municipality_come_first() -> None:
    places = [place("a", 3, parent="GM1"), place("b", 3, parent="GM2"), place("c", 3, parent="GM1")]
    assert proposal(*places, place("d", 4, parent="GM2")) == [("a", "c"), ("b", "d")]


def test_what_is_left_over_joins_others_of_its_kind() -> None:
    assert proposal(place("a", 3, parent="GM1"), place("b", 4, parent="GM2")) == [("a", "b")]


def test_one_that_is_left_over_joins_what_is_nearest_and_has_the_fewest_people() -> None:
    assert proposal(place("a", 3, parent="GM1"), place("b", 6, parent="GM2"), place("c", 9, parent="GM1")) == [
        ("a", "c")
    ]
    assert proposal(place("a", 3), place("b", 9), place("c", 6)) == [("a", "c")]


def test_kinds_stay_apart_and_who_has_nothing_to_join_stays_as_it_is() -> None:
    assert proposal(place("a", 3), place("b", 3, kind="provider"), place("c", 3, kind="provider")) == [("b", "c")]
    assert proposal(place("a", 3)) == []


def test_where_nobody_answered_there_is_nothing_to_put_together() -> None:
    assert proposal(place("a"), place("b", 5), place("c")) == []


def test_for_the_public_no_role_may_be_left_with_one_person() -> None:
    alone = place("a", kind="municipality", governor=1, official=12)
    other = place("b", kind="municipality", governor=1, official=11)
    assert too_small([alone, other], FIVE) == []
    assert too_small([alone, other], FOR_THE_PUBLIC) == [alone, other]
    assert proposal(alone, other, needed=FOR_THE_PUBLIC) == [("a", "b")]


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 3), st.sampled_from(["", "GM1", "GM2"]), st.sampled_from("ab")),
        max_size=12,
    ),
    st.sampled_from([FIVE, FOR_THE_PUBLIC]),
)
def test_every_group_is_shown_and_nobody_is_in_two(rows: list[tuple[int, int, str, str]], needed: Needed) -> None:
    places = [
        Place(f"p{number}", kind, parent, {"official": official, "governor": governor})
        for number, (official, governor, parent, kind) in enumerate(rows)
    ]
    by_code = {place.code: place for place in places}
    groups = proposed(places, needed)
    taken = [code for group in groups for code in group.members]
    assert len(taken) == len(set(taken))
    small = {place.code for place in too_small(places, needed)}
    for group in groups:
        assert len(group.members) > 1
        assert set(group.members) & small
        assert len({by_code[code].kind for code in group.members}) == 1
        assert needed.met([by_code[code] for code in group.members])


def counts() -> Counts:
    def frame(rows: list[tuple[object, ...]], names: str) -> pd.DataFrame:
        return pd.DataFrame(rows, columns=names.split())

    return Counts(
        items=frame(
            [
                ("t1_1", "A", "governor", "4", 2),
                ("t1_1", "B", "governor", "4", 1),
                ("t1_1", "B", "governor", "dk", 1),
                ("t1_1", "C", "official", "1", 6),
            ],
            "question organisation role answer count",
        ),
        themes=frame(
            [
                ("t1", "A", "governor", 1, 4, 2),
                ("t1", "B", "governor", 1, 4, 1),
                ("t1", "B", "governor", 0, 0, 1),
                ("t1", "C", "official", 1, 1, 6),
            ],
            "theme organisation role answered total count",
        ),
        invited=frame(
            [
                ("A", "governor", 2, "municipality"),
                ("C", "official", 9, "municipality"),
                ("B", "governor", 3, "municipality"),
            ],
            "organisation role invited kind",
        ),
    )


def test_the_counts_of_a_group_are_those_of_its_members_added_up() -> None:
    found = merged(counts(), [Group("organisations", ("A", "B"))])
    assert found.organisations == ("A__B", "C")
    assert sorted(map(tuple, found.items.to_numpy().tolist())) == [
        ("t1_1", "A__B", "governor", "4", 3),
        ("t1_1", "A__B", "governor", "dk", 1),
        ("t1_1", "C", "official", "1", 6),
    ]
    assert found.invited.to_numpy().tolist() == [
        ["A__B", "governor", 5, "municipality"],
        ["C", "official", 9, "municipality"],
    ]
    assert found.themes["count"].sum() == 10


def test_roles_are_put_together_everywhere() -> None:
    group = Group("roles", ("governor", "official"))
    found = merged(counts(), [group])
    assert set(found.items["role"]) == set(found.invited["role"]) == {"governor__official"}
    asked = together(cast.edition().questionnaire, [group.members])
    scores = analyse(found, asked).scores
    everybody = scores[(scores["key"] == "t1_1") & (scores["organisation"] == "all")]
    assert everybody.set_index("role")["n"].to_dict() == {"governor__official": 9, "all": 9}


def test_without_groups_the_counts_are_the_counts() -> None:
    same = counts()
    assert merged(same, []) is same


@pytest.mark.parametrize("kind", ["organisations", "roles"])
def test_members_in_which_nobody_was_asked_change_nothing(kind: str) -> None:
    found = merged(counts(), [Group("roles" if kind == "roles" else "organisations", ("X", "Y"))])
    assert found.invited.to_numpy().tolist() == counts().invited.to_numpy().tolist()
    assert found.items["count"].tolist() == counts().items["count"].tolist()
