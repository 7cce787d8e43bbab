"""The mark on roles that answered through an open link: whoever wanted could take part, nobody was chosen."""

from collections.abc import Collection, Mapping
from typing import Final

from surveyapp.questionnaires.questionnaire import Questionnaire, Role
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, Text

MARK: Final = " (open link)"
"""Said alike in Dutch and in English."""


def marked(questionnaire: Questionnaire, roles: Collection[str]) -> Questionnaire:
    """The same questionnaire, in which the names of these roles end with the mark, in every language."""
    named = tuple(_marked(role) if role.key in roles else role for role in questionnaire.roles)
    return questionnaire.model_copy(update={"roles": named})


def open_in(questionnaire: Questionnaire) -> tuple[Role, ...]:
    """The roles that carry the mark."""
    return tuple(role for role in questionnaire.roles if role.plural[DEFAULT_LANGUAGE].endswith(MARK))


def unmarked(words: str) -> str:
    """The name of a role without the mark, for a sentence that says the same."""
    return words.removesuffix(MARK)


def _marked(role: Role) -> Role:
    return role.model_copy(update={"title": _with_mark(role.title), "plural": _with_mark(role.plural)})


def _with_mark(words: Mapping[str, str]) -> Text:
    return {language: said if said.endswith(MARK) else said + MARK for language, said in words.items()}
