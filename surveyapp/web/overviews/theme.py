"""One theme: how its statements score over the region, how the answers spread, and where two roles differ."""

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.reports.scores import THEME
from surveyapp.web import figures
from surveyapp.web.overviews import agreeing, choosing, rows
from surveyapp.web.overviews.reader import Reader


def page(reader: Reader, theme: str) -> str:
    """The theme for everybody or one role; which two roles stand beside each other is chosen too."""
    reader.must_have_theme(theme)
    inside = reader.regional_roles
    role, pair = choosing.role(inside), choosing.pair(inside)
    gaps = reader.gaps.between(pair[0].key, pair[1].key) if pair else {}
    spread = list(figures.bars(reader.sight, theme, EVERYONE, role))
    apart = [figures.dumbbell(reader.sight, theme, pair, gaps)] if pair else []
    placed = reader.placed([*spread, *apart])
    return render_template(
        "overviews/theme.html",
        evaluation=reader.evaluation,
        found=reader,
        theme=theme,
        title=figures.theme_title(reader.edition, theme),
        about=reader.edition.framework.theme(theme),
        role=role,
        roles=inside,
        every_role=reader.roles,
        pair=pair,
        gap=gaps.get(theme),
        bars=placed[: len(spread)],
        dumbbell=placed[-1] if apart else None,
        statements=rows.statement_rows(reader, theme, role, inside if role == EVERYONE else ()),
        apart=list(agreeing.apart(reader, theme)),
        organisations=rows.organisation_rows(reader, THEME, theme, reader.roles),
        estimates={code: found for (key, code), found in reader.estimates.items() if key == theme},
    )
