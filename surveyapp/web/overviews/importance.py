"""What matters and goes less well? Every theme by its score and by how important people find it."""

from collections.abc import Mapping

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.priorities import asked_importance
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.reports.figures.specification import Cell, Importance, Point
from surveyapp.reports.scores import THEME
from surveyapp.web import figures
from surveyapp.web.language import current, said
from surveyapp.web.open_roles import note
from surveyapp.web.overviews import choosing
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import _


def page(reader: Reader) -> str:
    """Over the region, in one organisation, or of one role in either."""
    asked = asked_importance(reader.questionnaire)
    codes = [member.organisation.code for member in reader.members]
    organisation = choosing.one_of("organisation", codes, EVERYONE)
    roles = reader.regional_roles if organisation == EVERYONE else reader.roles_in(organisation)
    role = choosing.role(roles)
    drawn = _figure(reader, asked, organisation, role) if asked else None
    figure = drawn if drawn is not None and drawn.placed else None
    return render_template(
        "overviews/importance.html",
        evaluation=reader.evaluation,
        found=reader,
        organisation=organisation,
        role=role,
        roles=roles,
        asked=asked,
        figure=reader.placed([figure])[0] if figure else None,
        first_things=[point.label for point in figure.first_things] if figure else [],
    )


def _figure(reader: Reader, asked: Mapping[str, str], organisation: str, role: str) -> Importance:
    points = [_point(reader, theme, question, organisation, role) for theme, question in asked.items()]
    questions = [reader.questionnaire.questions[key] for key in asked.values()]
    scales = [reader.questionnaire.scale(each.scale) for each in questions if isinstance(each, ScaleQuestion)]
    where = next((each.organisation.name for each in reader.members if each.organisation.code == organisation), None)
    parts = [where or _("Region"), *([said(reader.questionnaire.role(role).plural)] if role != EVERYONE else [])]
    return Importance(
        title=_("Importance and score: %(where)s", where=", ".join(parts)),
        language=current(),
        threshold=max(reader.threshold, 1),
        note=note(reader.edition) if role == EVERYONE else None,
        row_title=_("Theme"),
        points=tuple(points),
        highest=figures.most_points(reader.edition, reader.questionnaire.themes),
        highest_importance=max(len(scale.points) for scale in scales),
    )


def _point(reader: Reader, theme: str, question: str, organisation: str, role: str) -> Point:
    answered = reader.sight.answered
    mean = answered.measure("mean", question, organisation, role) if answered is not None else None
    hidden = "linked" if mean is None and not reader.is_team else None
    return Point(
        label=figures.theme_title(reader.edition, theme),
        score=reader.scores.cell(THEME, theme, organisation, role),
        importance=Cell.of(mean, hidden),
        n=reader.scores.count("n", THEME, theme, organisation, role),
    )
