"""The sentences that respondents rely on."""

from datetime import UTC, date, datetime
from typing import Final

import pytest
from markupsafe import Markup
from pydantic import TypeAdapter

from surveyapp import clock
from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.questionnaire import Question
from surveyapp.web.respond.kinds.piece import Item
from surveyapp.web.respond.wording import moment, problem
from tests.web.conftest import Study

LABEL: Final = {"nl": "Iets"}
OPTIONS: Final = [{"key": key, "label": LABEL} for key in "abc"]
RAISED: Final = {
    "text": (problems.TOO_LONG, problems.NOT_TEXT),
    "choices": (
        problems.NOT_AN_OPTION,
        problems.CHOSEN_TWICE,
        problems.NOT_TOGETHER,
        problems.TOO_MANY,
        problems.TOO_FEW,
    ),
    "number": (problems.NOT_A_NUMBER, problems.TOO_PRECISE, problems.TOO_LOW, problems.TOO_HIGH),
    "date": (problems.NOT_A_DATE, problems.TOO_EARLY, problems.TOO_LATE),
    "points": (problems.NOT_A_NUMBER, problems.NOT_AN_OPTION, problems.OVERSPENT, problems.UNDIVIDED),
    "ranking": (problems.NOT_AN_OPTION, problems.RANKED_TWICE, problems.TOO_MANY),
    "mark": (problems.NOT_A_NUMBER, problems.TOO_PRECISE, problems.TOO_LOW, problems.TOO_HIGH),
    "choice": (problems.NOT_AN_OPTION, problems.NOT_SAID_WHAT),
    "consent": (problems.NOT_AGREED,),
    "ladder": (problems.NOT_AN_OPTION, problems.NOT_TOGETHER),
}


@pytest.mark.parametrize(
    ("at", "language", "expected"),
    [
        (clock.end_of(date(2026, 12, 12)), "nl", "12 december 2026, 23.59 uur"),
        (clock.end_of(date(2026, 7, 1)), "nl", "1 juli 2026, 23.59 uur"),
        (datetime(2026, 6, 30, 22, 5, tzinfo=UTC), "nl", "1 juli 2026, 00.05 uur"),
        (clock.end_of(date(2026, 12, 12)), "en", "12 December 2026, 23:59"),
    ],
)
def test_times_are_told_on_an_amsterdam_clock(study: Study, at: datetime, language: str, expected: str) -> None:
    with study.app.test_request_context(f"/?language={language}"):
        assert moment(at) == expected


QUESTIONS: Final[dict[str, dict[str, object]]] = {
    "words": {"kind": "text", "limit": 2000},
    "some": {"kind": "choices", "options": OPTIONS, "least": 2, "most": 3},
    "hours": {"kind": "number", "least": 0, "most": 1500, "decimals": 1},
    "whole": {"kind": "number", "least": 1, "most": 9},
    "day": {"kind": "date", "earliest": "2020-01-02", "latest": "2026-11-22"},
    "split": {"kind": "points", "options": OPTIONS, "total": 2000},
    "top": {"kind": "ranking", "options": OPTIONS, "top": 2},
    "mark": {"kind": "mark"},
    "pick": {"kind": "choice", "options": [*OPTIONS, {"key": "d", "label": LABEL, "other": True}]},
    "agree": {"kind": "consent"},
    "climb": {"kind": "ladder", "rungs": OPTIONS},
}


def _told(key: str, code: str, value: str, part: str = "") -> str:
    question = TypeAdapter[Question](Question).validate_python({"key": key, "text": LABEL, **QUESTIONS[key]})
    return problem(code, Item(question, Markup("A"), None, None, None, ()), value, part)


@pytest.mark.parametrize(
    ("key", "code", "value", "told"),
    [
        ("words", "too-long", "a" * 2001, "Gebruik hooguit 2.000 tekens; dit zijn er 2.001."),
        (
            "words",
            "not-text",
            "\x00",
            "Haal de bijzondere tekens weg die niet kunnen worden opgeslagen; u ziet ze als \ufffd.",
        ),
        ("words", "missing", "", "Beantwoord deze vraag. Zonder dit antwoord kunt u niet versturen."),
        ("some", "too-many", "a;b;c;d", "U koos er 4; kies er hooguit 3."),
        ("some", "too-few", "a", "U koos er 1; kies er minstens 2."),
        ("hours", "too-high", "1501", "Vul 1.500 of minder in."),
        ("hours", "not-a-number", "x", "Schrijf een getal in cijfers, bijvoorbeeld 12,3."),
        ("whole", "too-precise", "1,5", "Gebruik minder cijfers achter de komma, bijvoorbeeld 12."),
        ("day", "too-early", "2019-01-01", "Vul 2 januari 2020 of een latere dag in."),
        ("day", "too-late", "2027-01-01", "Vul 22 november 2026 of een eerdere dag in."),
        ("split", "undivided", "a=1500;b=0", "U verdeelde 1.500 van de 2.000 punten. Verdeel ook de andere 500."),
        ("split", "overspent", "a=1500;b=600", "U verdeelde 2.100 punten; er zijn er 2.000. Haal er 100 af."),
        ("split", "not-a-number", "a=veel", "Schrijf hele punten in cijfers, bijvoorbeeld 1.000."),
        ("top", "ranked-twice", "a>a", "Kies elke mogelijkheid maar één keer."),
        ("agree", "not-agreed", "", "Vink dit aan als u akkoord gaat. Anders kunt u niet versturen."),
        ("mark", "too-precise", "7.5", "Kies een heel cijfer."),
        ("words", "something-new", "", "Kies een van de antwoorden."),
    ],
)
def test_a_problem_says_what_is_wrong_and_what_to_do(study: Study, key: str, code: str, value: str, told: str) -> None:
    with study.app.test_request_context("/"):
        assert _told(key, code, value) == told


def test_numbers_in_a_problem_are_written_in_the_language_of_the_page(study: Study) -> None:
    with study.app.test_request_context("/?language=en"):
        assert _told("words", "too-long", "a" * 2001) == "Use at most 2,000 characters; these are 2,001."
        assert _told("day", "too-late", "2027-01-01") == "Fill in 22 November 2026 or an earlier day."


def test_a_part_of_an_answer_has_its_own_limit(study: Study) -> None:
    with study.app.test_request_context("/"):
        assert "200 tekens" in _told("pick", "too-long", "a" * 201, "other")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_code_is_worded_for_every_kind_without_a_number_missing(study: Study, language: str) -> None:
    codes = [value for name, value in vars(problems).items() if name.isupper()]
    with study.app.test_request_context(f"/?language={language}"):
        for key in QUESTIONS:
            for code in RAISED[str(QUESTIONS[key]["kind"])]:
                assert code in codes
                told = _told(key, code, "")
                assert told.endswith(".")
                assert "%(" not in told
