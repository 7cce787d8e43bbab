"""A role that stands for several: where too few people have a role to keep it apart, their answers are kept together.

Who is merged is asked exactly what all of the merged roles are asked. So neither the questions that were answered nor
those that were not tell which of the roles somebody has.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, Final, TypeVar

from babel import UnknownLocaleError
from babel.lists import format_list

from surveyapp.questionnaires.condition import Condition, WhenAll, WhenAny, WhenNot, WhenRole
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.questionnaire import Questionnaire, Role, Section
from surveyapp.questionnaires.shape import Content
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, Text, say

C = TypeVar("C", bound=Content)
JOINT: Final = "__"


def joined(roles: Iterable[str]) -> str:
    """The key of the role that stands for these, given in the order of the questionnaire."""
    return JOINT.join(roles)


def parts(kept_as: str, order: Sequence[str]) -> tuple[str, ...]:
    """The roles that this key stands for, in the order of the questionnaire; a role itself stands for itself.

    Raises ``ValueError`` for a key that no set of these roles makes. A key may hold ``__`` itself, so it is found by
    joining and not by splitting.
    """
    if kept_as in order:
        return (kept_as,)
    inside = [key for key in order if key in kept_as]
    for size in range(2, len(inside) + 1):
        for chosen in combinations(inside, size):
            if joined(chosen) == kept_as:
                return chosen
    raise ValueError(f"{kept_as!r} joins no roles of this questionnaire")


def with_role(questionnaire: Questionnaire, kept_as: str) -> Questionnaire:
    """The same questionnaire with one more role, which stands for the roles that ``kept_as`` joins.

    It is shown a question, whatever it answers, exactly when each of those roles would be. For every other role
    nothing changes.
    """
    merged = parts(kept_as, [role.key for role in questionnaire.roles])
    if len(merged) == 1:
        return questionnaire
    return copied(
        questionnaire,
        roles=(*questionnaire.roles, as_one(kept_as, [questionnaire.role(key) for key in merged])),
        sections=tuple(_section(section, kept_as, merged) for section in questionnaire.sections),
    )


def as_one(key: str, roles: Sequence[Role]) -> Role:
    """A role with this key that stands for these."""
    plural = listed([role.plural for role in roles])
    return Role.model_construct(
        key=key, title=plural, plural=plural, description=_sentences([role.description for role in roles])
    )


def _section(section: Section, kept_as: str, merged: tuple[str, ...]) -> Section:
    asked = tuple(_question(question, kept_as, merged) for question in section.questions)
    return copied(section, when=_when(section.when, kept_as, merged), questions=asked)


def _question(question: Question, kept_as: str, merged: tuple[str, ...]) -> Question:
    roles = (*question.roles, kept_as) if set(merged) <= set(question.roles) else question.roles
    return copied(question, roles=roles, when=_when(question.when, kept_as, merged))


def _when(condition: Condition | None, kept_as: str, merged: tuple[str, ...]) -> Condition | None:
    """True for the merged role where it is true for each of them; for every other role what it was.

    A condition can say ``not``, so it is not enough to name the merged role wherever all of them are named.
    """
    if condition is None:
        return None
    seen_by: list[Condition] = []
    for role in merged:
        as_this = _as(condition, kept_as, role)
        if as_this not in seen_by:
            seen_by.append(as_this)
    return seen_by[0] if len(seen_by) == 1 else WhenAll.model_construct(all=tuple(seen_by))


def _as(condition: Condition, kept_as: str, role: str) -> Condition:
    """The condition that the merged role meets where this role meets the given one."""
    match condition:
        case WhenAll():
            return WhenAll.model_construct(all=tuple(_as(part, kept_as, role) for part in condition.all))
        case WhenAny():
            return WhenAny.model_construct(any=tuple(_as(part, kept_as, role) for part in condition.any))
        case WhenNot():
            return copied(condition, not_=_as(condition.not_, kept_as, role))
        case WhenRole() if role in condition.role:
            return WhenRole.model_construct(role=(*condition.role, kept_as))
    return condition


def copied(content: C, **changes: Any) -> C:  # noqa: ANN401 - what fields hold
    """A copy with other values. Not checked again: a joined key is longer than an author's may be."""
    fields = {name: getattr(content, name) for name in type(content).model_fields}
    made: C = type(content).model_construct(**{**fields, **changes})
    return made


def listed(words: Sequence[Text]) -> Text:
    """``Bestuurders en ambtenaren``, in every language that one of them has."""
    return {
        language: _list([say(text, language) for text in words], language)
        for language in dict.fromkeys(language for text in words for language in text)
    }


def _list(words: Sequence[str], language: str) -> str:
    lowered = [words[0], *(_lowered(word) for word in words[1:])]
    try:
        return format_list(lowered, locale=language)
    except UnknownLocaleError:
        return format_list(lowered, locale=DEFAULT_LANGUAGE)


def _lowered(word: str) -> str:
    """Without its capital, unless it is an abbreviation."""
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def _sentences(words: Sequence[Text]) -> Text:
    return {
        language: " ".join(say(text, language) for text in words)
        for language in dict.fromkeys(language for text in words for language in text)
    }
