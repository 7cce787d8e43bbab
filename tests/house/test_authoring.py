"""The examples for authors are right: what they show passes the check."""

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from surveyapp.questionnaires.checking import check
from surveyapp.questionnaires.kinds import KINDS
from surveyapp.questionnaires.kinds.asked import Asked
from tests.questionnaires.wanting import said

GUIDE = Path(__file__).parents[2] / "docs" / "authoring.md"


def examples() -> list[dict[str, Any]]:
    """Every question that is shown."""
    yaml = YAML(typ="safe", pure=True)
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    parts = [yaml.load(block) for block in blocks]
    return [one for part in parts if isinstance(part, list) for one in part if "kind" in one]


def test_every_kind_has_an_example() -> None:
    assert {question["kind"] for question in examples()} == set(KINDS)


def test_everything_an_author_can_write_of_a_question_is_in_the_reference() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for kind in KINDS.values():
        for name in set(kind.model_fields) - set(Asked.model_fields):
            assert f"`{name}" in text, name


def test_the_examples_pass_the_check(tmp_path: Path) -> None:
    roles = ("governor", "official", "project")
    scales = ("agree", "importance", "extent")
    document = {
        "key": "examples",
        "version": "1",
        "title": said("Voorbeelden"),
        "purpose": said("Om te laten zien hoe het gaat."),
        "minutes": 5,
        "roles": [
            {"key": role, "title": said(role), "plural": said(role), "description": said(role)} for role in roles
        ],
        "scales": [
            {"key": scale, "points": [{"code": code, "label": said(str(code))} for code in (1, 2)]} for scale in scales
        ],
        "sections": [{"key": "all_of_them", "title": said("Alles"), "theme": "g1", "questions": examples()}],
    }
    file = tmp_path / "questionnaire.yaml"
    yaml = YAML(typ="safe", pure=True)
    yaml.representer.ignore_aliases = lambda *_: True
    yaml.dump(document, file)
    assert check([file]) == ()
