"""Marks as whole numbers, over the denominators that people's answers give."""

from surveyapp.analysis.marks import region_marks
from tests.analysis.builders import counts_of, person, questionnaire_of

HABIT = questionnaire_of({"g1": ["a", "b", "c", "d"]}, reverse=["d"])


def test_theme_scores_share_a_denominator() -> None:
    study = [
        person("almelo", "official", a=4, b=5),
        person("almelo", "official", a=4, b=5, c=4),
        person("almelo", "governor", a=5),
    ]
    theme = region_marks(counts_of(study, HABIT), HABIT)[0]
    assert (theme.level, theme.key, theme.unit) == ("theme", "g1", 6)
    assert theme.values.tolist() == [26, 27]
    assert theme.counts.tolist() == [[[0, 0], [1, 1]]]
    assert theme.n.tolist() == [[0, 2]]
    assert theme.totals.tolist() == [[0, 53]]


def test_items_turn_reverse_answers_round_and_leave_out_what_is_no_mark() -> None:
    study = [person("almelo", "official", a=2, d=2), person("almelo", "official", a="dk", d="na")]
    marks = {one.key: one for one in region_marks(counts_of(study, HABIT), HABIT)}
    assert marks["a"].counts[0, 1].tolist() == [0, 1, 0, 0, 0]
    assert marks["d"].counts[0, 1].tolist() == [0, 0, 0, 1, 0]
    assert marks["b"].n.tolist() == [[0, 0]]


def test_themes_come_before_items_and_only_the_region_is_there() -> None:
    study = [person("ozjt", "official", a=1), person("borne", "official", a=5), person("almelo", "official", a=3)]
    found = region_marks(counts_of(study, HABIT, kinds={"ozjt": "regional-body"}), HABIT)
    assert [one.key for one in found] == ["g1", "a", "b", "c", "d"]
    assert found[1].totals[:, 1].tolist() == [5, 3]


def test_a_theme_without_scores_has_no_values() -> None:
    theme = region_marks(counts_of([], HABIT, invited={("almelo", "official"): 3}), HABIT)[0]
    assert theme.values.size == 0
    assert theme.n.tolist() == [[0, 0]]
