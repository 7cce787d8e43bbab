"""How many people said something."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.coding.people import CodeCount, Said, by_theme, people_per_code, shown

TEXTS = [
    Said("a", "official", {"time"}),
    Said("a", "official", {"time", "money"}),
    Said("b", "governor", {"time"}),
    Said("c", "official", set()),
]


def test_somebody_who_says_it_twice_is_one_person() -> None:
    assert people_per_code(TEXTS, ["time", "money", "trust"]) == {
        "time": {"official": 1, "governor": 1},
        "money": {"official": 1},
        "trust": {},
    }
    assert by_theme({"t1": TEXTS[:1], "t2": TEXTS[1:]}, ["time", "money"]) == {
        "time": {"t1": 1, "t2": 2},
        "money": {"t2": 1},
    }


def test_a_code_that_was_not_asked_for_is_left_out() -> None:
    assert people_per_code(TEXTS, ["money"]) == {"money": {"official": 1}}


def test_readers_see_a_number_where_enough_people_said_it_and_enough_did_not() -> None:
    people = [Said(str(number), "official", {"all", "most", "some"}) for number in range(5)]
    people += [Said(str(number), "official", {"all", "most"}) for number in range(5, 8)]
    people += [Said(str(number), "official", {"all"}) for number in range(8, 10)]
    assert shown(people, ["all", "most", "some", "none"], least=5) == [
        CodeCount("all", None, 10),
        CodeCount("most", None, 10),
        CodeCount("some", 5, 10),
        CodeCount("none", None, 10),
    ]
    assert shown(people[:4], ["all"], least=5) == [CodeCount("all", None, None)]
    assert shown(people[:4], ["all"], least=0) == [CodeCount("all", 4, 4)]


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=30), st.integers(2, 10))
def test_no_number_speaks_of_fewer_people_than_the_threshold(found: list[tuple[int, bool]], least: int) -> None:
    texts = [Said(str(person), "official", {"x"} if said else set()) for person, said in found]
    (count,) = shown(texts, ["x"], least=least)
    if count.people is not None:
        assert count.of is not None
        assert least <= count.people <= count.of - least
