"""Somebody is shown every question, or its author is told why nobody is."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from surveyapp.questionnaires import library, reachability
from surveyapp.questionnaires.checking import check
from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.path import path
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.reachability import ELSEWHERE, TooComplicated, witness
from tests.effort import tries
from tests.questionnaires.sampled import SAMPLES, names, questionnaire
from tests.questionnaires.wanting import (
    ANSWERS,
    KINDS,
    ORGANISATIONS,
    ROLES,
    options,
    questionnaire_of,
    questionnaires,
    said,
)


def seen_by_trying_everything(asked: Questionnaire) -> set[str]:
    """The questions that somebody is shown who could send the questionnaire so."""
    found: set[str] = set()
    keys = list(asked.questions)
    domains = [("", *ANSWERS[question.kind]) for question in asked.questions.values()]
    for standing in standings():
        for values in product(*domains):
            answers = dict(zip(keys, values, strict=True))
            shown = path(asked, standing, answers)
            if not shown.unfinished(answers):
                found.update(shown.questions)
    return found


def standings() -> Iterator[Standing]:
    for role, code, kind in product(ROLES, (*ORGANISATIONS, ELSEWHERE), (*KINDS, "region_body")):
        yield Standing(role, code, kind)


@given(questionnaires())
@tries(40)
def test_the_proof_says_what_trying_everything_says(asked: Questionnaire) -> None:
    seen = seen_by_trying_everything(asked)
    for key in asked.questions:
        assert (witness(asked, key) is not None) == (key in seen), key


@given(questionnaires(most=8))
@tries(40)
def test_a_witness_is_shown_the_question(asked: Questionnaire) -> None:
    for key in asked.questions:
        found = witness(asked, key)
        if found is not None:
            standing, answers = found
            assert key in path(asked, standing, answers).questions
            assert all(
                asked.questions[one].problem(value, asked.scales_by_key) is None for one, value in answers.items()
            )


@pytest.mark.parametrize("name", names())
def test_every_question_of_a_sample_is_shown_to_somebody(name: str) -> None:
    asked = questionnaire(name)
    assert all(witness(asked, key) for key in asked.questions)


@pytest.mark.parametrize("name", library.names())
def test_every_question_that_is_shipped_is_shown_to_somebody(name: str) -> None:
    asked = library.load(name).questionnaire
    assert all(witness(asked, key) for key in asked.questions)


def test_who_must_answer_is_not_shown_what_comes_without_an_answer() -> None:
    came: dict[str, Any] = {"key": "came", "kind": "choice", "text": said("Kwam u?"), "options": options("yes", "no")}
    why = {"key": "why", "kind": "text", "text": said("Waarom?"), "when": {"answer": "came", "given": False}}
    free = questionnaire_of([{"key": "s", "title": said("Vragen"), "questions": [came, why]}])
    must = questionnaire_of([{"key": "s", "title": said("Vragen"), "questions": [{**came, "required": True}, why]}])
    assert witness(free, "why") is not None
    assert witness(must, "why") is None


def test_nobody_waits_for_a_proof_of_too_many_answers() -> None:
    many = [f"o{number}" for number in range(14)]
    seen = {"key": "seen", "kind": "choices", "text": said("Wat?"), "options": options(*many)}
    last = {"key": "last", "kind": "text", "text": said("Nog iets?"), "when": {"answer": "seen", "is": many}}
    asked = questionnaire_of([{"key": "s", "title": said("Vragen"), "questions": [seen, last]}])
    with pytest.raises(TooComplicated):
        witness(asked, "last")


def test_a_proof_that_takes_too_long_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reachability, "_PATIENCE", 3)
    first, *_ = check([SAMPLES / "joined.yaml"])
    words = "this looks at too many answers to prove that anyone is ever shown question 'wet': look at fewer"
    assert (first.line, first.message) == (37, words)


FOLLOW_UP = (SAMPLES / "follow_up.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            "when: {answer: came, is: yes}",
            "when: {all: [{answer: came, is: yes}, {answer: came, is: no}]}",
            25,
            "this can never be true, whatever is answered by whom, so nobody is shown question 'tour': correct it",
        ),
        (
            "when: {answer: tour, at_most: 5}",
            "when: {all: [{answer: tour, at_most: 5}, {answer: came, is: no}]}",
            29,
            "what stands on lines 25, 29 is never true together, so nobody is shown question 'better'",
        ),
        (
            "when: {answer: tour, at_most: 5}",
            "when: {answer: tour, at_most: 0.5}",
            29,
            "this can never be true, whatever is answered by whom, so nobody is shown question 'better'",
        ),
        (
            "when: {answer: came, is: no}",
            "when: {not: {role: governor}}",
            36,
            "this can never be true, whatever is answered by whom, so nobody is shown question 'why_not'",
        ),
        (
            "title: {nl: Daarna, en: Afterwards}",
            "title: {nl: Daarna, en: Afterwards}\n    when: {all: [{kind: provider}, {not: {kind: provider}}]}",
            33,
            "so nobody is shown section 'after': correct it",
        ),
    ],
)
def test_an_author_is_told_what_nobody_is_shown_and_why(
    old: str, new: str, line: int, words: str, tmp_path: Path
) -> None:
    assert FOLLOW_UP.count(old) == 1
    file = tmp_path / "questionnaire.yaml"
    file.write_text(FOLLOW_UP.replace(old, new), encoding="utf-8")
    first, *_ = check([file])
    assert first.line == line
    assert words in first.message


def test_a_role_that_is_shown_nothing_is_told(tmp_path: Path) -> None:
    text = FOLLOW_UP.replace("        kind:", "        when: {role: governor}\n        kind:", 1)
    text = text.replace("when: {answer: came, is: no}", "when: {answer: came, given: true}")
    text = text.replace("      - key: tell\n", "      - key: tell\n        roles: [governor]\n")
    official = (SAMPLES / "roles.yaml").read_text(encoding="utf-8").partition("  - key: official")[2]
    text = text.replace("scales: []", "  - key: official" + official.partition("scales:")[0] + "scales: []")
    file = tmp_path / "questionnaire.yaml"
    file.write_text(text, encoding="utf-8")
    assert [(one.line, one.message) for one in check([file])] == [
        (12, "role 'official' is shown no question: correct the conditions, or remove the role")
    ]
