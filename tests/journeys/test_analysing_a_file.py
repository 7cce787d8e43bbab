"""A study of fourteen municipalities and a regional body, from a CSV file at the prompt to numbers one can defend."""

import csv
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from surveyapp.analysis.results import SCORE_COLUMNS
from surveyapp.questionnaires import library
from tests.analysis import plain
from tests.analysis.builders import Person
from tests.cli import twente
from tests.journeys.servers import SURVEYAPP

WORKED_EXAMPLE = {
    "governor": ["4,4,3,", "5,4,4,4"],
    "official": ["2,3,2,3", "3,3,3,3", "2,3,,", "3,4,3,3", "3,3,dk,3", "1,,,"],
}
"""Two governors and six of nine officials; the last answered one of four and has no score of the theme."""


def analyse(folder: Path, *options: str) -> pd.DataFrame:
    answers, invited, out = (str(folder / name) for name in ("answers.csv", "invited.csv", "out"))
    command = [str(SURVEYAPP), "analyse", answers, "--invited", invited, "--out", out]
    subprocess.run([*command, *options], check=True, timeout=300)
    return pd.read_csv(folder / "out" / "scores.csv")


def study_of(files: twente.Files) -> plain.Study:
    """The same files, read for the count person by person."""
    with files.answers.open(encoding="utf-8", newline="") as answers:
        rows = list(csv.DictReader(answers))
    with files.invited.open(encoding="utf-8", newline="") as invited:
        invitations = list(csv.DictReader(invited))
    given: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows:
        given.setdefault((row["respondent"], row["organisation"], row["role"]), {})[row["question"]] = row["answer"]
    return plain.Study(
        [Person(organisation, role, answers) for (_, organisation, role), answers in given.items()],
        library.load("seven-habits/1").questionnaire,
        {(row["organisation"], row["role"]): int(row["invited"]) for row in invitations},
        {row["organisation"]: row["kind"] for row in invitations},
    )


def test_every_number_of_the_file_is_the_one_counted_person_by_person(tmp_path: Path) -> None:
    files = twente.write_study(tmp_path)
    scores = analyse(tmp_path, "--questionnaire", "seven-habits/1").set_index(list(SCORE_COLUMNS[:4]))
    expected = plain.scores(study_of(files))
    found = scores.to_dict("index")
    assert len(expected) == len(found) == len(scores) > 3_000
    for key, cell in expected.items():
        for column, value in cell.items():
            wanted = float("nan") if value is None else float(value)
            assert found[key][column] == pytest.approx(wanted, abs=1e-9, nan_ok=True), (key, column)


def test_the_worked_example_comes_out_of_a_file_of_data_collected_elsewhere(tmp_path: Path) -> None:
    rows = ["respondent,organisation,role,question,answer"]
    for role, lines in WORKED_EXAMPLE.items():
        for number, line in enumerate(lines):
            rows += [f"{role}{number},A,{role},q{item},{mark}" for item, mark in enumerate(line.split(","), start=1)]
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "invited.csv").write_text("organisation,role,invited\nA,governor,2\nA,official,9\n", encoding="utf-8")
    questions = "question,theme,reverse\n" + "".join(f"q{item},t,0\n" for item in range(1, 5))
    (tmp_path / "questions.csv").write_text(questions, encoding="utf-8")

    scores = analyse(tmp_path, "--questions", str(tmp_path / "questions.csv"))
    here = (scores["level"] == "theme") & (scores["organisation"] == "A")
    theme = scores[here].set_index("role")
    governors, officials = (11 / 3 + 17 / 4) / 2, (10 / 4 + 12 / 4 + 5 / 2 + 13 / 4 + 9 / 3) / 5
    assert theme.loc["governor", "mean"] == pytest.approx(governors, abs=1e-9)
    assert theme.loc["official", "mean"] == pytest.approx(officials, abs=1e-9)
    assert officials == pytest.approx(2.85, abs=1e-9)
    assert theme.loc["all", "mean"] == pytest.approx((2 * governors + 5 * officials) / 7, abs=1e-9)
    assert theme.loc["all", "balanced"] == pytest.approx((governors + officials) / 2, abs=1e-9)
    lower, upper = (5 * officials + 4 * 1) / 9, (5 * officials + 4 * 5) / 9
    assert [theme.loc["all", "lower"], theme.loc["all", "upper"]] == pytest.approx(
        [(governors + lower) / 2, (governors + upper) / 2], abs=1e-9
    )
    assert [theme.loc["all", column] for column in ("invited", "responded", "n")] == [11, 8, 7]
