"""How mature is the practice? The band of every theme in every organisation, and the level where there are gates."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template

from surveyapp.analysis import maturity
from surveyapp.analysis.counts import EVERYONE, region_of
from surveyapp.analysis.maturity_levels import maturity as matured
from surveyapp.reports.scores import THEME
from surveyapp.web.language import said
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import N_, _

BANDS: Final = {
    "beginning": N_("beginning"),
    "developing": N_("developing"),
    "in-order": N_("in order"),
    "exemplary": N_("exemplary"),
}
_LOWEST: Final = {band.key: band.lowest for band in maturity.BANDS}


@dataclass(frozen=True)
class Ripe:
    """A theme in one organisation; ``band`` is empty where no score can be told, ``hidden`` says why that is."""

    band: str
    on_the_edge: bool
    level: int | None
    highest: int | None
    missing: tuple[tuple[str, str], ...]
    """Words and page of the statements that keep the next level closed."""
    hidden: str | None


def page(reader: Reader) -> str:
    """Organisations by theme, the region last."""
    kinds = {member.organisation.code: member.organisation.kind for member in reader.members}
    frame = matured(reader.scores.frame, reader.questionnaire, region_of(kinds))
    found = {(str(row["organisation"]), str(row["key"])): row for row in frame.to_dict("records")}
    places = [
        (each.organisation.name, reader.organisation_address(each), each.organisation.code) for each in reader.members
    ]
    return render_template(
        "overviews/maturity.html",
        evaluation=reader.evaluation,
        found=reader,
        rows=[
            (
                name,
                address,
                [_ripe(reader, found.get((code, theme)), theme, code) for theme in reader.questionnaire.themes],
            )
            for name, address, code in (*places, (_("Region"), None, EVERYONE))
        ],
        bands=[(_(BANDS[key]), lowest) for key, lowest in _LOWEST.items()],
        has_levels=bool(reader.questionnaire.levels),
    )


def _ripe(reader: Reader, row: Mapping[Hashable, Any] | None, theme: str, organisation: str) -> Ripe:
    cell = reader.scores.cell(THEME, theme, organisation)
    if row is None:
        return Ripe("", False, None, None, (), cell.hidden)
    band = str(row["band"])
    missing = tuple(
        (said(reader.questionnaire.questions[key].text), reader.address("statement", question=key))
        for key in str(row["missing"]).split()
    )
    return Ripe(
        _(BANDS[band]) if band else "",
        bool(row["on_the_edge"]),
        _whole(row["reached"]),
        _whole(row["highest"]),
        missing,
        cell.hidden,
    )


def _whole(number: object) -> int | None:
    found = float(str(number))
    return None if found != found else int(found)  # NaN differs from itself
