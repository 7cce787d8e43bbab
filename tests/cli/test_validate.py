"""``surveyapp validate``: every problem with its place, and an exit status that a script can use."""

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from surveyapp.cli import commands
from tests.questionnaires.editions import FILES, write_edition


def test_files_without_faults_end_with_zero_and_say_nothing(tmp_path: Path) -> None:
    write_edition(tmp_path)
    result = CliRunner().invoke(commands, ["validate", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, "")


def test_every_problem_is_a_line_with_its_place(tmp_path: Path) -> None:
    asked = FILES["questionnaire.yaml"].replace("minutes: 10", "minutes: ten").replace("top: 1", "top: 7")
    folder = write_edition(tmp_path, {**FILES, "questionnaire.yaml": asked, "guide.yaml": "strength: {nl: x}\n"})
    result = CliRunner().invoke(commands, ["validate", str(tmp_path)])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert f"{folder / 'questionnaire.yaml'}:5: 'minutes' is 'ten': write a whole number" in lines
    assert any("'top' is 7" in line for line in lines)
    assert any(line.startswith(f"{folder / 'guide.yaml'}:1: ") for line in lines)


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["validate", str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_no_path_is_wrong_usage() -> None:
    assert CliRunner().invoke(commands, ["validate"]).exit_code == 2


def test_publishing_locks_what_has_no_fault(tmp_path: Path) -> None:
    folder = write_edition(tmp_path)
    assert CliRunner().invoke(commands, ["validate", "--publish", str(tmp_path)]).exit_code == 0
    assert "walks/1/questionnaire.yaml" in (tmp_path / "published.lock").read_text()
    (folder / "guide.yaml").write_text(FILES["guide.yaml"] + "# later\n")
    result = CliRunner().invoke(commands, ["validate", str(tmp_path)])
    assert result.exit_code == 1
    assert "was published and has changed since" in result.output


def test_publishing_refuses_what_has_a_fault(tmp_path: Path) -> None:
    write_edition(tmp_path, {**FILES, "guide.yaml": ""})
    assert CliRunner().invoke(commands, ["validate", "--publish", str(tmp_path)]).exit_code == 1
    assert not (tmp_path / "published.lock").exists()


def test_checking_files_needs_no_data_frames() -> None:
    asked = "import sys, surveyapp.cli; print(*{'pandas', 'numpy', 'scipy', 'flask'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""
