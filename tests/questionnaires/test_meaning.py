"""How a theme is scored, and which statements a level of maturity needs: written beside the questions."""

from pathlib import Path

import pytest

from surveyapp.questionnaires.checking import check
from surveyapp.questionnaires.library import load
from tests.questionnaires.editions import FILES, QUESTIONNAIRE, write_edition
from tests.questionnaires.sampled import questionnaire

SCORED = "        scale: agree\n        norm: path_signs\n"
AT_THE_END = "          - key: shade\n            label: {nl: De schaduw, en: The shade}\n"


def problems(folder: Path, old: str, new: str) -> list[tuple[str, str]]:
    """What is said of the small edition with a change in it, and on which line of the file."""
    text = QUESTIONNAIRE.replace(old, new)
    assert text != QUESTIONNAIRE
    found = check([write_edition(folder, {**FILES, "questionnaire.yaml": text})])
    lines = text.splitlines()
    return [(lines[one.line - 1].strip(), one.message) for one in found]


def test_a_theme_asks_for_half_of_its_statements_unless_the_author_says_otherwise() -> None:
    asked = questionnaire("levels")
    assert asked.least_answered("welcome") == 66
    assert questionnaire("reverse").least_answered("welcome") == 50


def test_statements_can_belong_to_a_level_of_maturity() -> None:
    assert questionnaire("levels").levels == {"welcome_1": 1, "welcome_2": 2}
    assert questionnaire("reverse").levels == {}


def test_what_was_published_is_scored_as_it_was() -> None:
    asked = load("seven-habits/1").questionnaire
    assert {asked.least_answered(theme) for theme in asked.themes} == {50}
    assert asked.levels == {}


def test_an_edition_with_levels_and_a_rule_of_its_own_has_no_problems(tmp_path: Path) -> None:
    with_rule = AT_THE_END + "scoring:\n  - theme: path\n    least_answered: 66\n"
    assert problems(tmp_path, AT_THE_END, with_rule) == []
    assert problems(tmp_path / "levels", SCORED, SCORED + "        level: 2\n") == []


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        ("  - theme: road\n", "- theme: road", "scored theme 'road' does not exist: add it to 'sections'"),
        ("  - theme: path\n  - theme: path\n", "- theme: path", "scoring of theme 'path' already stands on line"),
        ("  - theme: path\n    least_answered: 0\n", "least_answered: 0", "'least_answered' is '0': write 1 or more"),
        ("  - theme: path\n    least_answered: 101\n", "least_answered: 101", "write 100 or less"),
        ("  - theme: path\n    least_answered: 0.5\n", "least_answered: 0.5", "write a whole number"),
    ],
)
def test_a_rule_that_cannot_be_is_a_problem(written: str, line: str, words: str, tmp_path: Path) -> None:
    ((at, message),) = problems(tmp_path, AT_THE_END, AT_THE_END + "scoring:\n" + written)
    assert at == line
    assert words in message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (SCORED, SCORED + "        level: 0\n", "'level' is '0': write 1 or more"),
        (SCORED, SCORED + "        level: 10\n", "'level' is '10': write 9 or less"),
        (
            SCORED,
            SCORED + "        purpose: opinion\n        level: 1\n",
            "only a scored question of a theme has a level of maturity: remove 'level'",
        ),
        ("        limit: 500\n", "        limit: 500\n        level: 1\n", "'level' is not known here"),
    ],
)
def test_a_level_that_cannot_be_is_a_problem(old: str, new: str, words: str, tmp_path: Path) -> None:
    ((at, message),) = problems(tmp_path, old, new)
    assert at.startswith("level:")
    assert words in message
