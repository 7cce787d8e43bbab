"""Editors check an author's files against schemas that follow the types."""

import json
from pathlib import Path

from surveyapp import content
from surveyapp.questionnaires import schemas


def test_the_schemas_in_the_repository_are_current() -> None:
    folder = content.folder("questionnaires") / "schemas"
    written = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.json")}
    assert written == schemas.documents(), "run `python -m surveyapp.questionnaires.schemas`"


def test_a_schema_refuses_unknown_keys() -> None:
    for document in schemas.documents().values():
        assert json.loads(document)["additionalProperties"] is False


def test_the_schemas_are_written_into_a_new_folder(tmp_path: Path) -> None:
    schemas.write(tmp_path / "new")
    assert {file.name for file in (tmp_path / "new").iterdir()} == set(schemas.documents())
