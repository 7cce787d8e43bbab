"""A tree into a typed object, and pydantic's findings into sentences for an author."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from surveyapp.questionnaires.changes import Changes
from surveyapp.questionnaires.condition import NAMES
from surveyapp.questionnaires.framework import Framework
from surveyapp.questionnaires.guide import Guide
from surveyapp.questionnaires.kinds import KINDS as QUESTION_KINDS
from surveyapp.questionnaires.parsing import Document, Node
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.shape import Content
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

C = TypeVar("C", bound=Content)
KINDS: Final[Mapping[str, type[Content]]] = {
    "framework": Framework,
    "questionnaire": Questionnaire,
    "guide": Guide,
    "changes": Changes,
}


def shape(document: Document, kind: type[C]) -> tuple[C | None, tuple[Problem, ...]]:
    """The typed object, or everything about its shape that is wrong."""
    try:
        return kind.model_validate(document.root.plain()), ()
    except ValidationError as failure:
        found = failure.errors(include_url=False, include_context=True)
        return None, tuple(_problem(document, error) for error in found)


def _problem(document: Document, error: ErrorDetails) -> Problem:
    steps = _without_kinds(error["loc"])
    node = document.root
    for step in steps:
        node = node.child(step) or node
    place = node.at("kind") if error["type"] == "union_tag_invalid" else node
    return document.problem(place, _sentence(error, steps))


def _without_kinds(location: Sequence[str | int]) -> tuple[str | int, ...]:
    """The steps in the file; pydantic also names ``[key]`` and, behind them, the kinds of questions and conditions."""
    steps: list[str | int] = []
    names_kind = False
    for step in location:
        if not names_kind and step != "[key]":
            steps.append(step)
        names_kind = not names_kind and _has_kinds(steps)
    return tuple(steps)


def _has_kinds(steps: Sequence[str | int]) -> bool:
    """Whether what stands at the end of these steps can be of several kinds."""
    listed = steps[-2] if len(steps) > 1 and isinstance(steps[-1], int) else None
    return steps[-1] in {"when", "not"} or listed in {"questions", "all", "any"}


def _sentence(error: ErrorDetails, steps: tuple[str | int, ...]) -> str:
    names = [step for step in steps if isinstance(step, str)]
    name = names[-1] if names else "file"
    if error["input"] is None and error["type"] != "missing":
        return f"'{name}' is empty: give it a value or remove it"
    if error["type"] == "union_tag_not_found" and name != "questions":
        return f"a condition looks at one thing: write one of {', '.join(NAMES)} under '{name}'"
    sentence = _SENTENCES.get(error["type"], f"'{{name}}' is not right: {error['msg']}")
    if error["type"] == "string_type" and isinstance(error["input"], (dict, list)):
        sentence = "'{name}' needs a single text: write it after the colon"
    return sentence.format_map(
        {
            "name": name,
            "value": _shown(error["input"]),
            "advice": _advice(name),
            **error.get("ctx", {}),
        }
    )


_SENTENCES: Final = {
    "missing": "'{name}' is missing: add it",
    "extra_forbidden": "'{name}' is not known here: {advice}",
    "string_type": "'{name}' is read as the value {value} and not as text: put it between quotes",
    "string_pattern_mismatch": "'{name}' is {value}, which cannot be a key: use lower case letters, digits and _, "
    "starting with a letter, 40 characters at most",
    "dict_type": f"'{{name}}' needs named parts: write a text per language under it, `{DEFAULT_LANGUAGE}: ...`",
    "tuple_type": "'{name}' needs a list: start every item with a hyphen",
    "model_type": "'{name}' is {value} where named parts are needed: write them as `name: value`",
    "model_attributes_type": "'{name}' has {value} where named parts are needed: write them as `name: value`",
    "literal_error": "'{name}' is {value}: choose {expected}",
    "union_tag_invalid": "'kind' is '{tag}': choose {expected_tags}",
    "union_tag_not_found": f"'kind' is missing: add {', '.join(QUESTION_KINDS)}",
    "int_type": "'{name}' is {value}: write a whole number",
    "int_parsing": "'{name}' is {value}: write a whole number",
    "int_from_float": "'{name}' is {value}: write a whole number",
    "greater_than_equal": "'{name}' is {value}: write {ge} or more",
    "less_than_equal": "'{name}' is {value}: write {le} or less",
    "too_short": "'{name}' is empty: write at least one",
    "decimal_type": "'{name}' is {value}: write a number",
    "decimal_parsing": "'{name}' is {value}: write a number",
    "float_type": "'{name}' is {value}: write a number",
    "float_parsing": "'{name}' is {value}: write a number",
    "finite_number": "'{name}' is {value}: write a number",
    "not_a_day": "'{name}' is {value}: write a day as 2026-11-22",
    "bool_type": "'{name}' is {value}: write true or false",
    "bool_parsing": "'{name}' is {value}: write true or false",
    "value_error": f"'{{name}}' has no text in '{DEFAULT_LANGUAGE}': add it",
}


def _advice(name: str) -> str:
    near = difflib.get_close_matches(name, _known_names(), n=1)
    return f"did you mean '{near[0]}'?" if near else "remove it, or check the spelling"


def _shown(value: object) -> str:
    """A value as its author wrote it, short enough for one line."""
    written = str(value).lower() if isinstance(value, bool) else str(value)
    short = written if len(written) <= 40 else written[:39] + "…"
    return f"'{short}'"


def _known_names() -> list[str]:
    """Every name that some content has; other rooms have frozen things of this shape too, which no author writes."""

    def below(kind: type[Content]) -> set[type[Content]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    ours = (kind for kind in below(Content) if kind.__module__.startswith(__package__))
    return sorted({field.alias or name for kind in ours for name, field in kind.model_fields.items()})


def kind_of(root: Node) -> str | None:
    """What a file with a name of its own is, by what stands in it."""
    found = {kind: len(names & root.entries.keys()) for kind, names in _MARKS.items()}
    likeliest = max(found, key=lambda kind: found[kind])
    return likeliest if found[likeliest] else None


_MARKS: Final[Mapping[str, frozenset[str]]] = {
    "questionnaire": frozenset({"sections", "scales", "minutes", "roles", "purpose"}),
    "guide": frozenset({"introduction", "strength", "closing", "signals"}),
    "framework": frozenset({"origin", "themes"}),
    "changes": frozenset({"follows", "bridges"}),
}
