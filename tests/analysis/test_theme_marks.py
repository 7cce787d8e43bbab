import numpy as np
import pytest

from surveyapp.analysis.cells import Cells, Items
from surveyapp.analysis.theme_marks import ThemeMarks, least
from tests.analysis.builders import Person, counts_of, questionnaire_of

QUESTIONNAIRE = questionnaire_of({"g1": ["g1_1", "g1_2", "g1_3"]}, only={"g1_3": ["official"]})


def marks_of(*people: Person) -> ThemeMarks:
    counts = counts_of(people, QUESTIONNAIRE, invited={("GM0141", "governor"): 3, ("GM0141", "official"): 3})
    return ThemeMarks.of(counts, Items.of(QUESTIONNAIRE), Cells.of(counts, ["governor", "official"]))


@pytest.mark.parametrize(("put", "needed"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3)])
def test_half_of_the_items_must_be_answered_rounded_up(put: int, needed: int) -> None:
    assert least(np.array([put])).tolist() == [needed]


def test_the_half_rule_looks_at_the_questions_put_to_the_role() -> None:
    one_answer = {"g1_1": "4"}
    found = marks_of(Person("GM0141", "governor", one_answer), Person("GM0141", "official", one_answer))
    assert found.responded.tolist() == [[[1, 1]]]
    assert found.n.tolist() == [[[1, 0]]]


def test_equal_marks_from_different_numbers_of_items_are_one_value_for_the_median() -> None:
    found = marks_of(
        Person("GM0141", "official", {"g1_1": "3", "g1_2": "3"}),
        Person("GM0141", "official", {"g1_1": "2", "g1_2": "3", "g1_3": "4"}),
        Person("GM0141", "official", {"g1_1": "5", "g1_2": "5", "g1_3": "4"}),
    )
    assert found.median[0, 0].tolist() == pytest.approx([np.nan, 3, 3], nan_ok=True)
    assert found.mean[0, 0, 1] == pytest.approx((3 + 3 + 14 / 3) / 3, abs=1e-12)
