"""An author is told what is wrong with a single question."""

import re
from pathlib import Path

import pytest

from surveyapp.questionnaires.checking import check
from surveyapp.questionnaires.kinds import KINDS
from tests.questionnaires.mistakes import Mistake, judge
from tests.questionnaires.sampled import SAMPLES, names, questionnaire

MISTAKES = (
    Mistake("choice", "          - {key: no, label: {nl: Nee, en: No}}\n", "", "fewer than two options", "options:"),
    Mistake("choice", "{key: no,", "{key: yes,", "option 'yes' already stands on line 21"),
    Mistake("choice", "{key: no,", "{key: dk,", "an option cannot be called 'dk', a code of its own: rename it"),
    Mistake("choice", "{key: no,", "{key: none,", "an option cannot be called 'none'"),
    Mistake("choices", "{key: mill,", "{key: other,", "an option cannot be called 'other'"),
    Mistake("points", "{key: staff,", "{key: comment,", "an option cannot be called 'comment'"),
    Mistake("ladder", "{key: talks,", "{key: none,", "a rung cannot be called 'none', a code of its own"),
    Mistake("ladder", "{key: talks,", "{key: list,", "rung 'list' already stands on line"),
    Mistake(
        "choice_other", "en: By train}}", "en: By train}, other: true}", "only one option can be `other`", "key: other"
    ),
    Mistake("choices", "most: 3", "most: 6", "this is 6 but there are 5 options that can be chosen together"),
    Mistake("choices", "least: 2", "least: 4", "'least' is 4 and 'most' is 3: exchange them"),
    Mistake("choices", "en: Monday}}", "en: Monday}, colour: red}", "'colour' is not known here"),
    Mistake("choices", "least: 2", "least: 0", "'least' is '0': write 1 or more"),
    Mistake("ranking_all", "top: 4", "top: 5", "'top' is 5 but there are 4 options: lower it or add options"),
    Mistake("points", "total: 10", "total: 1", "'total' is '1': write 2 or more"),
    Mistake("number", "most: 50", "most: 1", "'least' is 1 and 'most' is 1, which leaves no choice", "least: 1"),
    Mistake("number", "most: 50", "most: 50.5", "'most' is 50.5 and answers have 0 decimals: round it, or raise"),
    Mistake("number", "most: 999.95", "most: 999.955", "'most' is 999.955 and answers have 2 decimals"),
    Mistake("number", "most: 999.95", "most: veel", "'most' is 'veel': write a number"),
    Mistake("number", "most: 50", "most: true", "'most' is 'true': write a number"),
    Mistake("number", "decimals: 2", "decimals: 7", "'decimals' is '7': write 6 or less"),
    Mistake("date", "latest: 2026-12-31", "latest: 2025-12-31", "'earliest' is after 'latest' (line", "earliest:"),
    Mistake("date", "2026-12-31", "31-12-2026", "'latest' is '31-12-2026': write a day as 2026-11-22"),
    Mistake("date", "2026-12-31", "20261231", "'latest' is '20261231': write a day as 2026-11-22"),
    Mistake("date", "2026-12-31", "2026-02-30", "'latest' is '2026-02-30': write a day as 2026-11-22"),
    Mistake(
        "information",
        "kind: information",
        "kind: information\n        required: true",
        "'required' does not fit an",
        "required",
    ),
    Mistake("text", "key: story", "key: was", "a question cannot be called 'was', a field of every page: rename it"),
    Mistake("text", "key: story", "key: language", "a question cannot be called 'language'"),
    Mistake("roles", "roles: [official]", "roles: [mayor]", "role 'mayor' does not exist"),
    Mistake("scale", "key: governor", "key: city__governor", "has two underscores in a row, which join the keys"),
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_in_a_question_is_told(mistake: Mistake, tmp_path: Path) -> None:
    judge(mistake, tmp_path)


def test_points_that_do_not_go_round_are_told(tmp_path: Path) -> None:
    mistake = Mistake("points", "total: 10", "total: 2", "")
    assert mistake.told(tmp_path) == []
    three = "          - {key: new, label: {nl: Nieuwbouw, en: New buildings}}\n"
    more = three + three.replace("new", "art")
    text = (SAMPLES / "points.yaml").read_text(encoding="utf-8").replace("total: 10", "total: 2").replace(three, more)
    (tmp_path / "questionnaire.yaml").write_text(text, encoding="utf-8")
    assert [one.message for one in check([tmp_path / "questionnaire.yaml"])] == [
        "there are 2 points for 3 options: raise 'total' or remove options"
    ]


def test_choices_that_all_stand_alone_are_told(tmp_path: Path) -> None:
    text = (SAMPLES / "choices.yaml").read_text(encoding="utf-8")
    for day in ("Monday", "Tuesday", "Friday"):
        text = text.replace(f"en: {day}}}}}", f"en: {day}}}, exclusive: true}}")
    (tmp_path / "questionnaire.yaml").write_text(text, encoding="utf-8")
    (problem,) = check([tmp_path / "questionnaire.yaml"])
    assert "every option is exclusive: write `kind: choice`" in problem.message


def test_a_kind_that_is_not_there_is_told_with_all_that_are(tmp_path: Path) -> None:
    ((_, message),) = Mistake("mark", "key: garden\n        kind: mark", "key: garden\n        kind: mork", "").told(
        tmp_path
    )
    assert message.startswith("'kind' is 'mork': choose ")
    assert all(f"'{kind}'" in message for kind in KINDS)


def test_no_two_questions_can_share_a_field_of_a_page() -> None:
    """Fields of a question are its key, or its key and a further part behind a hyphen or a dot."""
    for name in names():
        for key in questionnaire(name).questions:
            assert not re.search(r"[-.]", key)
    schema = KINDS["text"].model_json_schema()["properties"]["key"]["pattern"]
    assert re.fullmatch(schema, "a_1")
    assert not re.fullmatch(schema, "a-1")
    assert not re.fullmatch(schema, "a.comment")
