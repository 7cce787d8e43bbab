"""Where in the region? One theme on a map of tiles, an organisation each."""

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.reports.figures import tile_layout
from surveyapp.reports.figures.specification import Tile, TileMap
from surveyapp.web import figures
from surveyapp.web.language import current, said
from surveyapp.web.open_roles import note
from surveyapp.web.overviews import choosing
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.scores import THEME
from surveyapp.web.words import _


def page(reader: Reader) -> str:
    """The theme that is asked for, of everybody or of one role."""
    theme = choosing.one_of("theme", reader.questionnaire.themes, reader.questionnaire.themes[0])
    role = choosing.role(reader.roles)
    return render_template(
        "overviews/map.html",
        evaluation=reader.evaluation,
        found=reader,
        theme=theme,
        role=role,
        figure=reader.placed([_figure(reader, theme, role)])[0],
        links={member.organisation.name: reader.organisation_address(member) for member in reader.members},
    )


def _figure(reader: Reader, theme: str, role: str) -> TileMap:
    title = figures.theme_title(reader.edition, theme)
    places = tile_layout.places([member.organisation.code for member in reader.members])
    scale = figures.widest_scale(reader.edition, (theme,))
    return TileMap(
        title=title if role == EVERYONE else f"{title}: {said(reader.questionnaire.role(role).plural)}",
        language=current(),
        threshold=max(reader.threshold, 1),
        note=note(reader.edition) if role == EVERYONE else None,
        row_title=_("Organisation"),
        subject=title,
        highest=len(scale.points),
        lowest_label=said(scale.points[0].label),
        highest_label=said(scale.points[-1].label),
        tiles=tuple(
            Tile(
                label=member.organisation.name,
                cell=reader.scores.cell(THEME, theme, member.organisation.code, role),
                place=places.get(member.organisation.code),
                n=reader.scores.count("n", THEME, theme, member.organisation.code, role),
            )
            for member in reader.members
        ),
    )
