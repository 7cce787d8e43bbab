"""Conditions in words for somebody with a pen: what is known is worked out, the rest points to questions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from surveyapp.questionnaires.condition import Condition, Standing, holds
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.reports.filled import Filling
from surveyapp.reports.paper_conditions import Conditions, Joined, Said, joined
from tests.reports.papers import ALMELO, ANYWHERE

_READ: TypeAdapter[Condition] = TypeAdapter(Condition)
_OPTIONS = [
    {"key": "yes", "label": {"nl": "Ja", "en": "Yes"}},
    {"key": "no", "label": {"nl": "Nee", "en": "No"}},
    {"key": "other", "label": {"nl": "Anders, namelijk:", "en": "Else, namely:"}, "other": True},
]
_RUNGS = [{"key": key, "label": {"nl": key.title(), "en": key.title()}} for key in ("list", "owner")]
_POINTS = [{"code": code, "label": {"nl": f"Stap {code}", "en": f"Step {code}"}} for code in range(1, 5)]
_ASKED: list[dict[str, Any]] = [
    {"key": "choice", "kind": "choice", "options": _OPTIONS},
    {"key": "choices", "kind": "choices", "options": _OPTIONS},
    {"key": "scale", "kind": "scale", "scale": "agree"},
    {"key": "mark", "kind": "mark", "halves": True, "dont_know": {"nl": "Weet ik niet", "en": "I don't know"}},
    {"key": "number", "kind": "number", "decimals": 1},
    {"key": "date", "kind": "date"},
    {"key": "words", "kind": "text"},
    {"key": "ranking", "kind": "ranking", "options": _OPTIONS[:2], "top": 2},
    {"key": "ladder", "kind": "ladder", "rungs": _RUNGS},
    {"key": "consent", "kind": "consent"},
]
for _one in _ASKED:
    _one["text"] = {"nl": "?"}
ASKED = Questionnaire.model_validate(
    {
        "key": "asked",
        "version": "1",
        "title": {"nl": "T"},
        "purpose": {"nl": "P"},
        "minutes": 1,
        "roles": [
            {"key": key, "title": {"nl": key}, "plural": {"nl": key}, "description": {"nl": key}}
            for key in ("governor", "official")
        ],
        "scales": [
            {
                "key": "agree",
                "points": [
                    {"code": code, "label": {"nl": f"Stap {code}", "en": f"Step {code}"}} for code in range(1, 5)
                ],
                "dont_know": {"nl": "Weet ik niet", "en": "I don't know"},
            }
        ],
        "sections": [
            {"key": "all", "title": {"nl": "T"}, "questions": [one | {"text": {"nl": "?"}} for one in _ASKED]}
        ],
    }
)
NUMBERS = {one["key"]: number for number, one in enumerate(_ASKED, start=1)}


def said(condition: dict[str, Any], language: str = "nl", standing: Standing = ALMELO, **without: bool) -> bool | str:
    numbers = {key: number for key, number in NUMBERS.items() if key not in without}
    return Conditions(ASKED, standing, Filling(language, "Almelo", "Bestuurder"), numbers).said(
        _READ.validate_python(condition)
    )


@pytest.mark.parametrize(
    ("condition", "dutch", "english"),
    [
        ({"answer": "choice", "is": "yes"}, "u bij vraag 1 ‘Ja’ hebt gekozen", "you chose ‘Yes’ for question 1"),
        (
            {"not": {"answer": "choice", "is": ["yes", "other"]}},
            "u bij vraag 1 niet ‘Ja’ of ‘Anders, namelijk’ hebt gekozen",
            "you did not choose ‘Yes’ or ‘Else, namely’ for question 1",
        ),
        (
            {"answer": "scale", "at_least": 3},
            "u bij vraag 3 ‘Stap 3’ of ‘Stap 4’ hebt gekozen",
            "you chose ‘Step 3’ or ‘Step 4’ for question 3",
        ),
        (
            {"answer": "scale", "is": "dk"},
            "u bij vraag 3 ‘Weet ik niet’ hebt gekozen",
            "you chose ‘I don't know’ for question 3",
        ),
        (
            {"answer": "mark", "at_most": 5.5},
            "uw antwoord op vraag 4 ten hoogste 5,5 is",
            "your answer to question 4 is at most 5.5",
        ),
        (
            {"not": {"answer": "mark", "at_most": 5.5}},
            "uw antwoord op vraag 4 hoger dan 5,5 is of ontbreekt",
            "your answer to question 4 is above 5.5 or missing",
        ),
        (
            {"not": {"answer": "number", "at_least": 2}},
            "uw antwoord op vraag 5 lager dan 2 is of ontbreekt",
            "your answer to question 5 is below 2 or missing",
        ),
        (
            {"answer": "number", "at_least": 0, "at_most": 1000},
            "uw antwoord op vraag 5 van 0 tot en met 1.000 is",
            "your answer to question 5 is from 0 to 1,000",
        ),
        (
            {"answer": "date", "is": "2026-12-01"},
            "u bij vraag 6 ‘1 december 2026’ hebt gekozen",
            "you chose ‘1 December 2026’ for question 6",
        ),
        ({"answer": "words", "given": True}, "u vraag 7 hebt ingevuld", "you filled in question 7"),
        ({"answer": "words", "given": False}, "u vraag 7 niet hebt ingevuld", "you did not fill in question 7"),
        ({"not": {"answer": "words", "given": False}}, "u vraag 7 hebt ingevuld", "you filled in question 7"),
        (
            {"answer": "ranking", "is": "no"},
            "u bij vraag 8 een nummer bij ‘Nee’ hebt gezet",
            "you put a number next to ‘No’ for question 8",
        ),
        (
            {"answer": "ladder", "is": "none"},
            "u bij vraag 9 ‘Geen van deze treden’ hebt aangekruist",
            "you ticked ‘None of these steps’ for question 9",
        ),
        ({"answer": "ladder", "is": "owner"}, "u bij vraag 9 ‘Owner’ hebt gekozen", "you chose ‘Owner’ for question 9"),
        (
            {"answer": "consent", "is": "yes"},
            "u bij vraag 10 akkoord bent gegaan",
            "you agreed at question 10",
        ),
    ],
)
def test_every_kind_of_answer_is_named_as_it_stands_on_the_form(
    condition: dict[str, Any], dutch: str, english: str
) -> None:
    assert said(condition) == dutch
    assert said(condition, "en") == english


def test_joined_conditions_become_one_sentence_with_brackets_only_where_they_are_needed() -> None:
    yes, words = {"answer": "choice", "is": "yes"}, {"answer": "words", "given": True}
    low = {"answer": "mark", "at_most": 5}
    first, second, third = (
        "u bij vraag 1 ‘Ja’ hebt gekozen",
        "u vraag 7 hebt ingevuld",
        "uw antwoord op vraag 4 ten hoogste 5 is",
    )
    assert said({"all": [yes, words]}) == f"{first} en {second}"
    assert said({"any": [yes, words, low]}) == f"{first}, {second} of {third}"
    assert said({"any": [{"all": [yes, words]}, low]}) == f"({first} en {second}) of {third}"
    assert said({"all": [{"all": [yes, words]}, low]}) == f"{first}, {second} en {third}"
    assert said({"not": {"any": [yes, words]}}) == (
        "u bij vraag 1 niet ‘Ja’ hebt gekozen en u vraag 7 niet hebt ingevuld"
    )


def test_what_is_known_beforehand_is_not_asked_of_the_reader() -> None:
    yes = {"answer": "choice", "is": "yes"}
    assert said({"role": "governor"}) is True
    assert said({"role": "official"}) is False
    assert said({"all": [{"role": "governor"}, yes]}) == said(yes)
    assert said({"any": [{"organisation": "GM0141"}, yes]}) is True
    assert said({"all": [{"kind": "provider"}, yes]}) is False
    assert said({"not": {"organisation": "GM0147"}}) is True


def test_an_answer_that_is_asked_nowhere_on_the_form_is_an_empty_one() -> None:
    assert said({"answer": "choice", "is": "yes"}, choice=True) is False
    assert said({"answer": "choice", "given": False}, choice=True) is True


def test_on_a_form_for_everybody_the_organisation_is_asked_of_the_reader() -> None:
    assert said({"organisation": ["GM0141", "GM0147"]}, standing=ANYWHERE) == "u antwoordt voor Almelo of Borne"
    assert said({"not": {"organisation": "wijk-1"}}, standing=ANYWHERE) == "u niet antwoordt voor wijk-1"
    assert said({"kind": ["municipality", "provider"]}, standing=ANYWHERE) == (
        "u antwoordt voor een gemeente of een aanbieder"
    )
    assert said({"not": {"kind": "municipality"}}, "en", ANYWHERE) == "you do not answer for a municipality"


_ATOMS: st.SearchStrategy[Any] = st.sampled_from(
    [{"answer": "choice", "is": "yes"}, {"answer": "words", "given": True}, {"role": "governor"}, {"role": "official"}]
)
_TREES = st.recursive(
    _ATOMS,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda found: {"all": found}),
        st.lists(parts, min_size=1, max_size=3).map(lambda found: {"any": found}),
        parts.map(lambda part: {"not": part}),
    ),
    max_leaves=8,
)


@given(_TREES, st.booleans(), st.booleans())
def test_the_sentence_is_true_exactly_when_the_condition_holds(tree: Any, chose: bool, wrote: bool) -> None:  # noqa: ANN401
    answers = {"choice": "yes" if chose else "no", "words": "ja" if wrote else ""}
    condition = _READ.validate_python(tree)
    conditions = Conditions(ASKED, ALMELO, Filling("nl", "Almelo", "Bestuurder"), NUMBERS)
    expected = holds(condition, ALMELO, lambda key: answers[key])
    assert _true(conditions._said(condition, wanted=True), chose=chose, wrote=wrote) == expected


def _true(found: Said, *, chose: bool, wrote: bool) -> bool:
    """What a reader makes of the clauses."""
    if isinstance(found, bool):
        return found
    if isinstance(found, Joined):
        parts = [_true(part, chose=chose, wrote=wrote) for part in found.parts]
        return all(parts) if found.how == "and" else any(parts)
    fact = chose if "vraag 1" in found else wrote
    return fact != ("niet" in found)


def test_parts_that_are_known_settle_or_fall_away() -> None:
    assert joined("and", [True, "a"]) == "a"
    assert joined("and", [False, "a"]) is False
    assert joined("or", [True, "a"]) is True
    assert joined("or", [False, False]) is False
    assert joined("and", [True]) is True
