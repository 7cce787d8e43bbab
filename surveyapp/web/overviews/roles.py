"""Do roles see it alike? Two roles on every theme over the region, the largest difference first."""

from flask import render_template

from surveyapp.reports.gaps import Gap
from surveyapp.web import figures
from surveyapp.web.language import said
from surveyapp.web.overviews import choosing
from surveyapp.web.overviews.reader import Reader


def page(reader: Reader) -> str:
    """The pair of roles that is asked for, on every theme, and the statements on which they differ most."""
    inside = reader.regional_roles
    pair = choosing.pair(inside)
    theme = choosing.one_of("theme", reader.questionnaire.themes, "")
    gaps = reader.gaps.between(pair[0].key, pair[1].key) if pair else {}
    figure = figures.role_gaps(reader.sight, pair, gaps, theme) if pair else None
    return render_template(
        "overviews/roles.html",
        evaluation=reader.evaluation,
        found=reader,
        pair=pair,
        roles=inside,
        theme=theme,
        figure=reader.placed([figure])[0] if figure else None,
        gaps=_ranked(reader, gaps, theme) if pair else [],
    )


def _ranked(reader: Reader, gaps: dict[str, Gap], theme: str) -> list[tuple[str, str | None, bool, Gap]]:
    """Title, page and whether it is a theme, of every gap that is known; the widest first."""
    themes = [theme] if theme else reader.questionnaire.themes
    found = []
    for key in themes:
        if key in gaps:
            address = reader.address("theme", theme=key)
            found.append((figures.theme_title(reader.edition, key), address, True, gaps[key]))
        for item in reader.questionnaire.scored_items(key):
            if item.key in gaps:
                address = reader.address("statement", question=item.key)
                found.append((said(item.text), address, False, gaps[item.key]))
    return sorted(found, key=lambda row: -abs(row[3].gap))
