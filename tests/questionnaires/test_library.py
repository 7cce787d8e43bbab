"""An edition is found on the owner's own shelf first, then among what is shipped."""

from pathlib import Path

import pytest

from surveyapp import content
from surveyapp.errors import InvalidContent, NotFound
from surveyapp.questionnaires import library
from surveyapp.questionnaires.edition import Edition, digest
from surveyapp.questionnaires.questionnaire import ChoiceQuestion, ScaleQuestion
from tests.questionnaires.editions import FILES, write_edition

SAMPLES = Path(__file__).parent / "samples"


def test_what_is_shipped_can_be_loaded() -> None:
    assert "seven-habits/1" in library.names()
    for name in library.names():
        assert library.load(name).name == name


def test_the_seven_habits_have_the_number_of_statements_of_the_interface() -> None:
    questionnaire = library.load("seven-habits/1").questionnaire
    assert [len(questionnaire.scored_items(f"g{habit}")) for habit in range(1, 8)] == [6, 6, 5, 5, 6, 6, 6]


def test_the_owners_own_folder_comes_first(tmp_path: Path) -> None:
    write_edition(tmp_path / "questionnaires")
    assert "walks/1" in library.names(tmp_path)
    assert library.load("walks/1", tmp_path).framework.key == "walks"
    assert "walks/1" not in library.names()


def test_an_edition_survives_the_way_to_the_database_and_back(tmp_path: Path) -> None:
    write_edition(tmp_path / "questionnaires")
    edition = library.load("walks/1", tmp_path)
    assert Edition.from_json(edition.to_json()) == edition
    assert digest(edition.to_json()) == digest(Edition.from_json(edition.to_json()).to_json())


@pytest.mark.parametrize("name", ["walks/9", "walks", "../walks/1", "/etc/1", "walks/..", "", "walks/1/x"])
def test_a_name_that_is_not_on_the_shelf_is_not_found(name: str, tmp_path: Path) -> None:
    write_edition(tmp_path / "questionnaires")
    with pytest.raises(NotFound) as problem:
        library.load(name, tmp_path)
    assert "walks/1" in str(problem.value.details["known"])


def test_a_faulty_edition_is_refused_with_its_problems(tmp_path: Path) -> None:
    write_edition(tmp_path / "questionnaires", {**FILES, "guide.yaml": "introduction: {nl: Dag}\n"})
    with pytest.raises(library.FaultyEdition) as problem:
        library.load("walks/1", tmp_path)
    assert isinstance(problem.value, InvalidContent)
    assert any("'strength' is missing" in one.message for one in problem.value.problems)
    assert "guide.yaml:1: 'strength' is missing: add it" in str(problem.value.details["problems"])


def test_a_corrected_edition_is_read_again(tmp_path: Path) -> None:
    write_edition(tmp_path / "questionnaires", {**FILES, "guide.yaml": ""})
    with pytest.raises(library.FaultyEdition):
        library.load("walks/1", tmp_path)
    write_edition(tmp_path / "questionnaires")
    assert library.load("walks/1", tmp_path).name == "walks/1"


def test_an_unquoted_no_is_a_word(tmp_path: Path) -> None:
    asked = FILES["questionnaire.yaml"].replace("key: bench", "key: no").replace("{nl: De schaduw", "{nl: no")
    write_edition(tmp_path / "questionnaires", {**FILES, "questionnaire.yaml": asked})
    question = library.load("walks/1", tmp_path).questionnaire.questions["rest_best"]
    assert not isinstance(question, ScaleQuestion | ChoiceQuestion)
    assert [option.key for option in getattr(question, "options", ())] == ["no", "shade"]
    assert question.kind == "ranking"
    assert question.options[1].label["nl"] == "no"


def test_the_shipped_folder_is_where_the_content_module_says() -> None:
    assert (content.folder("questionnaires") / "seven-habits" / "1" / "questionnaire.yaml").exists()
