"""When a section or question is shown: small data, evaluated by one pure function.

``{answer: q3, at_least: 4}``, ``{role: governor}``, ``{organisation: GM0141}``, ``{kind: municipality}``, joined by
``all``, ``any`` and ``not``. A condition speaks of earlier questions only; the checker proves it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Union

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag

from surveyapp.questionnaires.shape import Content, Key

OrganisationKind = Literal["municipality", "region_body", "neighbourhood", "provider", "programme_team"]


@dataclass(frozen=True)
class Standing:
    """Who answers, as far as conditions look at it: all is known before the first answer.

    ``organisation`` is a code (``GM0141``) and ``kind`` the kind of organisation.
    """

    role: str
    organisation: str
    kind: str


AnswerTo = Callable[[str], str | None]
"""Question -> its answer as it is stored, empty when there is none; None while it is not known."""


def _one_or_more(value: object) -> object:
    """Authors write ``role: governor`` as well as ``role: [governor, official]``, and ``is: 4`` without quotes."""
    several = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(str(one) if isinstance(one, (int, float)) and not isinstance(one, bool) else one for one in several)


def _or_one(kinds: object) -> BeforeValidator:
    """Takes one of these kinds of value for a list of one; editors are told so too."""
    return BeforeValidator(_one_or_more, json_schema_input_type=kinds)


_Words = Annotated[tuple[str, ...], _or_one(str | float | tuple[str | float, ...]), Field(min_length=1)]
_Keys = Annotated[tuple[Key, ...], _or_one(Key | tuple[Key, ...]), Field(min_length=1)]
_Kinds = Annotated[
    tuple[OrganisationKind, ...], _or_one(OrganisationKind | tuple[OrganisationKind, ...]), Field(min_length=1)
]

_Bound = Annotated[float, Field(allow_inf_nan=False)]


class _Condition(Content):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class WhenAnswer(_Condition):
    """The answer to an earlier question, which was shown: all that is written here must be true of it.

    ``is``: it is, or holds, one of these codes. ``at_least`` and ``at_most``: it is a number that is in between; "don't
    know" is none. ``given``: there is an answer at all, or with ``false``: there is none.
    """

    answer: Key
    is_: Annotated[_Words | None, Field(alias="is")] = None
    at_least: _Bound | None = None
    at_most: _Bound | None = None
    given: bool | None = None


class WhenRole(_Condition):
    """The respondent has one of these roles."""

    role: _Keys


class WhenOrganisation(_Condition):
    """The respondent answers for one of these organisations, by code."""

    organisation: _Words


class WhenKind(_Condition):
    """The respondent answers for an organisation of one of these kinds."""

    kind: _Kinds


class WhenAll(_Condition):
    """Every one of these is true."""

    all: Annotated[tuple["Condition", ...], Field(min_length=1)]


class WhenAny(_Condition):
    """At least one of these is true."""

    any: Annotated[tuple["Condition", ...], Field(min_length=1)]


class WhenNot(_Condition):
    """This is not true."""

    not_: Annotated["Condition", Field(alias="not")]


NAMES: Final = ("answer", "role", "organisation", "kind", "all", "any", "not")
"""The word that says what a condition looks at; each condition has exactly one."""


def _which(value: Any) -> str | None:  # noqa: ANN401 - whatever an author wrote
    given: Iterable[str] = value if isinstance(value, Mapping) else getattr(type(value), "model_fields", ())
    found = [name for name in NAMES if name in given or f"{name}_" in given]
    return found[0] if len(found) == 1 else None


Condition = Annotated[
    Union[  # noqa: UP007 - the members refer to the union itself
        Annotated[WhenAnswer, Tag("answer")],
        Annotated[WhenRole, Tag("role")],
        Annotated[WhenOrganisation, Tag("organisation")],
        Annotated[WhenKind, Tag("kind")],
        Annotated[WhenAll, Tag("all")],
        Annotated[WhenAny, Tag("any")],
        Annotated[WhenNot, Tag("not")],
    ],
    Discriminator(_which),
]
for _joining in (WhenAll, WhenAny, WhenNot):
    _joining.model_rebuild()


def holds(condition: Condition, standing: Standing, answer: AnswerTo) -> bool | None:
    """Whether the condition is true; None where that depends on answers that are not known."""
    match condition:
        case WhenAll():
            return all_hold(condition.all, standing, answer)
        case WhenAny():
            return _not(_all(_not(holds(part, standing, answer)) for part in condition.any))
        case WhenNot():
            return _not(holds(condition.not_, standing, answer))
        case WhenRole():
            return standing.role in condition.role
        case WhenOrganisation():
            return standing.organisation in condition.organisation
        case WhenKind():
            return standing.kind in condition.kind
        case WhenAnswer():
            value = answer(condition.answer)
            return None if value is None else fits(condition, value)


def all_hold(conditions: Iterable[Condition], standing: Standing, answer: AnswerTo) -> bool | None:
    """Whether every one of these conditions is true, as ``holds``."""
    return _all(holds(condition, standing, answer) for condition in conditions)


def fits(condition: WhenAnswer, value: str) -> bool:
    """Whether this answer, as it is stored, is what the condition wants."""
    if condition.given is not None and condition.given != bool(value.strip()):
        return False
    if condition.is_ is not None and not set(condition.is_) & set(re.split("[;>]", value)):
        return False
    if condition.at_least is None and condition.at_most is None:
        return True
    number = _number(value)
    if number is None:
        return False
    least = condition.at_least if condition.at_least is not None else number
    most = condition.at_most if condition.at_most is not None else number
    return least <= number <= most


def atoms(condition: Condition) -> Iterator[Condition]:
    """The conditions within this one that join no others."""
    match condition:
        case WhenAll():
            parts: tuple[Condition, ...] = condition.all
        case WhenAny():
            parts = condition.any
        case WhenNot():
            parts = (condition.not_,)
        case _:
            yield condition
            return
    for part in parts:
        yield from atoms(part)


def _all(parts: Iterable[bool | None]) -> bool | None:
    found = set(parts)
    if False in found:
        return False
    return None if None in found else True


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
