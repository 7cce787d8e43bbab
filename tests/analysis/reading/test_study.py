"""Files of a study: read as they are meant, or every fault with its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.reading.study import read
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.questionnaire import ScaleQuestion
from tests.analysis.builders import questionnaire_of
from tests.effort import tries

ANSWERS = "respondent,organisation,role,question,answer\n"
INVITED = "organisation,role,invited\n"
QUESTIONS = "question,theme,reverse\n"
GOOD_ANSWERS = "r1,A,governor,q1,4\nr1,A,governor,q2,dk\nr2,A,official,q1,na\nr2,A,official,q3,\nr3,B,official,q3,5\n"
GOOD_INVITED = "A,governor,1\nA,official,4\nB,official,2\n"
GOOD_QUESTIONS = "question,theme,reverse,roles\nq1,t,0,\nq2,t,1,governor; official\nq3,u,0,official\n"


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def problems(
    folder: Path,
    answers: str | bytes = ANSWERS + GOOD_ANSWERS,
    invited: str | bytes = INVITED + GOOD_INVITED,
    questions: str | bytes = GOOD_QUESTIONS,
) -> list[str]:
    """The problems of a study as ``file:line: message``, without the folder."""
    _, found = read(
        written(folder, "answers.csv", answers),
        written(folder, "invited.csv", invited),
        written(folder, "questions.csv", questions),
    )
    return [str(Problem(Path(problem.path.name), problem.line, problem.message)) for problem in found]


def test_a_study_without_faults_is_read_as_it_stands(tmp_path: Path) -> None:
    assert problems(tmp_path) == []
    study, _ = read(tmp_path / "answers.csv", tmp_path / "invited.csv", tmp_path / "questions.csv")
    assert study is not None
    assert study.answers.astype(str).to_numpy().tolist()[1] == ["r1", "A", "governor", "q2", "dk"]
    assert study.invited.to_numpy().tolist() == [
        ["A", "governor", 1, "municipality"],
        ["A", "official", 4, "municipality"],
        ["B", "official", 2, "municipality"],
    ]
    asked = study.questionnaire
    assert asked.themes == ("t", "u")
    assert [role.key for role in asked.roles] == ["governor", "official"]
    reversed_one = asked.questions["q2"]
    assert isinstance(reversed_one, ScaleQuestion)
    assert reversed_one.reverse
    assert not asked.questions["q3"].asked_of("governor")
    assert asked.scale("scale").codes == (1, 2, 3, 4, 5)


def test_columns_may_stand_in_any_order_and_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    answers = "\ufeffanswer,question,role,organisation,respondent\r\n4,q1,governor,A,r1\r\n\r\n"
    assert problems(tmp_path, answers=answers) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("r9,C,official,q1,4", "organisation 'C' is not in invited.csv: add it there or correct it"),
        ("r9,B,mayor,q1,4", "role 'mayor' is not in the questionnaire: use governor, official"),
        ("r9,B,official,q7,4", "question 'q7' is not in the questionnaire: correct or remove it"),
        ("r9,B,official,q1,6", "'6' is no answer to 'q1': use 1, 2, 3, 4, 5, dk, na, or leave it empty"),
        ("r9,B,official,q1,4.0", "'4.0' is no answer to 'q1': use 1, 2, 3, 4, 5, dk, na, or leave it empty"),
        ("r9,B,governor,q3,4", "question 'q3' is not put to governor: remove the answer or correct the role"),
        ("r1,A,governor,q1,4", "respondent 'r1' answers 'q1' here again: keep one of the answers"),
        (
            "r3,A,official,q1,4",
            "respondent 'r3' has organisation A here and B on line 6: give everyone one organisation",
        ),
        ("r2,A,governor,q2,4", "respondent 'r2' has role governor here and official on line 4: give everyone one role"),
        (",A,governor,q2,4", "respondent is empty: fill it in"),
        ("r9,A,,q2,4", "role is empty: fill it in"),
        ("r9,A,governor,q2", "has 4 values where the header has 5: add what is missing"),
        ("r9,A,governor,q2,4,5", "has 6 values where the header has 5: put a text with a comma between quotes"),
        ('r9,A,governor,q2,"4', "cannot be read (unexpected end of data): look at the quotes here and just below"),
    ],
)
def test_a_fault_in_the_answers_is_told_with_its_line(row: str, message: str, tmp_path: Path) -> None:
    assert problems(tmp_path, answers=f"{ANSWERS}{GOOD_ANSWERS}{row}\n") == [f"answers.csv:7: {message}"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A,official,5", "official of A stands here again: keep one row"),
        ("C,official,four", "invited is 'four': write a whole number, such as 4"),
        ("C,official,-1", "invited is '-1': write a whole number, such as 4"),
        ("C,official,1.5", "invited is '1.5': write a whole number, such as 4"),
        ("C,official,", "invited is '': write a whole number, such as 4"),
        ("all,official,5", "organisation 'all' means every organisation in the results: use another code"),
        ("C,all,5", "role 'all' means every role in the results: use another code"),
        (",official,5", "organisation is empty: fill it in"),
    ],
)
def test_a_fault_in_who_was_invited_is_told_with_its_line(row: str, message: str, tmp_path: Path) -> None:
    assert problems(tmp_path, invited=f"{INVITED}{GOOD_INVITED}{row}\n") == [f"invited.csv:5: {message}"]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ("A,governor,1,\nA,official,4,municipality\nB,official,2,region_body\n", []),
        (
            "A,governor,1,provider\nA,official,4,\nB,official,2,\n",
            ["invited.csv:3: A is a municipality here and a provider before: choose one"],
        ),
        (
            "A,governor,1,\nA,official,4,\nB,official,2,municipalty\n",
            ["invited.csv:4: kind is 'municipalty': did you mean 'municipality'?"],
        ),
    ],
)
def test_the_kinds_of_organisations_are_judged(kinds: str, expected: list[str], tmp_path: Path) -> None:
    assert problems(tmp_path, invited=f"organisation,role,invited,kind\n{kinds}") == expected


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("q1,t,0,", "question 'q1' stands here again: keep one of the two"),
        ("q4,t,yes,", "reverse is 'yes': write 1 for a question put the other way round, else 0"),
        ("q4,t,,", "reverse is '': write 1 for a question put the other way round, else 0"),
        ("q4,,0,", "theme is empty: fill it in"),
        ("t,t,0,", "question 't' has the name of a theme: rename one of the two"),
        ("q4,t,0,mayor", "roles 'mayor' names a role that was not invited: use governor, official"),
    ],
)
def test_a_fault_in_what_was_asked_is_told_with_its_line(row: str, message: str, tmp_path: Path) -> None:
    assert problems(tmp_path, questions=f"{GOOD_QUESTIONS}{row}\n") == [f"questions.csv:5: {message}"]


EXPORTED = "respondent,organisation,role,question,answer,status,open_link\n"


def test_of_an_export_who_was_excluded_is_left_out_altogether(tmp_path: Path) -> None:
    rows = "r1,A,governor,q1,4,counted,0\nr2,A,official,q1,1,excluded,0\nr3,B,official,q1,2,,1\n"
    assert problems(tmp_path, answers=EXPORTED + rows) == []
    study, _ = read(tmp_path / "answers.csv", tmp_path / "invited.csv", tmp_path / "questions.csv")
    assert study is not None
    assert study.answers.astype(str).to_numpy().tolist() == [
        ["r1", "A", "governor", "q1", "4"],
        ["r3", "B", "official", "q1", "2"],
    ]
    assert study.answers["respondent"].cat.categories.tolist() == ["r1", "r3"]


def test_an_unknown_status_is_told(tmp_path: Path) -> None:
    rows = "r1,A,governor,q1,4,counted,0\nr2,A,official,q1,1,weg,0\n"
    assert problems(tmp_path, answers=EXPORTED + rows) == [
        "answers.csv:3: status 'weg' is unknown: use counted or excluded, or leave it empty"
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "is empty: begin with the header respondent,organisation,role,question,answer"),
        ("respondent;organisation;role;question;answer\n", 1, "is separated by semicolons: save it with commas"),
        ("respondent\torganisation\trole\tquestion\tanswer\n", 1, "is separated by tabs: save it with commas"),
        ("respondent,organisation,role,question\n", 1, "has no column 'answer': the header is"),
        ("respondent,organisation,role,question,answer,when\n", 1, "has an unknown column 'when'"),
        ("respondent,organisation,role,question,answer,role\n", 1, "has the column 'role' twice"),
        (
            (ANSWERS + "r1,A,official,q1,4\nr2,A,official,q1,caf").encode() + b"\xe9\n",
            3,
            "has a character that is not UTF-8",
        ),
        ("".join(character + "\x00" for character in ANSWERS), 1, "has no column 'respondent'"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str | bytes, line: int, words: str, tmp_path: Path) -> None:
    found = problems(tmp_path, answers=text)
    assert any(one.startswith(f"answers.csv:{line}: ") and words in one for one in found), found
    assert all(one.startswith("answers.csv") for one in found), found


def test_a_line_number_counts_the_lines_of_a_text_with_line_breaks(tmp_path: Path) -> None:
    answers = f'{ANSWERS}"r\n1",A,official,q1,4\n\nr2,A,official,q1,9\n'
    assert problems(tmp_path, answers=answers) == [
        "answers.csv:5: '9' is no answer to 'q1': use 1, 2, 3, 4, 5, dk, na, or leave it empty"
    ]


def test_all_problems_of_all_files_come_together_in_order(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        answers=f"{ANSWERS}r1,A,governor,q1,9\nr1,A,official,q2,1\nr2,C,official,q9,1\n",
        invited=f"{INVITED}A,governor,x\nA,official,4\n",
        questions=f"{QUESTIONS}q1,t,2\nq2,t,0\n",
    )
    assert [one.split(": ")[0] for one in found] == [
        "answers.csv:2", "answers.csv:3", "answers.csv:4", "answers.csv:4", "invited.csv:2", "questions.csv:2",
    ]  # fmt: skip


def test_of_the_same_fault_no_more_is_told_than_a_person_can_read(tmp_path: Path) -> None:
    rows = "".join(f"r{number},Z,official,q1,4\n" for number in range(1000))
    found = problems(tmp_path, answers=ANSWERS + rows + "s,Y,official,q1,4\n")
    assert len(found) == 22
    assert "answers.csv:22: and 980 more lines from here on with such a fault: correct them likewise" in found
    assert "answers.csv:1002: organisation 'Y' is not in invited.csv: add it there or correct it" in found


def test_a_questionnaire_of_the_library_can_be_used_instead(tmp_path: Path) -> None:
    asked = questionnaire_of({"t": ["q1", "q2"]}, only={"q2": ["official"]})
    study, found = read(
        written(tmp_path, "answers.csv", f"{ANSWERS}r1,A,governor,q1,4\nr1,A,governor,q2,\n"),
        written(tmp_path, "invited.csv", INVITED + GOOD_INVITED),
        asked,
    )
    assert found == ()
    assert study is not None
    assert study.questionnaire is asked


@given(st.binary(max_size=200), st.binary(max_size=60), st.binary(max_size=60))
@tries(60)
def test_whatever_stands_in_the_files_there_is_a_study_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, answers: bytes, invited: bytes, questions: bytes
) -> None:
    folder = tmp_path_factory.mktemp("study")
    study, found = read(
        written(folder, "answers.csv", ANSWERS.encode() + answers),
        written(folder, "invited.csv", INVITED.encode() + invited),
        written(folder, "questions.csv", QUESTIONS.encode() + questions),
    )
    assert (study is None) == bool(found)
    assert all(problem.line >= 1 and problem.message for problem in found)
