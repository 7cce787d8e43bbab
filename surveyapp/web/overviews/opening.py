"""Which pages there are, and opening them to one kind of reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Flask
from werkzeug.wrappers import Response

from surveyapp.web.overviews import (
    comparison,
    heatmap,
    importance,
    maturity,
    questions,
    reliability,
    response,
    roles,
    statement,
    theme,
    tiles,
    waves,
)
from surveyapp.web.overviews.explained import explained
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import N_, _

Page = Callable[..., str]
Guard = Callable[[Page], Callable[..., str | Response]]
PLACES: Final = frozenset({"slug", "code"})
"""What an address says of whose results these are; a page takes the rest."""


@dataclass(frozen=True)
class Overview:
    """A page: its name, its address below where the reader's pages are, and its title where it stands in the menu."""

    name: str
    path: str
    page: Page
    title: str = ""
    for_one: bool = True
    """Whether it has anything to say to who sees one organisation."""


OVERVIEWS: Final = (
    Overview("heatmap", "", heatmap.page, N_("Heatmap"), for_one=False),
    Overview("theme", "/themes/<theme>", theme.page),
    Overview("statement", "/statements/<question>", statement.page),
    Overview("roles", "/roles", roles.page, N_("Roles")),
    Overview("importance", "/importance", importance.page, N_("Importance")),
    Overview("waves", "/waves", waves.page, N_("Changes")),
    Overview("maturity", "/maturity", maturity.page, N_("Maturity")),
    Overview("map", "/map", tiles.page, N_("Map"), for_one=False),
    Overview("response", "/response", response.page, N_("Who answered")),
    Overview("questions", "/questions", questions.page, N_("Other questions")),
    Overview("question", "/questions/<other>", questions.one),
    Overview("comparison", "/comparison", comparison.page, N_("Side by side"), for_one=False),
)
FOR_TEAM: Final = (Overview("reliability", "/reliability", reliability.page, N_("Reliability")),)
"""What only the research team looks at; no other room has these."""


def open_to(
    blueprint: Blueprint,
    prefix: str,
    guard: Guard,
    read: Callable[..., Reader | str],
    *,
    one: bool = False,
    team: bool = False,
) -> None:
    """Give a room all pages at these addresses.

    ``read`` takes what ``prefix`` says and gives the reader, or a page that says why there is nothing to see. ``one``:
    the reader sees one organisation and the region. ``team``: the reader is the research team.
    """
    for overview in (*OVERVIEWS, *(FOR_TEAM if team else ())):
        if overview.for_one or not one:
            view = guard(_view(overview, read))
            blueprint.add_url_rule(f"{prefix}{overview.path}", overview.name, view)


def add_overviews(app: Flask) -> None:
    """Give templates ``overview_menu``, of a reader, and ``explained``, of names of terms."""
    app.jinja_env.globals["overview_menu"] = menu
    app.jinja_env.globals["explained"] = explained


def menu(reader: Reader) -> list[tuple[str, str, str]]:
    """Name, title and address of the pages in the reader's menu."""
    one = reader.room == "own"
    return [
        (overview.name, _(overview.title), reader.address(overview.name))
        for overview in (*OVERVIEWS, *(FOR_TEAM if reader.is_team else ()))
        if overview.title and (overview.for_one or not one)
    ]


def _view(overview: Overview, read: Callable[..., Reader | str]) -> Page:
    def view(**values: str) -> str:
        reader = read(**{name: value for name, value in values.items() if name in PLACES})
        if isinstance(reader, str):
            return reader
        return overview.page(reader, **{name: value for name, value in values.items() if name not in PLACES})

    view.__doc__ = overview.page.__doc__
    return view
