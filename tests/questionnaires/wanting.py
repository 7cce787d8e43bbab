"""Small questionnaires with conditions of every sort, to draw from."""

import re
from typing import Any

from hypothesis import strategies as st

from surveyapp.questionnaires.questionnaire import Questionnaire

ROLES = ("governor", "official")
ORGANISATIONS = ("GM0141", "GM0147")
KINDS = ("municipality", "provider")
OPTIONS = ("a", "b", "c")


def said(words: str) -> dict[str, str]:
    return {"nl": words, "en": words}


def options(*keys: str, **marks: str) -> list[dict[str, Any]]:
    """``options("a", "b", exclusive="b")``."""
    return [
        {"key": key, "label": said(key), **{mark: True for mark, marked in marks.items() if marked == key}}
        for key in keys
    ]


SMALL: dict[str, dict[str, Any]] = {
    "choice": {"options": options(*OPTIONS)},
    "choices": {"options": options(*OPTIONS, exclusive="c")},
    "ladder": {"rungs": options("a", "b")},
    "ranking": {"options": options("a", "b"), "top": 1},
    "number": {"least": 1, "most": 3},
    "scale": {"scale": "agree", "purpose": "opinion"},
    "text": {},
    "consent": {},
    "information": {},
}
"""Kind -> what an author writes for one with few answers."""
ANSWERS: dict[str, tuple[str, ...]] = {
    "choice": OPTIONS,
    "choices": ("a", "b", "a;b", "c"),
    "ladder": ("a", "b", "a;b", "none"),
    "ranking": ("a", "b"),
    "number": ("1", "2", "3"),
    "scale": ("1", "2", "3", "dk"),
    "text": ("woorden",),
    "consent": ("yes",),
    "information": (),
}
"""Kind -> every answer to it, but for the words that are written."""


def about_standing() -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        st.sampled_from(ROLES).map(lambda role: {"role": role}),
        st.lists(st.sampled_from(ORGANISATIONS), min_size=1).map(lambda codes: {"organisation": codes}),
        st.sampled_from(KINDS).map(lambda kind: {"kind": kind}),
    )


def about(question: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """What can be wanted of the answer to a question."""
    kind = question["kind"]
    wants: list[st.SearchStrategy[dict[str, Any]]] = [st.fixed_dictionaries({"given": st.booleans()})]
    if kind not in {"number", "text"}:
        codes = sorted({code for answer in ANSWERS[kind] for code in re.split("[;>]", answer)})
        wants.append(st.fixed_dictionaries({"is": st.lists(st.sampled_from(codes), min_size=1, max_size=2)}))
    if kind in {"number", "scale"}:
        bounds = st.sampled_from([0.5, 1, 2, 2.5, 3])
        wants += [st.fixed_dictionaries({name: bounds}) for name in ("at_least", "at_most")]
    return st.lists(st.one_of(wants), min_size=1, max_size=2).map(
        lambda found: {"answer": question["key"], **{name: value for want in found for name, value in want.items()}}
    )


def conditions(earlier: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions that look at these questions, and at who answers."""
    looks = [about(question) for question in earlier if question["kind"] != "information"]
    return st.recursive(
        st.one_of(*looks, *looks, about_standing()),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=4,
    )


@st.composite
def questionnaires(draw: st.DrawFn, most: int = 4) -> Questionnaire:
    """Two sections with a few questions, each of which may look at what stands before it."""
    found: list[dict[str, Any]] = []
    sections: list[dict[str, Any]] = []
    for number in range(2):
        section: dict[str, Any] = {"key": f"s{number}", "title": said("Vragen"), "questions": []}
        if draw(st.booleans()):
            section["when"] = draw(conditions(found))
        before = list(found)
        for _ in range(draw(st.integers(1, most // 2))):
            question = _question(draw, f"q{len(found)}", before + section["questions"])
            section["questions"].append(question)
            found.append(question)
        sections.append(section)
    return questionnaire_of(sections)


def _question(draw: st.DrawFn, key: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(SMALL)))
    question = {"key": key, "kind": kind, "text": said("Vraag"), **SMALL[kind]}
    if kind != "information":
        question["required"] = draw(st.booleans())
    if draw(st.integers(0, 3)) == 0:
        question["roles"] = [draw(st.sampled_from(ROLES))]
    if draw(st.integers(0, 3)):
        question["when"] = draw(conditions(earlier))
    return question


def questionnaire_of(sections: list[dict[str, Any]]) -> Questionnaire:
    """A questionnaire of these sections, for two roles and on a scale of three."""
    return Questionnaire.model_validate(
        {
            "key": "wanting",
            "version": "1",
            "title": said("Voorbeeld"),
            "purpose": said("Om te proberen."),
            "minutes": 5,
            "roles": [
                {"key": role, "title": said(role), "plural": said(role), "description": said(role)} for role in ROLES
            ],
            "scales": [
                {
                    "key": "agree",
                    "points": [{"code": code, "label": said(str(code))} for code in (1, 2, 3)],
                    "dont_know": said("Weet ik niet"),
                }
            ],
            "sections": sections,
        }
    )
