"""A role that stands for several is asked what all of them are asked, so that its answers tell nothing of the role."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.questionnaires import library
from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.merging import joined, parts, with_role
from surveyapp.questionnaires.path import path, possible
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.effort import tries

ROLES = ("governor", "official", "provider")
PLURALS = {"governor": "Bestuurders", "official": "Ambtenaren", "provider": "Zorgaanbieders"}
KEYS = tuple(f"q{number}" for number in range(6))
CODES = ("", "1", "2", "3", "dk")


def _text(words: str) -> dict[str, str]:
    return {"nl": words}


def _questionnaire(sections: list[dict[str, Any]]) -> Questionnaire:
    return Questionnaire.model_validate(
        {
            "key": "merged",
            "version": "1",
            "title": _text("Samen"),
            "purpose": _text("Om te leren."),
            "minutes": 1,
            "roles": [
                {"key": key, "title": _text(key), "plural": _text(PLURALS[key]), "description": _text(f"{key}.")}
                for key in ROLES
            ],
            "scales": [
                {
                    "key": "agree",
                    "points": [{"code": code, "label": _text(str(code))} for code in (1, 2, 3)],
                    "dont_know": _text("?"),
                }
            ],
            "sections": sections,
        }
    )


def _conditions(earlier: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Any condition, of any depth, on who answers and on earlier answers."""
    plain: list[st.SearchStrategy[dict[str, Any]]] = [
        st.fixed_dictionaries({"role": st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True)}),
        st.fixed_dictionaries({"organisation": st.sampled_from(["GM1", "GM2"])}),
        st.fixed_dictionaries({"kind": st.sampled_from(["municipality", "provider"])}),
    ]
    if earlier:
        asked = st.sampled_from(earlier)
        plain += [
            st.fixed_dictionaries({"answer": asked, "is": st.sampled_from(CODES[1:])}),
            st.fixed_dictionaries({"answer": asked, "at_least": st.integers(1, 3)}),
            st.fixed_dictionaries({"answer": asked, "given": st.booleans()}),
        ]
    return st.recursive(
        st.one_of(plain),
        lambda inner: st.one_of(
            st.fixed_dictionaries({"not": inner}),
            st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        ),
        max_leaves=5,
    )


@st.composite
def _questionnaires(draw: st.DrawFn) -> Questionnaire:
    sections = []
    for place in range(3):
        earlier = KEYS[: place * 2]
        questions = []
        for key in KEYS[place * 2 : place * 2 + 2]:
            question: dict[str, Any] = {"key": key, "kind": "scale", "scale": "agree", "text": _text(key)}
            question["roles"] = draw(st.lists(st.sampled_from(ROLES), max_size=3, unique=True))
            if draw(st.booleans()):
                question["when"] = draw(_conditions(earlier))
            questions.append(question)
        section: dict[str, Any] = {"key": f"s{place}", "title": _text("Deel"), "questions": questions}
        if draw(st.booleans()):
            section["when"] = draw(_conditions(earlier))
        sections.append(section)
    return _questionnaire(sections)


_MERGED = st.lists(st.sampled_from(ROLES), min_size=2, max_size=3, unique=True).map(
    lambda roles: tuple(sorted(roles, key=ROLES.index))
)
_STANDINGS = st.builds(
    Standing, st.just(""), st.sampled_from(["GM1", "GM3"]), st.sampled_from(["municipality", "provider"])
)


def _as(role: str, standing: Standing) -> Standing:
    return Standing(role, standing.organisation, standing.kind)


@given(_questionnaires(), _MERGED, _STANDINGS, st.fixed_dictionaries(dict.fromkeys(KEYS, st.sampled_from(CODES))))
@tries(150)
def test_who_is_merged_is_shown_a_question_exactly_when_each_of_the_merged_roles_would_be(
    questionnaire: Questionnaire, roles: tuple[str, ...], standing: Standing, posted: dict[str, str]
) -> None:
    kept_as = joined(roles)
    merged = with_role(questionnaire, kept_as)
    answers: dict[str, str] = {}
    while True:  # answers what is shown until nothing more appears
        shown = path(merged, _as(kept_as, standing), answers).questions
        given_now = {key: posted[key] for key in shown}
        if given_now == answers:
            break
        if set(given_now) <= set(answers):
            answers = {key: value for key, value in answers.items() if key in shown}
            break
        answers = answers | given_now
    shown = path(merged, _as(kept_as, standing), answers).questions
    answers = {key: value for key, value in answers.items() if key in shown}
    of_each = [set(path(questionnaire, _as(role, standing), answers).questions) for role in roles]
    assert set(path(merged, _as(kept_as, standing), answers).questions) == set.intersection(*of_each)


@given(_questionnaires(), _MERGED, _STANDINGS)
@tries(100)
def test_what_may_be_shown_to_who_is_merged_may_be_shown_to_each_of_the_merged_roles(
    questionnaire: Questionnaire, roles: tuple[str, ...], standing: Standing
) -> None:
    kept_as = joined(roles)
    merged = possible(with_role(questionnaire, kept_as), _as(kept_as, standing)).questions
    of_each = [set(possible(questionnaire, _as(role, standing)).questions) for role in roles]
    assert set(merged) == set.intersection(*of_each)


@given(_questionnaires(), _MERGED, _STANDINGS, st.fixed_dictionaries(dict.fromkeys(KEYS, st.sampled_from(CODES))))
@tries(100)
def test_for_every_other_role_nothing_changes(
    questionnaire: Questionnaire, roles: tuple[str, ...], standing: Standing, answers: dict[str, str]
) -> None:
    merged = with_role(questionnaire, joined(roles))
    for role in ROLES:
        as_before = path(questionnaire, _as(role, standing), answers).questions
        assert set(path(merged, _as(role, standing), answers).questions) == set(as_before)
        assert [item.key for item in merged.coded_for(role)] == [item.key for item in questionnaire.coded_for(role)]


def test_who_is_merged_is_asked_nothing_that_a_condition_keeps_from_one_of_them() -> None:
    """``not governor`` is true of an official, so naming the merged role where all are named would not do."""
    questionnaire = _questionnaire(
        [
            {
                "key": "s",
                "title": _text("Deel"),
                "questions": [
                    {
                        "key": "q0",
                        "kind": "scale",
                        "scale": "agree",
                        "text": _text("?"),
                        "when": {"not": {"role": "governor"}},
                    },
                    {"key": "q1", "kind": "scale", "scale": "agree", "text": _text("?")},
                ],
            }
        ]
    )
    merged = with_role(questionnaire, "governor__official")
    assert list(path(merged, Standing("governor__official", "GM1", "municipality"), {}).questions) == ["q1"]
    assert list(path(merged, Standing("official", "GM1", "municipality"), {}).questions) == ["q0", "q1"]


def test_a_merged_role_is_called_by_the_names_of_all_in_every_language() -> None:
    merged = with_role(library.load("seven-habits/1").questionnaire, "governor__official")
    role = merged.role("governor__official")
    assert role.title == role.plural == {"nl": "Bestuurders en ambtenaren", "en": "Governors and officials"}


def test_an_abbreviation_keeps_its_capitals_and_three_names_are_listed_in_dutch() -> None:
    questionnaire = _questionnaire([])
    roles = [role.model_copy(update={"plural": _text(name)}) for role, name in
             zip(questionnaire.roles, ("Wethouders", "OZJ-adviseurs", "Aanbieders"), strict=True)]  # fmt: skip
    named = Questionnaire.model_validate(questionnaire.model_dump() | {"roles": [one.model_dump() for one in roles]})
    merged = with_role(named, joined(ROLES))
    assert merged.role(joined(ROLES)).plural == {"nl": "Wethouders, OZJ-adviseurs en aanbieders"}


def test_in_a_language_that_nobody_knows_the_names_are_listed_as_in_dutch() -> None:
    document = _questionnaire([]).model_dump()
    for role in document["roles"]:
        role["plural"]["qq"] = role["key"].title()
    merged = with_role(Questionnaire.model_validate(document), "governor__official")
    assert merged.role("governor__official").plural["qq"] == "Governor en official"


def test_a_role_that_is_not_merged_leaves_the_questionnaire_as_it_is() -> None:
    questionnaire = _questionnaire([])
    assert with_role(questionnaire, "official") is questionnaire


def test_a_key_is_taken_apart_by_joining_because_a_role_may_hold_the_joint_itself() -> None:
    order = ["a", "a__b", "b", "c"]
    assert parts("a__b", order) == ("a__b",)
    assert parts("a__b__c", order) == ("a__b", "c")
    with pytest.raises(ValueError, match="joins no roles"):
        parts("a__d", order)


def test_several_merged_roles_stand_beside_one_another() -> None:
    merged = with_role(with_role(_questionnaire([]), "governor__official"), "official__provider")
    assert [role.key for role in merged.roles] == [*ROLES, "governor__official", "official__provider"]
