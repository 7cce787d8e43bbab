"""Every leak that was planted is found, and it is said how; a safe table gives nothing."""

import pytest

from surveyapp.analysis.attacking import Crowd, Demands, Finding, Knowledge, Leftover, Reading, attack
from surveyapp.analysis.attacking import finding as kinds
from tests.analysis.attacking.printed import both, table


def found(reading: Reading, kind: str, knowledge: Knowledge | None = None) -> list[Finding]:
    return [each for each in attack(reading, knowledge) if each.kind == kind]


def sizes(**of: tuple[int, ...]) -> Knowledge:
    """Per organisation how many governors and officials answered the one statement."""
    roles = ("governor", "official")
    return Knowledge(
        sizes={
            ("q1", organisation, role): number
            for organisation, numbers in of.items()
            for role, number in zip(roles, numbers, strict=False)
        }
    )


def test_totals_of_enough_people_give_nothing_away() -> None:
    reading = table("item,q1,A,all,9,3.11,,", "item,q1,B,all,8,2.88,,", "item,q1,all,all,17,3.00,2.99,")
    assert attack(reading) == []
    assert attack(reading, sizes(A=(2, 7), B=(1, 7))) == []


def test_a_role_that_is_hidden_beside_the_total_of_its_organisation_is_recovered() -> None:
    reading = table("item,q1,A,all,7,3.14,,", "item,q1,A,official,5,3.00,,", "item,q1,A,governor,,,,small")
    combined = found(reading, kinds.COMBINED)
    assert [(each.who, each.people) for each in combined] == [(("A / governor",), 2)]
    assert [combined[0].low, combined[0].high] == pytest.approx([3.5, 3.5])
    assert {(fact.role, fact.value) for fact in combined[0].facts} == {("all", 3.14), ("official", 3.0)}


def test_the_region_minus_thirteen_organisations_is_the_fourteenth() -> None:
    rows = [f"item,q1,M{number},all,7,3.00,," for number in range(13)]
    reading = table(*rows, "item,q1,M13,all,,,,small", "item,q1,all,all,94,3.02,,")
    combined = found(reading, kinds.COMBINED)
    assert [(each.who, each.people) for each in combined] == [(("M13 / *",), 3)]
    assert combined[0].low == pytest.approx(11 / 3)


def test_two_hidden_organisations_are_recovered_together() -> None:
    reading = table(
        "item,q1,A,all,9,3.00,,", "item,q1,B,all,,,,small", "item,q1,C,all,,,,small", "item,q1,all,all,13,3.08,,"
    )
    combined = found(reading, kinds.COMBINED)
    assert [(each.who, each.people) for each in combined] == [(("B + C / *",), 4)]


def test_the_role_balanced_score_beside_the_mean_gives_both_roles_away() -> None:
    reading = table("item,q1,A,all,7,3.29,,3.58", header="level,key,organisation,role,n,mean,equal,balanced")
    names = [each.who for each in found(reading, kinds.COMBINED, sizes(A=(1, 6)))]
    assert ("A / governor",) in names


def test_somebody_who_answered_between_two_releases_is_recovered() -> None:
    first, second = table("item,q1,A,all,7,3.00,,"), table("item,q1,A,all,8,3.25,,", release=1)
    assert attack(first) == []
    combined = found(both(first, second), kinds.COMBINED)
    assert [(each.who, each.people) for each in combined] == [(("A / *, since release 2",), 1)]
    assert [combined[0].low, combined[0].high] == pytest.approx([5.0, 5.0])


def test_somebody_who_withdrew_between_two_releases_is_recovered() -> None:
    first, second = table("item,q1,A,all,8,3.25,,"), table("item,q1,A,all,7,3.00,,", release=1)
    combined = found(both(first, second), kinds.COMBINED)
    assert [(each.who, each.people) for each in combined] == [(("A / *, until release 1",), 1)]


def test_those_who_stayed_are_no_group_by_what_was_printed_of_all() -> None:
    """Of five people with a mean of 4.40 any four have one of 4.25 or more; that one left tells nothing about them."""
    before, after = table("item,q1,A,official,5,4.40,,"), table("item,q1,A,official,4,,,small", release=1)
    gone = Knowledge(sizes={("q1", "A", "official"): 5}, later=(Knowledge(sizes={("q1", "A", "official"): 4}),))
    assert found(both(before, after), kinds.NARROW, gone) == []
    assert found(both(before, table("item,q1,A,official,4,4.25,,", release=1)), kinds.NARROW, gone) != []


def test_an_answer_that_changed_between_two_releases_is_noticed() -> None:
    first, second = table("item,q1,A,all,7,3.00,,"), table("item,q1,A,all,7,3.14,,", release=1)
    assert found(both(first, second), kinds.CONTRADICTING)


def test_a_mean_at_the_end_of_the_scale_tells_everybodys_answer() -> None:
    narrow = found(table("item,q1,A,all,9,4.89,,"), kinds.NARROW)
    assert [(each.people, round(each.low, 2), each.high) for each in narrow] == [(1, 4.0, 5.0)]
    assert found(table("item,q1,A,all,9,4.50,,"), kinds.NARROW) == []


def test_rounded_numbers_that_hardly_leave_room_are_noticed() -> None:
    """The mean of the region with each organisation counting once, against that of its people: a governor weighs more.

    No combination is exact, but within half a last place there is room for one answer only.
    """
    reading = table("item,q1,A,all,9,2.56,,", "item,q1,B,all,,,,small", "item,q1,all,all,,,3.78,", "item,q1,C,all,,,,")
    narrow = found(reading, kinds.NARROW, sizes(A=(2, 7), B=(1, 0)))
    assert [(each.who, round(each.low), round(each.high)) for each in narrow] == [(("B / governor",), 5, 5)]


def test_whole_answers_leave_fewer_possibilities_than_the_scale() -> None:
    """Governors count for half in a balanced score; sums of 2 and 5 people share no divisor, so few pairs fit."""
    reading = table("item,q1,A,all,7,,,4.50", header="level,key,organisation,role,n,mean,equal,balanced")
    few = found(reading, kinds.FEW_VALUES, sizes(A=(2, 5)))
    assert {each.who for each in few} == {("A / governor",)}
    assert all(each.low < each.high for each in few)


def test_a_mean_with_many_decimals_is_noticed() -> None:
    assert found(table("item,q1,A,all,7,3.142857,,"), kinds.TOO_PRECISE)
    assert attack(table("item,q1,A,all,7,3.14,,")) == []


def test_the_one_who_missed_a_statement_follows_from_the_theme_and_its_statements() -> None:
    """Theme and both statements of one organisation: whoever answered the first only has weight left over."""
    everything = frozenset({"g1_1", "g1_2"})
    known = Knowledge(
        crowds=(Crowd("A", "official", everything, 7), Crowd("A", "governor", frozenset({"g1_1"}), 1)),
        sizes={
            ("g1", "A", "official"): 7,
            ("g1", "A", "governor"): 1,
            ("g1_1", "A", "official"): 7,
            ("g1_1", "A", "governor"): 1,
            ("g1_2", "A", "official"): 7,
        },
    )
    rows = ["item,g1_1,A,all,8,3.13,,", "item,g1_2,A,all,7,3.00,,", "theme,g1,A,all,8,3.19,,"]
    assert found(table(*rows), kinds.COMBINED) == []
    names = {each.who for each in found(table(*rows), kinds.COMBINED, known)}
    assert ("A / governor (answered g1_1)",) in names


def test_where_everybody_answered_everything_a_theme_gives_its_last_statement() -> None:
    rows = [
        "item,g1_1,A,all,6,3.00,,", "item,g1_1,A,official,5,3.00,,", "item,g1_2,A,all,6,3.17,,",
        "item,g1_2,A,official,5,,,", "theme,g1,A,all,6,3.08,,", "theme,g1,A,official,5,3.00,,",
    ]  # fmt: skip
    found_in = found(table(*rows), kinds.COMBINED)
    assert {"g1", "g1_1"} <= {each.key for each in found_in}


def test_counts_of_answers_are_subtracted_too() -> None:
    header = "level,key,organisation,role,n,mean,dk,na,skipped"
    rows = ["item,q1,A,all,10,,2,0,1", "item,q1,A,official,9,,1,0,1"]
    counted = found(table(*rows, header=header), kinds.COUNTED)
    assert {each.people for each in counted} == {2}
    assert sorted(round(each.low) for each in counted) == [0, 0, 1]


@pytest.mark.parametrize("shown", [3.14, 3.5])
def test_a_number_left_in_a_corner_of_a_file_is_found_unless_it_is_shown(shown: float) -> None:
    reading = both(table(f"item,q1,A,all,7,{shown},,"), Reading(leftovers=(Leftover(3.5, "3.50", "a.html, alt"),)))
    assert [each.place for each in found(reading, kinds.LEFT_BEHIND)] == ([] if shown == 3.5 else ["a.html, alt: 3.50"])


def test_a_lower_threshold_finds_less() -> None:
    reading = table("item,q1,A,all,7,3.14,,", "item,q1,A,official,4,3.00,,", "item,q1,A,governor,,,,")
    assert attack(reading)
    assert attack(reading, demands=Demands(people=2, one=0.0, group=0.0, values=1)) == []


def test_an_organisation_outside_the_region_is_recognised_by_the_totals() -> None:
    reading = table(
        "item,q1,A,all,9,3.00,,", "item,q1,B,all,8,3.00,,", "item,q1,Z,all,5,2.60,,", "item,q1,all,all,17,3.00,,"
    )
    assert attack(reading) == []


def test_many_small_cells_are_searched_at_random_and_a_leak_among_them_is_found() -> None:
    """Thirty organisations of two governors and six officials; of one the officials are shown as well."""
    rows = [f"item,q1,M{number},all,8,3.00,," for number in range(30)]
    known = sizes(**{f"M{number}": (2, 6) for number in range(30)})
    total = "item,q1,all,all,240,3.00,3.00,"
    assert found(table(*rows, total), kinds.COMBINED, known) == []
    leaking = found(table(*rows, total, "item,q1,M7,official,6,3.00,,"), kinds.COMBINED, known)
    assert [each.who for each in leaking] == [("M7 / governor",)]


SPREAD = "level,key,organisation,role,n,mean,median,ad,top,bottom"


def test_a_spread_of_nothing_tells_what_each_of_many_answered() -> None:
    same = "item,q1,A,all,11,3.00,3.00,0.00,0.00,0.00"
    unanimous = found(table(same, header=SPREAD), kinds.UNANIMOUS)
    assert [(each.people, each.low, each.high) for each in unanimous] == [(11, 3, 3)]
    assert found(table("item,q1,A,all,11,3.00,3.00,0.73,0.36,0.36", header=SPREAD), kinds.UNANIMOUS) == []


def test_all_but_one_alike_are_told_by_the_shares() -> None:
    reading = table("item,q1,A,all,12,3.92,4.00,0.08,0.92,0.00", header=SPREAD)
    assert [each.low for each in found(reading, kinds.UNANIMOUS)] == [4]


@pytest.mark.parametrize(("could", "told"), [({("q1", "A", "official"): 12}, [4]), ({}, [])])
def test_an_interval_tells_the_spread_to_who_knows_how_many_were_asked(
    could: dict[tuple[str, str, str], int], told: list[float]
) -> None:
    """Nine gave a four and one a five: the only way to an interval of 4.01 to 4.19, of ten out of twelve."""
    header = "level,key,organisation,role,n,mean,interval_lower,interval_upper"
    reading = table("item,q1,A,official,10,4.10,4.01,4.19", header=header)
    assert [each.low for each in found(reading, kinds.UNANIMOUS, Knowledge(could=could))] == told


def test_shares_are_subtracted_as_counts() -> None:
    rows = ["item,q1,A,all,17,,,,0.35,0.35", "item,q1,A,governor,12,,,,0.33,0.33", "item,q1,A,official,5,,,,,"]
    reading = table(*rows, header=SPREAD)
    counted = found(reading, kinds.COUNTED)
    assert {(each.who, each.people) for each in counted} == {(("A / official",), 5)}
    assert all(each.low < 2 < each.high for each in counted)
    assert [each for each in attack(reading, demands=Demands(people_of_shares=5)) if each.kind == kinds.COUNTED] == []


def test_counts_of_answers_to_any_question_are_subtracted() -> None:
    header = "question,option,organisation,role,answer,count,share"
    rows = ["where,,A,all,local,8,0.67", "where,,A,all,regional,4,0.33"]
    rows += ["where,,A,official,local,5,0.50", "where,,A,official,regional,5,0.50"]
    counted = found(table(*rows[:2], header=header), kinds.COUNTED)
    assert counted == []
    rows[3] = "where,,A,official,regional,4,0.44"
    counted = found(table(*rows, header=header), kinds.COUNTED)
    assert sorted((each.people, round(each.low)) for each in counted) == [(3, 0), (3, 3), (9, 4), (9, 5)]
