"""Which answers a question allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.effort import tries
from tests.questionnaires.answering import answers_to
from tests.questionnaires.sampled import names, questionnaire

JUDGED: dict[tuple[str, str], dict[str | None, list[str]]] = {
    ("scale", "welcome_1"): {
        None: ["1", "5", "dk", "na", ""],
        "not-an-option": ["0", "6", "04", "4.0", " 4", "４"],
    },
    ("choice", "again"): {None: ["no", ""], "not-an-option": ["maybe", "yes;no", "dk", "yes ", "YES"]},
    ("choices", "seen"): {
        None: ["house", "house;mill", "mill;house", "house;garden;mill", "nothing", "more", ""],
        "not-an-option": ["tower", "house;", ";house", ";", "house; garden", "house>garden"],
        "chosen-twice": ["house;house"],
        "not-together": ["house;nothing", "nothing;more"],
        "too-many": ["house;garden;mill;church"],
    },
    ("mark", "tour"): {
        None: ["1", "7", "10", ""],
        "too-low": ["0"],
        "too-high": ["11"],
        "too-precise": ["7.5", "10.5"],
        "not-a-number": ["100", "7,5", "-1", "07", "7.", "seven", "dk", "４", "7.25", "nan", "1e1", " 7"],
    },
    ("mark", "coffee"): {None: ["1.5", "9.5", "10"], "too-low": ["0.5"], "too-high": ["10.5"], "not-a-number": ["dk"]},
    ("mark", "guide"): {None: ["dk"], "too-precise": ["7.5"]},
    ("number", "people"): {
        None: ["1", "50", ""],
        "too-low": ["0", "-3"],
        "too-high": ["51"],
        "too-precise": ["2.5", "2.0"],
        "not-a-number": ["two", "1.000,5", "1 000", "+2", ".5", "1e3", "٣", "inf", "9" * 16],
    },
    ("number", "price"): {None: ["0", "12.5", "999.95"], "too-high": ["999.96"], "too-precise": ["0.001"]},
    ("number", "degrees"): {None: ["-2.5", "999999999999999"]},
    ("date", "visited"): {
        None: ["2026-01-01", "2026-12-31", ""],
        "too-early": ["2025-12-31"],
        "too-late": ["2027-01-01"],
        "not-a-date": ["2026-02-30", "2026-2-3", "20260203", "2026-W01-1", "22-11-2026", "２026-01-01", "0000-01-01"],
    },
    ("date", "next"): {None: ["0001-01-01", "9999-12-31"]},
    ("text", "remark"): {
        None: ["Alles ging goed.", "x" * 40, "één\nregel\tmet é en 🙂", "\r\n" * 40, "مرحبا", "<script>", ""],
        "too-long": ["x" * 41, "x" * 1_000_000],
        "not-text": ["a\x00b", "a\ud800b", "a\x1bb", "a\x7fb"],
    },
    ("ranking", "order"): {
        None: ["coffee>guide", "coffee", ""],
        "not-an-option": ["coffee>tea", "coffee>", ">coffee", "coffee;guide"],
        "ranked-twice": ["coffee>coffee"],
        "too-many": ["coffee>guide>house"],
    },
    ("points", "effort"): {
        None: ["house=40;garden=60", "garden=100", "house=0;staff=1", ""],
        "not-a-number": ["house", "house=", "house=x", "house=-1", "house=1.5", "house=01", "house=1;", "=5"],
        "not-an-option": ["tower=5"],
        "chosen-twice": ["house=1;house=1"],
        "overspent": ["house=60;garden=41"],
    },
    ("ladder", "contracts"): {
        None: ["list", "list;talks", "talks;list", "none", ""],
        "not-together": ["none;list", "list;none"],
        "not-an-option": ["top", "list;", "None"],
        "chosen-twice": ["list;list"],
    },
    ("consent", "terms"): {None: ["yes", ""], "not-an-option": ["no", "on", "YES"]},
    ("information", "reading"): {"not-asked": ["", "x"]},
    ("information", "reading.comment"): {"not-asked": ["x"]},
    ("comment", "welcome_1.comment"): {None: ["Omdat.", "", "x" * 1000], "too-long": ["x" * 1001], "not-text": ["\0"]},
    ("choice", "again.comment"): {"not-asked": ["Omdat.", ""]},
    ("choice_other", "travel.other"): {None: ["Te voet", ""], "too-long": ["x" * 201]},
    ("choice", "again.other"): {"not-asked": ["Misschien"]},
    ("choice", "never"): {"not-asked": ["yes", ""]},
}


@pytest.mark.parametrize(
    ("name", "key", "value", "problem"),
    [
        pytest.param(name, key, value, problem, id=f"{name}-{key}-{problem}-{number}")
        for (name, key), judged in JUDGED.items()
        for problem, values in judged.items()
        for number, value in enumerate(values)
    ],
)
def test_an_answer_is_judged(name: str, key: str, value: str, problem: str | None) -> None:
    assert problem_with(questionnaire(name), key, value) == problem


def test_a_scale_without_dont_know_does_not_allow_it() -> None:
    asked = questionnaire("scale")
    bare = asked.scales[0].model_copy(update={"dont_know": None, "not_applicable": None})
    without = Questionnaire.model_validate({**asked.model_dump(), "scales": (bare,)})
    assert problem_with(without, "welcome_1", "dk") == "not-an-option"
    assert problem_with(without, "welcome_1", "na") == "not-an-option"
    assert problem_with(without, "welcome_1", "3") is None


@given(st.sampled_from(names()), st.data())
@tries(200)
def test_an_answer_that_its_question_is_made_for_is_allowed(name: str, data: st.DataObject) -> None:
    asked = questionnaire(name)
    key = data.draw(st.sampled_from(sorted(asked.stored)))
    assert problem_with(asked, key, data.draw(answers_to(asked, key))) is None


@given(st.sampled_from(names()), st.data(), st.text(max_size=60))
@tries(200)
def test_whatever_is_sent_is_judged(name: str, data: st.DataObject, value: str) -> None:
    asked = questionnaire(name)
    key = data.draw(st.sampled_from(sorted(asked.stored)))
    problem = problem_with(asked, key, value)
    assert problem is None or problem.replace("-", "").isalpha()


def test_a_question_for_officials_is_not_asked_of_governors() -> None:
    (section,) = questionnaire("roles").sections
    assert [question.key for question in section.questions_for("governor")] == ["welcome_1"]
    assert [question.key for question in section.questions_for("official")] == ["welcome_1", "welcome_2"]


def test_a_reversed_statement_says_so() -> None:
    (item,) = questionnaire("reverse").scored_items("welcome")
    assert item.reverse
