"""Files for several audiences, or made anew after a change, tell together no more than they may apart."""

import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from surveyapp.cli import commands
from surveyapp.cli.attack import FOUND

SIZES = {"A": (2, 5), "B": (2, 10), "C": (3, 6)}
"""Organisation -> people in two roles."""
LATE = "B-y-9"
"""Answers after the first files were handed out."""


def _rows() -> list[str]:
    drawn = random.Random(1)  # noqa: S311 - the same every time
    return [
        f"{place}-{role}-{number},{place},{role},q1,{drawn.choice('12345')}\n"
        for place, people in SIZES.items()
        for role, size in zip("xy", people, strict=True)
        for number in range(size)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    invited = [
        f"{place},{role},{size}\n" for place, people in SIZES.items() for role, size in zip("xy", people, strict=True)
    ]
    (tmp_path / "invited.csv").write_text("organisation,role,invited\n" + "".join(invited))
    (tmp_path / "questions.csv").write_text("question,theme,reverse\nq1,t,0\n")
    return tmp_path


def analyse(folder: Path, out: str, *more: str, without: str | None = None, audience: str = "lead") -> Result:
    rows = [row for row in _rows() if without is None or not row.startswith(f"{without},")]
    (folder / "answers.csv").write_text("respondent,organisation,role,question,answer\n" + "".join(rows))
    files = [str(folder / "answers.csv"), "--invited", str(folder / "invited.csv")]
    asked = ["--questions", str(folder / "questions.csv"), "--audience", audience, "--out", str(folder / out)]
    return CliRunner().invoke(commands, ["analyse", *files, *asked, *more])


def attacked(folder: Path, *names: str) -> int:
    """How the attack on these folders ends, handed out one after another."""
    return CliRunner().invoke(commands, ["attack", *(str(folder / name) for name in names)]).exit_code


def test_made_apart_two_files_give_somebody_away_and_made_together_they_do_not(folder: Path) -> None:
    assert analyse(folder, "first", without=LATE).exit_code == 0
    assert analyse(folder, "apart").exit_code == 0
    assert analyse(folder, "together", "--released", str(folder / "first")).exit_code == 0
    assert attacked(folder, "first") == 0
    assert attacked(folder, "apart") == 0
    assert attacked(folder, "first", "apart") == FOUND
    assert attacked(folder, "first", "together") == 0
    assert "A,all,7," in (folder / "together" / "scores.csv").read_text(), "what did not change can still be told"


def test_of_the_same_answers_nothing_is_withheld_because_it_was_told_before(folder: Path) -> None:
    assert analyse(folder, "first").exit_code == 0
    assert analyse(folder, "again", "--released", str(folder / "first")).exit_code == 0
    for name in ("scores.csv", "gaps.csv", "distributions.csv", "measures.csv", "released.json"):
        assert (folder / "again" / name).read_text() == (folder / "first" / name).read_text(), name


def test_another_audience_is_protected_next_to_it(folder: Path) -> None:
    assert analyse(folder, "lead").exit_code == 0
    assert analyse(folder, "public", "--released", str(folder / "lead"), audience="public").exit_code == 0
    assert attacked(folder, "lead", "public") == 0


@pytest.mark.parametrize(
    ("broken", "content"),
    [
        ("released.json", None),
        ("released.json", "{}"),
        ("released.json", '{"audience": "team", "threshold": null}'),
        ("scores.csv", None),
        ("scores.csv", "level,key\n"),
        ("gaps.csv", "not,a,table\n1,2\n"),
    ],
)
def test_a_folder_that_is_not_what_was_written_is_told_and_nothing_is_made(
    folder: Path, broken: str, content: str | None
) -> None:
    assert analyse(folder, "first").exit_code == 0
    file = folder / "first" / broken
    file.unlink()
    if content is not None:
        file.write_text(content)
    result = analyse(folder, "second", "--released", str(folder / "first"))
    assert (result.exit_code, "released.json:1: cannot be read back" in result.stderr) == (1, True)
    assert not (folder / "second").exists()


def test_a_folder_about_other_people_is_told(folder: Path) -> None:
    assert analyse(folder, "first").exit_code == 0
    scores = folder / "first" / "scores.csv"
    scores.write_text(scores.read_text().replace("item,q1,A,", "item,q1,Z,"))
    result = analyse(folder, "second", "--released", str(folder / "first"))
    assert (result.exit_code, "scores.csv:1: is not about these answers" in result.stderr) == (1, True)


def test_the_team_sees_everything_and_what_was_released_stays(folder: Path) -> None:
    assert analyse(folder, "first").exit_code == 0
    assert analyse(folder, "team", "--released", str(folder / "first"), audience="team").exit_code == 2
    assert analyse(folder, "first", "--released", str(folder / "first")).exit_code == 2
