"""The rows of the tables of a publication."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Membership
from surveyapp.questionnaires.questionnaire import Role
from surveyapp.reports.figures.specification import Cell
from surveyapp.web.figures import theme_title
from surveyapp.web.language import said
from surveyapp.web.publication.published import Published
from surveyapp.web.scores import ITEM, THEME


@dataclass(frozen=True)
class SafeRow:
    """A theme, statement or organisation: its protected score, and beside it that of the region or of roles."""

    title: str
    is_theme: bool
    n: int | None
    score: Cell
    beside: tuple[Cell, ...] = ()


def subject_rows(found: Published, organisation: str) -> Iterator[SafeRow]:
    """Every theme followed by its statements, of one organisation with the region and its shown roles beside it."""
    roles = shown_roles(found, organisation)
    for theme in found.edition.questionnaire.themes:
        for level, key, title in _subjects(found, theme):
            yield SafeRow(
                title,
                level == THEME,
                found.scores.count("n", level, key, organisation),
                found.scores.cell(level, key, organisation),
                (
                    found.scores.cell(level, key, EVERYONE),
                    *(_of_role(found, level, key, organisation, role) for role in roles),
                ),
            )


def statement_rows(found: Published, theme: str) -> list[SafeRow]:
    """A theme and its statements over the region, with the roles of the region beside it."""
    return [
        SafeRow(
            title,
            level == THEME,
            found.scores.count("n", level, key, EVERYONE),
            found.scores.cell(level, key, EVERYONE),
            tuple(_of_role(found, level, key, EVERYONE, role) for role in shown_roles(found)),
        )
        for level, key, title in _subjects(found, theme)
    ]


def organisation_rows(found: Published, theme: str) -> list[tuple[Membership, SafeRow]]:
    """Every organisation on one theme, in the order of the study."""
    return [
        (
            member,
            SafeRow(
                member.organisation.name,
                False,
                found.scores.count("n", THEME, theme, member.organisation.code),
                found.scores.cell(THEME, theme, member.organisation.code),
            ),
        )
        for member in found.members
    ]


def shown_roles(found: Published, organisation: str = EVERYONE) -> tuple[Role, ...]:
    """The roles of which the publication shows any mean here or over the region, in the order of the questionnaire."""
    themes = found.edition.questionnaire.themes
    return tuple(
        role
        for role in found.edition.questionnaire.roles
        if any(found.scores.cell(THEME, theme, organisation, role.key).value is not None for theme in themes)
    )


def _of_role(found: Published, level: str, key: str, organisation: str, role: Role) -> Cell:
    """The score of a role; a statement that was not put to it has none, which is nothing to hide."""
    asked = level == THEME or found.edition.questionnaire.questions[key].asked_of(role.key)
    return found.scores.cell(level, key, organisation, role.key) if asked else Cell.of(None)


def _subjects(found: Published, theme: str) -> list[tuple[str, str, str]]:
    """Level, key and title of a theme and its statements."""
    items = found.edition.questionnaire.scored_items(theme)
    return [(THEME, theme, theme_title(found.edition, theme)), *((ITEM, item.key, said(item.text)) for item in items)]
