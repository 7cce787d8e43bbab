"""Answers of every kind in a file: read as they are stored, or told how they are written."""

from pathlib import Path

import pytest

from surveyapp.analysis.reading.study import read
from tests.questionnaires.sampled import questionnaire


def told(folder: Path, sample: str, *rows: tuple[str, str], role: str = "governor") -> list[str]:
    """What is said of these answers (question, answer) of one respondent."""
    answers, invited = folder / "answers.csv", folder / "invited.csv"
    written = "".join(f'r1,A,{role},{question},"{answer}"\n' for question, answer in rows)
    answers.write_text(f"respondent,organisation,role,question,answer\n{written}", encoding="utf-8")
    invited.write_text(f"organisation,role,invited\nA,{role},1\n", encoding="utf-8")
    study, problems = read(answers, invited, questionnaire(sample))
    assert (study is None) == bool(problems)
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("sample", "rows"),
    [
        ("scale", [("welcome_1", "dk")]),
        ("choice_other", [("travel", "other"), ("travel.other", "Te voet, met de hond")]),
        ("choices", [("seen", "house;more"), ("seen.other", "De stal"), ("day", "friday")]),
        ("mark", [("tour", "7"), ("coffee", "7.5"), ("guide", "dk")]),
        ("number", [("people", "3"), ("price", "12.50"), ("degrees", "-2.5")]),
        ("date", [("visited", "2026-11-22"), ("next", "")]),
        ("text", [("story", "Goed,\nen gezellig"), ("job", "Adviseur")]),
        ("ranking", [("order", "coffee>guide")]),
        ("points", [("effort", "house=40;garden=60")]),
        ("ladder", [("contracts", "none")]),
        ("consent", [("terms", "yes")]),
        ("comment", [("welcome_1", "4"), ("welcome_1.comment", "Koffie stond klaar.")]),
    ],
)
def test_answers_of_every_kind_are_read(sample: str, rows: list[tuple[str, str]], tmp_path: Path) -> None:
    assert told(tmp_path, sample, *rows) == []


@pytest.mark.parametrize(
    ("sample", "question", "answer", "advice"),
    [
        ("scale", "welcome_1", "6", "use 1, 2, 3, 4, 5, dk, na"),
        ("choice", "again", "maybe", "use yes, no"),
        (
            "choices",
            "seen",
            "tower",
            "put at most 3 of house, garden, mill, church, more, nothing as a;b, and nothing alone",
        ),
        ("choices", "day", "sunday", "put one or more of monday, tuesday, friday as a;b"),
        ("mark", "tour", "7.5", "use 1 to 10"),
        ("mark", "garden", "11", "use 1 to 10, with halves as 7.5, or dk"),
        ("number", "people", "51", "write a whole number from 1 to 50"),
        ("number", "price", "1,5", "write a number with at most 2 decimals behind a point from 0 to 999.95"),
        ("date", "visited", "22-11-2026", "write a day as 2026-11-22 from 2026-01-01 to 2026-12-31"),
        ("date", "next", "morgen", "write a day as 2026-11-22"),
        ("text", "remark", "x" * 41, "write at most 40 characters without control characters"),
        ("ranking", "order", "coffee>tea", "put at most 2 of guide, house, garden, coffee as a>b>c"),
        ("points", "effort", "house=101", "divide 100 points over house, garden, staff as a=40;b=60"),
        ("ladder", "contracts", "top", "put those that are met of list, owner, talks, learn as a;b, or use none"),
        ("consent", "terms", "no", "use yes"),
        ("comment", "again.comment", "x" * 1001, "write at most 1000 characters without control characters"),
        ("choice_other", "travel.other", "x" * 201, "write at most 200 characters without control characters"),
    ],
)
def test_an_answer_that_is_not_allowed_is_told_with_how_it_is_written(
    sample: str, question: str, answer: str, advice: str, tmp_path: Path
) -> None:
    shown = answer if len(answer) <= 40 else answer[:39] + "…"
    assert told(tmp_path, sample, (question, answer)) == [
        f"'{shown}' is no answer to '{question}': {advice}, or leave it empty"
    ]


@pytest.mark.parametrize(
    ("sample", "question"), [("information", "reading"), ("choice", "again.comment"), ("choice", "again.other")]
)
def test_what_cannot_be_answered_is_not_in_the_questionnaire(sample: str, question: str, tmp_path: Path) -> None:
    assert told(tmp_path, sample, (question, "x")) == [
        f"question '{question}' is not in the questionnaire: correct or remove it"
    ]


def test_an_answer_to_a_question_for_others_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "standing", ("papers", "7")) == [
        "question 'papers' is not put to governor: remove the answer or correct the role"
    ]
