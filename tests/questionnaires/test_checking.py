"""Every fault of an author is found, with the line where it stands and with what to do about it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp import content
from surveyapp.questionnaires.checking import check, editions
from surveyapp.questionnaires.published import publish
from surveyapp.questionnaires.shape import Content
from tests.effort import tries
from tests.questionnaires.editions import FILES, QUESTIONNAIRE, write_edition
from tests.questionnaires.faults import ALONE, INDEPENDENT, Fault

SAMPLES = Path(__file__).parent / "samples"


def found(folder: Path) -> list[tuple[str, int, str]]:
    return [(problem.path.name, problem.line, problem.message) for problem in check([folder])]


def has(problems: list[tuple[str, int, str]], file: str, line: int, words: str) -> bool:
    return any((name, at) == (file, line) and words in message for name, at, message in problems)


def test_an_edition_without_faults_has_no_problems(tmp_path: Path) -> None:
    assert found(write_edition(tmp_path)) == []


def test_what_is_shipped_has_no_problems() -> None:
    assert check([content.folder("questionnaires")]) == ()


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_sample_that_stands_alone_has_no_problems(sample: Path) -> None:
    assert check([sample]) == ()


@pytest.mark.parametrize("fault", [*INDEPENDENT, *ALONE], ids=lambda fault: fault.words[:40])
def test_a_fault_is_told_with_its_line(fault: Fault, tmp_path: Path) -> None:
    files = fault.put(FILES)
    problems = found(write_edition(tmp_path, files))
    assert has(problems, fault.file, fault.line(files), fault.words), problems
    assert len(problems) == 1 + fault.also, problems


@given(st.sets(st.integers(0, len(INDEPENDENT) - 1), min_size=2))
@tries(40)
def test_many_faults_are_told_all_at_once_in_order(numbers: set[int]) -> None:
    files = dict(FILES)
    for number in numbers:
        files = INDEPENDENT[number].put(files, number)
    with TemporaryDirectory() as folder:
        problems = found(write_edition(Path(folder), files))
    assert problems == sorted(problems)
    for number in numbers:
        fault = INDEPENDENT[number]
        assert has(problems, fault.file, fault.line(files, number), fault.words), (fault, problems)


@pytest.mark.parametrize(
    ("writing", "line", "words"),
    [
        (b"", 1, "is empty: write its content or remove the file"),
        (b"# nothing but this\n", 1, "is empty"),
        (b"key: walks\ntitle: {nl: caf\xe9}\n", 2, "not UTF-8: save the file as UTF-8"),
        (b"key: walks\nroles:\n\t- key: x\n\t- key: y\n", 3, "is indented with a tab: use spaces"),
        (b"key: walks\nroles:\n\t- key: x\n\t- key: y\n", 4, "is indented with a tab: use spaces"),
        (b"key: walks\ntitle: Wandelen: een begin\n", 2, "put the text between quotes"),
        (b"key: walks\ntitle: @home\n", 2, "starts with @: put the text between quotes"),
        (b"key: walks\ntitle: *\n", 2, "is not valid YAML"),
        (b"key: walks\ntitle: *star\n", 2, "starts with *: put the text between quotes"),
        (b"key: walks\nroles: [a, b\n", 2, "never closes it"),
        (b"key: walks\ntitle: 'a b\nroles: []\n", 2, "never closes it"),
        (b"key: walks\n---\nkey: runs\n", 2, "keep one document in a file"),
        (b"key: walks\ntitle: a\x07b\n", 2, "control character"),
        (b"key: &a walks\ntitle: *a\n", 2, "through an alias (*)"),
        (b"key: walks\nminutes: !ten 10\n", 2, "has the tag !ten, which is not read"),
        (b"key: walks\n? [a]\n: 1\n", 2, "write one word before the colon"),
        (b"- walks\n", 1, "'file' is"),
        (b"just a sentence\n", 1, "where named parts are needed"),
        (b"[" * 5000, 1, "nested too deeply"),
    ],
)
def test_bad_writing_is_told(writing: bytes, line: int, words: str, tmp_path: Path) -> None:
    file = tmp_path / "questionnaire.yaml"
    file.write_bytes(writing)
    problems = [(one.line, one.message) for one in check([file])]
    assert any(at == line and words in message for at, message in problems), problems


def test_a_file_of_which_the_kind_cannot_be_told_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("dear: diary\n")
    assert "is not a framework, questionnaire, guide" in check([tmp_path])[0].message


def test_a_missing_file_of_an_edition_is_a_problem(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, {name: text for name, text in FILES.items() if name != "guide.yaml"})
    assert found(folder) == [
        ("guide.yaml", 1, "is missing: an edition has framework.yaml, questionnaire.yaml, guide.yaml")
    ]


def test_a_file_of_an_edition_is_held_against_its_neighbours(tmp_path: Path) -> None:
    folder = write_edition(
        tmp_path, {**FILES, "guide.yaml": FILES["guide.yaml"].replace("theme: rest", "theme: peace")}
    )
    assert check([folder / "questionnaire.yaml"]) == ()
    assert len(check([folder / "guide.yaml"])) == 2


def test_a_guide_in_one_language_beside_a_questionnaire_in_two_is_a_problem(tmp_path: Path) -> None:
    dutch = "".join(line.split(", en: ")[0] + "}\n" if ", en: " in line else line for line in _lines("guide.yaml"))
    problems = found(write_edition(tmp_path, {**FILES, "guide.yaml": dutch}))
    assert problems == [("guide.yaml", 1, "is not in 'en', which questionnaire.yaml speaks: translate its texts")]


def _lines(name: str) -> list[str]:
    return FILES[name].splitlines(keepends=True)


def test_a_role_that_is_asked_nothing_is_a_problem(tmp_path: Path) -> None:
    only = QUESTIONNAIRE.replace("[governor, official]", "[governor]").replace(
        "        text: {nl:", "        roles: [governor]\n        text: {nl:"
    )
    only = only.replace("        roles: [governor]\n        roles: [governor]\n", "        roles: [governor]\n")
    problems = found(write_edition(tmp_path, {**FILES, "questionnaire.yaml": only}))
    assert problems == [
        ("questionnaire.yaml", 11, "role 'official' is asked nothing: put a question to it or remove the role")
    ]


def test_a_section_without_questions_is_a_problem(tmp_path: Path) -> None:
    more = QUESTIONNAIRE + "  - key: nothing\n    title: {nl: Niets, en: Nothing}\n    questions: []\n"
    problems = found(write_edition(tmp_path, {**FILES, "questionnaire.yaml": more}))
    assert [(file, message) for file, _, message in problems] == [
        ("questionnaire.yaml", "section 'nothing' has no questions: add one or remove the section")
    ]


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert "has no .yaml file in it" in check([tmp_path])[0].message


def test_a_published_file_that_changed_or_went_is_a_problem(tmp_path: Path) -> None:
    folder = write_edition(tmp_path)
    publish(editions([tmp_path]))
    assert check([tmp_path]) == ()
    (folder / "questionnaire.yaml").write_text(QUESTIONNAIRE.replace("minutes: 10", "minutes: 11"))
    (folder / "guide.yaml").unlink()
    messages = [(file, message) for file, _, message in found(tmp_path)]
    assert ("guide.yaml", "was published and is gone: put it back") in messages
    assert any(file == "questionnaire.yaml" and "has changed since" in message for file, message in messages)


def test_a_folder_can_be_named_from_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_edition(tmp_path)
    publish([folder])
    monkeypatch.chdir(folder)
    assert check([Path()]) == ()
    (folder / "guide.yaml").write_text(FILES["guide.yaml"] + "# more\n")
    (problem,) = check([Path()])
    assert (problem.path, problem.line) == (Path("guide.yaml"), 1)


def test_publishing_again_keeps_the_first_digest(tmp_path: Path) -> None:
    folder = write_edition(tmp_path)
    publish([folder])
    before = (tmp_path / "published.lock").read_text()
    (folder / "questionnaire.yaml").write_text(QUESTIONNAIRE + "# more\n")
    publish([folder])
    assert (tmp_path / "published.lock").read_text() == before


def test_a_lock_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    write_edition(tmp_path)
    (tmp_path / "published.lock").write_text("nonsense\n")
    assert found(tmp_path) == [("published.lock", 1, "is not a digest and a file: take this line from history")]


def test_advice_on_spelling_names_only_what_an_author_can_write(tmp_path: Path) -> None:
    class Drawing(Content):
        """A frozen thing of another room, such as a figure."""

        colour: str

    files = {**FILES, "questionnaire.yaml": FILES["questionnaire.yaml"] + "\ncolour: red\n"}
    said = [message for _file, _line, message in found(write_edition(tmp_path, files)) if "colour" in message]
    assert Drawing(colour="red").colour == "red"
    assert said == ["'colour' is not known here: remove it, or check the spelling"]
