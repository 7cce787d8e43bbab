"""A next version says what goes on from the one before."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from surveyapp.questionnaires.changes import Bridge, Changes
from surveyapp.questionnaires.checking import check
from surveyapp.questionnaires.library import load
from surveyapp.questionnaires.published import publish
from tests.questionnaires.editions import FILES, QUESTIONNAIRE, write_edition

CHANGES = """\
follows: "1"
bridges:
  - key: path_2
    why: {nl: Alleen korter gezegd., en: Only said shorter.}
"""


def second(shelf: Path, changes: str, files: Mapping[str, str] = FILES) -> Path:
    """The small edition, and a next version of it with this file."""
    folder = write_edition(shelf).parent / "2"
    folder.mkdir()
    asked = files["questionnaire.yaml"].replace('version: "1"', 'version: "2"')
    for name, text in {**files, "questionnaire.yaml": asked, "changes.yaml": changes}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[tuple[str, int, str]]:
    return [(one.path.name, one.line, one.message) for one in check([folder])]


def test_a_next_version_names_what_goes_on_though_it_changed(tmp_path: Path) -> None:
    assert told(second(tmp_path / "questionnaires", CHANGES)) == []
    changes = load("walks/2", tmp_path).changes
    assert changes is not None
    assert changes.bridged_from("1") == changes.bridged_from("walks/1") == ("path_2",)
    assert changes.bridged_from("0") == ()


def test_an_edition_without_the_file_says_nothing(tmp_path: Path) -> None:
    write_edition(tmp_path / "questionnaires")
    assert load("walks/1", tmp_path).changes is None


def test_a_bridge_says_why() -> None:
    bridge = Bridge(key="path", why={"nl": "Een stelling is vervangen."})
    assert Changes(follows="1", bridges=(bridge,)).bridged_from("1") == ("path",)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"1"', '"7"', 1, "there is no version '7' beside this one: name the folder of the version before"),
        ('"1"', '"2"', 1, "there is no version '2' beside this one"),
        ('"1"', '"../1"', 1, "there is no version '../1' beside this one"),
        ('"1"', "1", 1, "'follows' is read as the value '1' and not as text"),
        ("key: path_2", "key: path_9", 3, "'path_9' is no theme or scored question of this version"),
        ("key: path_2", "key: rest_good", 3, "'rest_good' is no theme or scored question of this version"),
        ("    why: {nl: Alleen korter gezegd., en: Only said shorter.}\n", "", 3, "'why' is missing: add it"),
        ("bridges:\n", "bridges:\n  - key: path_2\n    why: {nl: Zo., en: So.}\n", 5, "bridge 'path_2' already stands"),
    ],
)
def test_a_file_that_is_wrong_is_told_with_its_line(old: str, new: str, line: int, words: str, tmp_path: Path) -> None:
    found = told(second(tmp_path, CHANGES.replace(old, new)))
    assert any((name, at) == ("changes.yaml", line) and words in message for name, at, message in found), found


def test_a_bridge_from_something_new_is_a_problem(tmp_path: Path) -> None:
    renamed = {**FILES, "questionnaire.yaml": QUESTIONNAIRE.replace("key: path_2", "key: path_3")}
    found = told(second(tmp_path, CHANGES.replace("path_2", "path_3"), renamed))
    assert [(name, line) for name, line, _ in found] == [("changes.yaml", 3)]
    assert "'path_3' is no theme or scored question of version 1" in found[0][2]


def test_it_is_published_with_the_other_files(tmp_path: Path) -> None:
    folder = second(tmp_path, CHANGES)
    publish([folder])
    (folder / "changes.yaml").write_text(CHANGES.replace("korter", "langer"), encoding="utf-8")
    assert [(name, "was published" in message) for name, _, message in told(folder)] == [("changes.yaml", True)]
