"""What of two waves can be compared: the same statement, on the same scale, put to the same roles."""

from collections.abc import Collection
from typing import Final

from surveyapp.questionnaires.questionnaire import Questionnaire, ScaleQuestion
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

SAME: Final = "same"
REWORDED: Final = "reworded"
RESCALED: Final = "rescaled"
OTHER_ROLES: Final = "other-roles"
OTHER_STATEMENTS: Final = "other-statements"
OTHER_ORGANISATIONS: Final = "other-organisations"
"""Of a region: it is not made up of the same organisations."""
COMPARABLE: Final = frozenset({SAME, RESCALED})
"""Where a change can be told, if need be from 0 to 100."""


def continuity(first: Questionnaire, second: Questionnaire, bridges: Collection[str] = ()) -> dict[str, str]:
    """Themes and scored items of both questionnaires -> whether the trend goes on, in the order of the second.

    ``same``: comparable. ``rescaled``: another number of points, so comparable from 0 to 100 only, with a visible
    break. ``reworded``: another text, or turned the other way round: another statement. ``other-roles``: put to others.
    ``other-statements``, of a theme: its items are not the same ones. An item or theme among ``bridges`` was declared
    to go on nevertheless: a reworded one is then ``same``. A theme is as its worst item.
    """
    before = {item.key: item for item in first.scored}
    items = {
        item.key: _item(before[item.key], item, first, second, bridges) for item in second.scored if item.key in before
    }
    themes = {theme: _theme(theme, first, second, items, bridges) for theme in second.themes if theme in first.themes}
    return themes | items


def _item(
    old: ScaleQuestion, new: ScaleQuestion, first: Questionnaire, second: Questionnaire, bridges: Collection[str]
) -> str:
    if len(first.scale(old.scale).points) != len(second.scale(new.scale).points):
        return RESCALED
    if new.key in bridges:
        return SAME
    if old.text[DEFAULT_LANGUAGE].split() != new.text[DEFAULT_LANGUAGE].split() or old.reverse != new.reverse:
        return REWORDED
    return SAME if _asked(old, first) == _asked(new, second) else OTHER_ROLES


def _asked(item: ScaleQuestion, questionnaire: Questionnaire) -> set[str]:
    return {role.key for role in questionnaire.roles if item.asked_of(role.key)}


def _theme(
    theme: str, first: Questionnaire, second: Questionnaire, items: dict[str, str], bridges: Collection[str]
) -> str:
    old, new = ({item.key for item in found.scored_items(theme)} for found in (first, second))
    worst = {items[key] for key in old & new}
    if RESCALED in worst:
        return RESCALED
    if theme in bridges:
        return SAME
    if old != new:
        return OTHER_STATEMENTS
    return next((found for found in (REWORDED, OTHER_ROLES) if found in worst), SAME)
