"""``surveyapp codebook``."""

import csv

from click.testing import CliRunner, Result

from surveyapp.cli import commands
from surveyapp.cli.codebook import COLUMNS
from surveyapp.questionnaires import library


def printed(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["codebook", *arguments])


def rows(*arguments: str) -> list[dict[str, str]]:
    result = printed(*arguments)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(result.output.splitlines()))


def test_every_question_of_a_questionnaire_is_described() -> None:
    found = rows("seven-habits/1")
    assert tuple(found[0]) == COLUMNS
    assert {row["variable"].partition(".")[0] for row in found} == set(
        library.load("seven-habits/1").questionnaire.questions
    )
    first = found[0]
    assert (first["variable"], first["measure"]) == ("g1_1", "ordinal")
    assert first["values"] == "1=Helemaal oneens; 2=Oneens; 3=Neutraal; 4=Eens; 5=Helemaal eens"
    assert first["missing"] == "dk=Weet ik niet; na=N.v.t."


def test_the_codebook_speaks_english_too() -> None:
    first = rows("seven-habits/1", "--language", "en")[0]
    assert first["values"].startswith("1=Strongly disagree; 2=Disagree")


def test_a_questionnaire_that_is_not_there_is_told() -> None:
    result = printed("none/1")
    assert result.exit_code == 1
    assert "seven-habits/1" in result.output
