"""Roles that are shown as one: how results of a wave are told where roles apart would be too small."""

from collections.abc import Iterable, Sequence

from surveyapp.questionnaires.merging import as_one, copied, joined
from surveyapp.questionnaires.questionnaire import Question, Questionnaire


def asked_alike(questionnaire: Questionnaire, roles: Iterable[str]) -> bool:
    """Whether these roles were put the same coded questions: only then is a score of them together a score of one."""
    return len({tuple(question.key for question in questionnaire.coded_for(role)) for role in roles}) == 1


def together(questionnaire: Questionnaire, groups: Iterable[Sequence[str]]) -> Questionnaire:
    """The same questionnaire with one role for each group of roles, in the place of its first.

    What was put to any of them was put to the group. Conditions stay as they were asked: this is for results only.
    """
    for group in groups:
        key = joined(group)
        one = as_one(key, [questionnaire.role(role) for role in group])
        roles = tuple(
            one if role.key == group[0] else role
            for role in questionnaire.roles
            if role.key == group[0] or role.key not in group
        )
        sections = tuple(
            copied(section, questions=tuple(_put(question, key, group) for question in section.questions))
            for section in questionnaire.sections
        )
        questionnaire = copied(questionnaire, roles=roles, sections=sections)
    return questionnaire


def _put(question: Question, key: str, group: Sequence[str]) -> Question:
    """An empty list of roles means everybody, and stays so."""
    others = tuple(role for role in question.roles if role not in group)
    return question if others == question.roles else copied(question, roles=(*others, key))
