"""Marks as whole numbers, over the denominators that people's answers give."""

import numpy as np
import pytest

from surveyapp.analysis.marks import FINEST, Marks, least
from tests.analysis.builders import Person, person, questionnaire_of, tallies_of

HABIT = questionnaire_of({"g1": ["a", "b", "c", "d"]}, reverse=["d"])


def theme_of(*people: Person) -> Marks:
    return tallies_of(people, HABIT, invited={("almelo", role): 3 for role in ("governor", "official")}).marks[0]


@pytest.mark.parametrize(("put", "needed"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3)])
def test_half_of_the_items_must_be_answered_rounded_up(put: int, needed: int) -> None:
    assert least(np.array([put]), 50).tolist() == [needed]


@pytest.mark.parametrize(
    ("put", "percent", "needed"), [(3, 66, 2), (3, 67, 3), (6, 66, 4), (5, 60, 3), (4, 100, 4), (7, 1, 1), (8, 75, 6)]
)
def test_a_theme_can_ask_for_another_part_of_its_items(put: int, percent: int, needed: int) -> None:
    assert least(np.array([put]), percent).tolist() == [needed]


def test_the_half_rule_looks_at_the_questions_put_to_the_role() -> None:
    habit = questionnaire_of({"g1": ["a", "b", "c"]}, only={"c": ["official"]})
    study = [Person("almelo", role, {"a": "4"}) for role in ("governor", "official")]
    assert tallies_of(study, habit).marks[0].n.tolist() == [[1, 0]]


def test_theme_scores_share_a_denominator() -> None:
    theme = theme_of(
        person("almelo", "official", a=4, b=5),
        person("almelo", "official", a=4, b=5, c=4),
        person("almelo", "governor", a=5),
    )
    assert (theme.level, theme.key, theme.unit) == ("theme", "g1", 6)
    assert theme.values.tolist() == [26, 27]
    assert theme.counts.tolist() == [[[0, 0], [1, 1]]]
    assert theme.n.tolist() == [[0, 2]]
    assert theme.means[0].tolist() == pytest.approx([np.nan, 53 / 12], nan_ok=True)


def test_equal_scores_from_different_numbers_of_items_are_one_value() -> None:
    theme = theme_of(person("almelo", "official", a=3, b=3), person("almelo", "official", a=2, b=3, c=4))
    assert theme.values.tolist() == [18]
    assert theme.counts[0, 1].tolist() == [2]


def test_dozens_of_items_are_rounded_where_no_denominator_is_small_enough() -> None:
    items = [f"i{number}" for number in range(30)]
    habit = questionnaire_of({"g1": items})
    study = [
        Person("almelo", "official", dict.fromkeys(items[:answered], "4") | {"i0": "3"}) for answered in range(15, 31)
    ]
    theme = tallies_of(study, habit).marks[0]
    assert theme.unit == FINEST
    assert theme.means[0, 1] == pytest.approx(np.mean([4 - 1 / answered for answered in range(15, 31)]), abs=1e-9)


def test_items_turn_reverse_answers_round_and_leave_out_what_is_no_mark() -> None:
    study = [person("almelo", "official", a=2, d=2), person("almelo", "official", a="dk", d="na")]
    marks = {one.key: one for one in tallies_of(study, HABIT, invited={("almelo", "official"): 2}).marks}
    assert marks["a"].counts[0, 1].tolist() == [0, 1, 0, 0, 0]
    assert marks["d"].counts[0, 1].tolist() == [0, 0, 0, 1, 0]
    assert marks["b"].n.tolist() == [[0, 0]]


def test_a_theme_without_scores_has_no_values() -> None:
    theme = theme_of()
    assert theme.values.size == 0
    assert theme.n.tolist() == [[0, 0]]
