"""Counts per code for readers: told once, and later only where nobody can be told from the difference."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.coding.frozen import Table, Told, frozen, tables
from surveyapp.analysis.coding.people import Said

TITLES = {"time": "Tijd", "money": "Geld"}


def people(first: int, last: int, *codes: str) -> list[Said]:
    return [Said(f"person {number}", "official", codes) for number in range(first, last)]


def table(of: int, **codes: int) -> Table:
    return Table("t1", of, tuple(Told(key, TITLES[key], number) for key, number in codes.items()))


def test_a_code_is_told_where_enough_people_said_it_and_enough_did_not() -> None:
    texts = {"t1": [*people(0, 15, "time"), *people(15, 27, "money"), *people(27, 30)], "t2": people(0, 9, "time")}
    assert tables(texts, TITLES, least=10) == (Table("t1", 30, (Told("time", "Tijd", 15), Told("money", "Geld", 12))),)
    assert tables({"t1": people(0, 12, "time")}, TITLES, least=10) == ()  # all of them


def test_a_difference_of_a_few_people_is_not_told() -> None:
    before = [table(30, time=15)]
    assert frozen([table(31, time=15)], [before], least=10) == tuple(before)
    assert frozen([table(30, time=16)], [before], least=10) == tuple(before)
    assert frozen([table(40, time=20)], [before], least=10) == tuple(before)
    assert frozen([table(50, time=25, money=12)], [before], least=10) == (table(50, time=25, money=12),)


def test_what_was_told_stays_where_there_is_nothing_new() -> None:
    before = [table(30, time=15)]
    assert frozen([], [before], least=10) == tuple(before)
    assert frozen([table(30, time=15)], [before], least=10) == tuple(before)
    assert frozen([Table("t2", 20, (Told("time", "Tijd", 10),))], [before], least=10)[0] == before[0]


def test_a_table_can_be_written_down_and_read_back() -> None:
    assert Table.from_document(table(30, time=15).to_document()) == table(30, time=15)


def test_a_table_is_compared_with_all_that_were_told() -> None:
    before = [[table(30, time=15)], [table(60, time=30)]]
    assert frozen([table(31, time=15)], before, least=10) == tuple(before[-1])
    assert frozen([table(30, time=15)], before, least=10) == (table(30, time=15),)


@given(st.lists(st.tuples(st.integers(10, 60), st.integers(10, 30)), min_size=2, max_size=5))
def test_no_two_tables_ever_told_differ_by_a_few(steps: list[tuple[int, int]]) -> None:
    told: list[tuple[Table, ...]] = []
    for others, said in steps:
        told.append(frozen([table(others + said, time=said)], told, least=10))
    known = {(once[0].of, once[0].codes[0].people) for once in told}
    for (everybody, said), (others, fewer) in product(known, known):
        apart = everybody - others, said - fewer
        assert all(step == 0 or abs(step) >= 10 for step in (*apart, apart[0] - apart[1]))
