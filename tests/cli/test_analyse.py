"""``surveyapp analyse``: from a file of answers to the files of results, or to everything that is wrong."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from surveyapp.analysis.answered import DISTRIBUTION_COLUMNS, MEASURE_COLUMNS
from surveyapp.analysis.results import GAP_COLUMNS, RELIABILITY_COLUMNS, SCORE_COLUMNS, SHRINKAGE_COLUMNS
from surveyapp.cli import commands
from tests.cli import twente

ANSWERS = {"distributions.csv", "measures.csv"}
TEAM = {"scores.csv", "gaps.csv", "reliability.csv", "shrinkage.csv", "agenda.csv", *ANSWERS}
OUTSIDE = {"scores.csv", "gaps.csv", "released.json", *ANSWERS}
HABITS = ("--questionnaire", "seven-habits/1")


def analyse(folder: Path, *more: str, out: str = "out") -> Result:
    """Run the command on ``answers.csv`` and ``invited.csv`` of a folder."""
    files = [str(folder / "answers.csv"), "--invited", str(folder / "invited.csv"), "--out", str(folder / out)]
    return CliRunner().invoke(commands, ["analyse", *files, *more])


def read(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, keep_default_na=False, dtype=str)


def small_study(folder: Path, answers: str, invited: str = "A,x,3\n", questions: str | None = None) -> tuple[str, ...]:
    """Files with these rows; the options that name what was asked."""
    (folder / "answers.csv").write_text(f"respondent,organisation,role,question,answer\n{answers}")
    (folder / "invited.csv").write_text(f"organisation,role,invited\n{invited}")
    (folder / "questions.csv").write_text(questions or "question,theme,reverse\nq1,t,0\nq2,t,1\n")
    return ("--questions", str(folder / "questions.csv"))


def test_the_team_gets_seven_files_with_their_columns(tmp_path: Path) -> None:
    twente.write_study(tmp_path)
    result = analyse(tmp_path, *HABITS)
    assert (result.exit_code, result.output) == (0, "")
    assert {file.name for file in (tmp_path / "out").iterdir()} == TEAM
    headers = {name: list(read(tmp_path / "out" / name).columns) for name in TEAM}
    assert headers == {
        "scores.csv": [*SCORE_COLUMNS, "suppressed"],
        "gaps.csv": list(GAP_COLUMNS),
        "reliability.csv": list(RELIABILITY_COLUMNS),
        "shrinkage.csv": list(SHRINKAGE_COLUMNS),
        "agenda.csv": ["organisation", "rank", "level", "key", "priority", "signals", "sentence_nl"],
        "distributions.csv": list(DISTRIBUTION_COLUMNS),
        "measures.csv": [*MEASURE_COLUMNS, "suppressed"],
    }


def test_a_mean_in_the_file_is_the_mean_of_the_answers(tmp_path: Path) -> None:
    files = twente.write_study(tmp_path)
    assert analyse(tmp_path, *HABITS).exit_code == 0
    with files.answers.open(newline="") as file:
        given = [int(row["answer"]) for row in csv.DictReader(file) if _is_mark(row, "g3_2", "GM0153")]
    scores = read(tmp_path / "out" / "scores.csv")
    row = scores[(scores["key"] == "g3_2") & (scores["organisation"] == "GM0153") & (scores["role"] == "all")].iloc[0]
    assert int(row["n"]) == len(given) > 2
    assert float(row["mean"]) == pytest.approx(sum(given) / len(given), abs=1e-12)


def _is_mark(row: dict[str, str], question: str, organisation: str) -> bool:
    return row["question"] == question and row["organisation"] == organisation and row["answer"].isdigit()


def test_the_agenda_ranks_the_weak_habit_first_with_its_signals_and_sentence(tmp_path: Path) -> None:
    twente.write_study(tmp_path)
    assert analyse(tmp_path, *HABITS).exit_code == 0
    agenda = read(tmp_path / "out" / "agenda.csv")
    assert set(agenda["organisation"]) == {*twente.MUNICIPALITIES, twente.REGION_BODY}
    first = agenda[(agenda["rank"] == "1") & (agenda["priority"] != "")]
    assert first["key"].str.startswith("g2").mean() > 0.5
    for _, row in first.iterrows():
        assert sum(json.loads(row["signals"]).values()) == pytest.approx(float(row["priority"]))
        assert row["sentence_nl"].endswith(".")


@pytest.mark.parametrize("audience", ["lead", "organisation", "public"])
def test_outside_the_team_there_are_protected_scores_and_gaps_alone(audience: str, tmp_path: Path) -> None:
    twente.write_study(tmp_path)
    result = analyse(tmp_path, *HABITS, "--audience", audience)
    assert (result.exit_code, result.output) == (0, "")
    assert {file.name for file in (tmp_path / "out").iterdir()} == OUTSIDE
    scores = read(tmp_path / "out" / "scores.csv")
    assert set(scores["suppressed"]) <= {"", "small", "linked"}
    assert (scores["balanced"] == "").all()
    hidden = scores[scores["suppressed"] != ""]
    assert len(hidden) > 0
    assert (hidden.drop(columns=["level", "key", "organisation", "role", "suppressed"]) == "").all(axis=None)
    shown = scores.loc[scores["mean"] != "", "mean"]
    assert len(shown) > 0
    assert shown.str.fullmatch(r"\d\.\d\d").all()


def test_a_higher_threshold_shows_no_more(tmp_path: Path) -> None:
    twente.write_study(tmp_path)
    shown = []
    for threshold in ("5", "9"):
        assert analyse(tmp_path, *HABITS, "--audience", "lead", "--threshold", threshold, out=threshold).exit_code == 0
        scores = read(tmp_path / threshold / "scores.csv")
        shown.append(int((scores["mean"] != "").sum()))
    assert shown[0] > shown[1]


def test_an_earlier_run_for_the_team_leaves_nothing_for_another_audience(tmp_path: Path) -> None:
    twente.write_study(tmp_path)
    assert analyse(tmp_path, *HABITS).exit_code == 0
    (tmp_path / "out" / "notes.txt").write_text("mine")
    assert analyse(tmp_path, *HABITS, "--audience", "lead").exit_code == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"notes.txt", *OUTSIDE}


def test_data_collected_elsewhere_are_analysed_with_their_own_questions(tmp_path: Path) -> None:
    asked = small_study(tmp_path, "r1,A,x,q1,4\nr1,A,x,q2,1\nr2,A,x,q1,2\nr2,A,x,q2,\n")
    assert analyse(tmp_path, *asked).exit_code == 0
    scores = read(tmp_path / "out" / "scores.csv")
    theme = scores[(scores["key"] == "t") & (scores["organisation"] == "A") & (scores["role"] == "x")].iloc[0]
    assert (theme["invited"], theme["n"], theme["skipped"]) == ("3", "2", "1")
    assert float(theme["mean"]) == pytest.approx((4.5 + 2.0) / 2)  # 1 turned round is 5
    item = scores[(scores["key"] == "q2") & (scores["organisation"] == "A") & (scores["role"] == "x")].iloc[0]
    assert float(item["mean"]) == 5.0


def test_a_study_without_any_answer_gives_files_without_numbers(tmp_path: Path) -> None:
    asked = small_study(tmp_path, "")
    result = analyse(tmp_path, *asked)
    assert (result.exit_code, result.output) == (0, "")
    assert set(read(tmp_path / "out" / "scores.csv")["mean"]) == {""}


def test_a_study_with_one_answer_is_analysed(tmp_path: Path) -> None:
    asked = small_study(tmp_path, "r1,A,x,q1,4\n")
    assert analyse(tmp_path, *asked).exit_code == 0
    assert analyse(tmp_path, *asked, "--audience", "public").exit_code == 0
    assert set(read(tmp_path / "out" / "scores.csv")["mean"]) == {""}


def test_faults_of_all_files_are_told_together_and_nothing_is_written(tmp_path: Path) -> None:
    asked = small_study(tmp_path, "r1,A,x,q1,9\nr2,B,y,q9,1\n", "A,x,three\n", "question,theme,reverse\nq1,t,maybe\n")
    result = analyse(tmp_path, *asked)
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()
    places = {line.removeprefix(f"{tmp_path}/").split(": ")[0] for line in result.output.splitlines()}
    assert {"answers.csv:2", "answers.csv:3", "invited.csv:2", "questions.csv:2"} <= places


def test_a_failure_while_writing_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = small_study(tmp_path, "r1,A,x,q1,4\n")
    assert analyse(tmp_path, *asked).exit_code == 0
    before = {file.name: file.read_text() for file in (tmp_path / "out").iterdir()}
    original = Path.write_text

    def full(self: Path, content: str, encoding: str | None = None, newline: str | None = None) -> int:
        if self.name == "shrinkage.csv":
            raise OSError(28, "No space left on device", str(self))
        return original(self, content, encoding=encoding, newline=newline)

    (tmp_path / "answers.csv").write_text("respondent,organisation,role,question,answer\nr1,A,x,q1,1\n")
    monkeypatch.setattr(Path, "write_text", full)
    result = analyse(tmp_path, *asked)
    assert result.exit_code == 3
    assert "No space left on device" in result.output
    assert {file.name: file.read_text() for file in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "either --questionnaire or --questions"),
        (("--questionnaire", "seven-habits/99"), "choose maatschappelijk-aanbesteden/1"),
        ((*HABITS, "--audience", "neighbours"), "'neighbours' is not one of"),
        ((*HABITS, "--audience", "lead", "--threshold", "1"), "is not in the range"),
        ((*HABITS, "--threshold", "5"), "the team sees everything"),
    ],
)
def test_wrong_usage_ends_with_two(options: tuple[str, ...], words: str, tmp_path: Path) -> None:
    small_study(tmp_path, "")
    result = analyse(tmp_path, *options)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert analyse(tmp_path, *HABITS).exit_code == 2
