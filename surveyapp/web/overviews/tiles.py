"""Where in the region? One theme on a map of tiles, an organisation each, or on the owner's map of its areas."""

from typing import Any

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Membership
from surveyapp.reports.figures.boundary_sheet import Sheet
from surveyapp.reports.figures.specification import Area, BoundaryMap, Cell, Tile, TileMap
from surveyapp.reports.scores import THEME
from surveyapp.web import figures, region_map
from surveyapp.web.language import current, said
from surveyapp.web.open_roles import note
from surveyapp.web.overviews import choosing
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import _

TILES, AREAS = "tiles", "areas"


def page(reader: Reader) -> str:
    """The theme that is asked for, of everybody or of one role."""
    theme = choosing.one_of("theme", reader.questionnaire.themes, reader.questionnaire.themes[0])
    role = choosing.role(reader.roles)
    sheet = region_map.sheet([member.organisation.code for member in reader.members])
    view = choosing.one_of("view", (TILES, AREAS) if sheet is not None else (TILES,), TILES)
    drawn = _areas(reader, theme, role, sheet) if sheet is not None and view == AREAS else _tiles(reader, theme, role)
    return render_template(
        "overviews/map.html",
        evaluation=reader.evaluation,
        found=reader,
        theme=theme,
        role=role,
        view=view,
        has_areas=sheet is not None,
        figure=reader.placed([drawn])[0],
        links={member.organisation.name: reader.organisation_address(member) for member in reader.members},
    )


def _tiles(reader: Reader, theme: str, role: str) -> TileMap:
    places = region_map.tiles([member.organisation.code for member in reader.members])
    return TileMap(
        **_about(reader, theme, role),
        tiles=tuple(
            Tile(
                label=member.organisation.name,
                cell=_cell(reader, theme, member, role),
                place=places.get(member.organisation.code),
                n=_n(reader, theme, member, role),
            )
            for member in reader.members
        ),
    )


def _areas(reader: Reader, theme: str, role: str, sheet: Sheet) -> BoundaryMap:
    return BoundaryMap(
        **_about(reader, theme, role),
        width=sheet.width,
        height=sheet.height,
        areas=tuple(
            Area(
                label=member.organisation.name,
                cell=_cell(reader, theme, member, role),
                rings=sheet.rings.get(member.organisation.code, ()),
                n=_n(reader, theme, member, role),
            )
            for member in reader.members
        ),
    )


def _about(reader: Reader, theme: str, role: str) -> dict[str, Any]:
    """What both maps say of the theme and its scale."""
    scale = figures.widest_scale(reader.edition, (theme,))
    title = figures.theme_title(reader.edition, theme)
    return {
        "title": title if role == EVERYONE else f"{title}: {said(reader.questionnaire.role(role).plural)}",
        "language": current(),
        "threshold": max(reader.threshold, 1),
        "note": note(reader.edition) if role == EVERYONE else None,
        "row_title": _("Organisation"),
        "subject": title,
        "highest": len(scale.points),
        "lowest_label": said(scale.points[0].label),
        "highest_label": said(scale.points[-1].label),
    }


def _cell(reader: Reader, theme: str, member: Membership, role: str) -> Cell:
    return reader.scores.cell(THEME, theme, member.organisation.code, role)


def _n(reader: Reader, theme: str, member: Membership, role: str) -> int | None:
    return reader.scores.count("n", THEME, theme, member.organisation.code, role)
