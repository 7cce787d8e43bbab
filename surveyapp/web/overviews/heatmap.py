"""Where is it weak? Organisations by theme, or by the statements of one theme."""

from collections.abc import Sequence

import numpy as np
from flask import render_template, request

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.ordering import clustered
from surveyapp.models import Membership
from surveyapp.reports.scores import ITEM, THEME
from surveyapp.web import figures
from surveyapp.web.language import said
from surveyapp.web.overviews import choosing
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import _

ORDERS = ("study", "name", "cluster")
"""As the study lists them, by the alphabet, or those alike together. Never by height: that would be a league table."""


def page(reader: Reader) -> str:
    """The heatmap of everybody or of one role, in the order that is asked for."""
    role = choosing.role(reader.roles)
    theme = choosing.one_of("theme", reader.questionnaire.themes, "")
    order = choosing.one_of("order", ORDERS, ORDERS[0])
    balanced = reader.is_team and role == EVERYONE and request.args.get("view") == "balanced"
    subjects = _subjects(reader, theme, role)
    members = _ordered(reader, subjects, role, order)
    column = "balanced" if balanced else None
    title = _title(reader, role, theme, balanced=balanced)
    figure = figures.heatmap(reader.sight, members, title, subjects=subjects, role=role, column=column)
    return render_template(
        "overviews/heatmap.html",
        evaluation=reader.evaluation,
        found=reader,
        role=role,
        theme=theme,
        order=order,
        balanced=balanced,
        members=members,
        subjects=subjects if theme else [],
        figure=reader.placed([figure])[0],
    )


def _subjects(reader: Reader, theme: str, role: str) -> list[figures.Subject]:
    """The themes by their number; or a theme and the statements of it that were put to this role."""
    numbered = {key: str(place) for place, key in enumerate(reader.questionnaire.themes, 1)}
    if not theme:
        return [figures.Subject(THEME, key, numbered[key], title) for key, title, _address in reader.themes]
    items = reader.questionnaire.scored_items(theme)
    number = numbered[theme]
    return [
        figures.Subject(THEME, theme, number, figures.theme_title(reader.edition, theme)),
        *(
            figures.Subject(ITEM, item.key, f"{number}.{place}", said(item.text))
            for place, item in enumerate(items, 1)
            if role == EVERYONE or item.asked_of(role)
        ),
    ]


def _ordered(reader: Reader, subjects: Sequence[figures.Subject], role: str, order: str) -> list[Membership]:
    members = list(reader.members)
    if order == "name":
        return sorted(members, key=lambda member: member.organisation.name.casefold())
    if order == "cluster" and len(members) > 1:
        cells = [
            [reader.scores.cell(each.level, each.key, member.organisation.code, role).value for each in subjects]
            for member in members
        ]
        return [members[place] for place in clustered(np.array(cells, dtype=float))]
    return members


def _title(reader: Reader, role: str, theme: str, *, balanced: bool) -> str:
    parts = [_("Scores per organisation")]
    if theme:
        parts.append(figures.theme_title(reader.edition, theme))
    if role != EVERYONE:
        parts.append(said(reader.questionnaire.role(role).plural))
    if balanced:
        parts.append(_("every role weighing the same"))
    return ": ".join([parts[0], ", ".join(parts[1:])]) if parts[1:] else parts[0]
