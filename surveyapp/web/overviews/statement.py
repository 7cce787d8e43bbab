"""One statement: its words and where it comes from, its scores, and how the answers to it spread."""

from dataclasses import replace

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.errors import NotFound
from surveyapp.reports.scores import ITEM
from surveyapp.web import figures
from surveyapp.web.language import said
from surveyapp.web.overviews import agreeing, rows
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import _


def page(reader: Reader, question: str) -> str:
    """The statement over the region by role, and by organisation."""
    theme = reader.questionnaire.theme_of.get(question)
    if theme is None:
        raise NotFound("question", question=question)
    item = reader.questionnaire.questions[question]
    roles = tuple(role for role in reader.regional_roles if item.asked_of(role.key))
    figure = figures.answers_by_role(reader.sight, question, EVERYONE, roles)
    themes = list(reader.questionnaire.scored_items(theme))
    at = [each.key for each in themes].index(question)
    return render_template(
        "overviews/statement.html",
        evaluation=reader.evaluation,
        found=reader,
        theme=theme,
        question=question,
        theme_title=figures.theme_title(reader.edition, theme),
        title=said(item.text),
        code=f"{reader.questionnaire.themes.index(theme) + 1}.{at + 1}",
        reverse=themes[at].reverse,
        not_asked=[role for role in reader.questionnaire.roles if not item.asked_of(role.key)],
        figure=reader.placed([figure])[0] if figure else None,
        region=[
            replace(
                rows.score_row(reader, ITEM, question, name, None, EVERYONE, key),
                words=agreeing.words(reader, question, EVERYONE, key),
            )
            for key, name in ((EVERYONE, _("Everybody")), *((role.key, said(role.plural)) for role in roles))
        ],
        organisations=rows.organisation_rows(
            reader, ITEM, question, [role for role in reader.roles if item.asked_of(role.key)]
        ),
        before=themes[at - 1].key if at else None,
        after=themes[at + 1].key if at + 1 < len(themes) else None,
    )
