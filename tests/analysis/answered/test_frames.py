"""What people answered, counted and summed up: worked out by hand."""

from typing import Any

import pandas as pd
import pytest

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.answered import DISTRIBUTION_COLUMNS, MEASURE_COLUMNS
from surveyapp.analysis.results import Results
from tests.analysis.answered.sample import every_kind
from tests.analysis.builders import Person, counts_of, person

QUESTIONNAIRE = every_kind()


def results(*people: Person) -> Results:
    return analyse(counts_of(people, QUESTIONNAIRE), QUESTIONNAIRE, test=False)


def cell(
    frame: pd.DataFrame, question: str, organisation: str = "all", role: str = "all", option: str = ""
) -> pd.DataFrame:
    """The rows of one question, organisation and role."""
    place = {"question": question, "option": option, "organisation": organisation, "role": role}
    return frame[pd.DataFrame({name: frame[name] == value for name, value in place.items()}).all(axis=1)]


def answers(
    found: Results, question: str, organisation: str = "all", role: str = "all", option: str = ""
) -> dict[str, Any]:
    """Answer -> how many gave it, and its share; those that nobody gave left out."""
    here = cell(found.distributions, question, organisation, role, option)
    rows = here[here["count"] > 0].to_dict("records")
    return {str(row["answer"]): (row["count"], pytest.approx(row["share"], nan_ok=True)) for row in rows}


def measure(
    found: Results, question: str, organisation: str = "all", role: str = "all", option: str = ""
) -> dict[str, Any]:
    """What sums up one cell, without what says nothing."""
    (row,) = cell(found.measures, question, organisation, role, option).to_dict("records")
    return {
        str(name): pytest.approx(value)
        for name, value in row.items()
        if name in MEASURE_COLUMNS[4:] and not pd.isna(value)
    }


NAN = float("nan")


def test_the_answers_to_a_statement_are_counted_with_those_apart_and_not_turned_round() -> None:
    people = [person("A", "official", t_2=answer) for answer in (5, 5, 4, "dk", "na")]
    people.append(person("B", "governor", t_1=1))
    found = results(*people)
    expected = {"5": (2, 2 / 3), "4": (1, 1 / 3), "dk": (1, 1 / 4), "na": (1, NAN)}
    assert answers(found, "t_2", "A") == expected
    assert answers(found, "t_2", "A", "official") == expected
    assert answers(found, "t_2") == {**expected, "": (1, NAN)}
    assert answers(found, "t_2", "B", "official") == {}


def test_a_choice_counts_its_options() -> None:
    found = results(*(person("A", "official", one=answer) for answer in ("a", "c", "c")))
    assert answers(found, "one") == {"a": (1, 1 / 3), "c": (2, 2 / 3)}


def test_nobody_answered_is_a_row_without_a_share() -> None:
    frame = results(person("A", "official", one="a")).distributions
    skipped = frame[(frame["question"] == "mark") & (frame["answer"] == "7")]
    assert (skipped["count"] == 0).all()
    assert skipped["share"].isna().all()
    assert len(skipped)


def test_roles_that_are_not_asked_have_no_rows() -> None:
    found = results(person("A", "official", officials="8"), person("A", "governor", mark="7"))
    for frame in (found.distributions, found.measures):
        assert set(frame[frame["question"] == "officials"]["role"]) == {"official", "all"}
    assert answers(found, "officials") == {"8": (1, 1.0)}


def test_without_a_study_there_are_no_rows_and_all_columns() -> None:
    none = pd.DataFrame()
    nothing = Results(none, none, none, none)
    assert list(nothing.distributions) == list(DISTRIBUTION_COLUMNS)
    assert list(nothing.measures) == list(MEASURE_COLUMNS)
    assert nothing.distributions.empty
    assert nothing.measures.empty


def test_importance_has_a_mean_and_a_statement_has_its_among_the_scores() -> None:
    found = results(*(person("A", "official", matters=mark, t_1=mark, opinion=mark) for mark in (5, 4, 4, "dk")))
    assert measure(found, "matters", "A") == {"asked": 4, "n": 3, "mean": 13 / 3, "median": 4}
    assert measure(found, "opinion", "A") == {"asked": 4, "n": 3, "mean": 6 - 13 / 3, "median": 2}
    assert measure(found, "t_1", "A") == {"asked": 4, "n": 3}


def test_several_choices_are_counted_option_by_option() -> None:
    found = results(*(person("A", "official", mark="6", some=answer) for answer in ("a;b", "b", "")))
    assert answers(found, "some", option="a") == {"1": (1, 1 / 2), "0": (1, 1 / 2), "": (1, NAN)}
    assert answers(found, "some", option="b") == {"1": (2, 1.0), "": (1, NAN)}
    assert measure(found, "some", option="c") == {"asked": 3, "n": 2}


def test_a_ranking_gives_mean_place_first_places_and_points_by_place() -> None:
    found = results(*(person("A", "official", first=answer) for answer in ("a>b", "a>c", "b>a", "c")))
    assert answers(found, "first", option="a") == {"1": (2, 1 / 2), "2": (1, 1 / 4), "0": (1, 1 / 4)}
    assert measure(found, "first", option="a") == {
        "asked": 4,
        "n": 4,
        "mean": 4 / 3,
        "median": 1,
        "first": 2,
        "borda": (2 + 2 + 1 + 0) / 4,
    }


def test_an_option_that_nobody_placed_has_no_mean_place_and_no_points() -> None:
    found = results(person("A", "official", first="a>b"))
    assert measure(found, "first", option="c") == {"asked": 1, "n": 1, "first": 0, "borda": 0}


def test_points_have_the_mean_over_everybody_who_divided_them() -> None:
    found = results(*(person("A", "official", coins=answer) for answer in ("a=4;b=6", "b=10", "a=1;b=0;c=9")))
    assert measure(found, "coins", option="a") == {"asked": 3, "n": 3, "mean": 5 / 3, "median": 1}
    assert answers(found, "coins", option="b") == {"0": (1, 1 / 3), "6": (1, 1 / 3), "10": (1, 1 / 3)}


def test_marks_leave_dont_know_out_of_the_mean() -> None:
    found = results(*(person("A", "official", mark=answer) for answer in ("7", "7.5", "dk", "10")))
    assert measure(found, "mark", "A", "official") == {"asked": 4, "n": 3, "mean": 24.5 / 3, "median": 7.5}


def test_numbers_stand_in_ascending_order_as_they_were_given() -> None:
    people = [person("A", "official", hours=answer) for answer in ("10", "-2.5", "9", "9.0")]
    found = results(*people)
    assert list(answers(found, "hours")) == ["-2.5", "9", "10"]
    assert measure(found, "hours") == {"asked": 4, "n": 4, "mean": 25.5 / 4, "median": 9}


def test_days_are_counted_by_month() -> None:
    found = results(*(person("A", "official", day=answer) for answer in ("2026-11-22", "2026-11-01", "2025-12-31")))
    assert answers(found, "day") == {"2025-12": (1, 1 / 3), "2026-11": (2, 2 / 3)}
    assert measure(found, "day") == {"asked": 3, "n": 3}


def test_a_ladder_has_a_level_and_its_rungs() -> None:
    found = results(*(person("A", "official", steps=answer) for answer in ("a;b", "a;c", "none", "b")))
    assert answers(found, "steps") == {"0": (2, 1 / 2), "1": (1, 1 / 4), "2": (1, 1 / 4)}
    assert answers(found, "steps", option="b") == {"1": (2, 1 / 2), "0": (2, 1 / 2)}
    assert measure(found, "steps") == {"asked": 4, "n": 4, "mean": 3 / 4, "median": 0.5}


def test_agreement_is_counted_beside_what_was_left_open() -> None:
    found = results(person("A", "official", agreed="yes"), person("A", "official", mark="6"))
    assert answers(found, "agreed") == {"yes": (1, 1.0), "": (1, NAN)}


def test_the_region_adds_up_its_organisations_and_leaves_others_out() -> None:
    people = [person("A", "official", one="a"), person("B", "governor", one="b"), person("OZJT", "official", one="c")]
    counts = counts_of(people, QUESTIONNAIRE, kinds={"OZJT": "region_body"})
    found = analyse(counts, QUESTIONNAIRE, test=False)
    assert set(answers(found, "one")) == {"a", "b"}
    assert set(answers(found, "one", "OZJT")) == {"c"}
