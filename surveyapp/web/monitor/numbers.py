"""The numbers of the monitor: counted anew at each look, but where counting takes long the last ones serve a while."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import current_app

from surveyapp import clock
from surveyapp.models import Wave
from surveyapp.queries import entries, mailings, monitor, open_links
from surveyapp.queries.monitor import Cell, Day
from surveyapp.queries.open_links import OpenCell
from surveyapp.web.database import session

LONG: Final = 1.0
"""Seconds; what takes less is never kept."""
SHARE: Final = 20
"""So many times as long as counting took, its numbers serve: looking takes a twentieth of a processor at most."""
_KEPT: Final = "surveyapp.monitor"


@dataclass(frozen=True)
class Numbers:
    """Everything that was counted of a wave, and when."""

    cells: Sequence[Cell]
    open_cells: Sequence[OpenCell]
    days: Sequence[Day]
    channels: dict[str, int]
    uninvited: int
    """Who has had no invitation by mail, and would get one now."""
    at: datetime


def of(wave: Wave) -> Numbers:
    """The numbers of this moment; of a wave so large that counting took long, those of shortly before."""
    kept: dict[int, tuple[float, Numbers]] = current_app.extensions.setdefault(_KEPT, {})
    began = time.monotonic()
    until, numbers = kept.get(wave.id, (began, None))
    if numbers is not None and began < until:
        return numbers
    numbers = _count(wave)
    ended = time.monotonic()
    kept.pop(wave.id, None)
    if ended - began > LONG:
        kept[wave.id] = ended + SHARE * (ended - began), numbers
    return numbers


def _count(wave: Wave) -> Numbers:
    return Numbers(
        cells=monitor.per_cell(session(), wave),
        open_cells=open_links.per_cell(session(), wave),
        days=monitor.per_day(session(), wave),
        channels=entries.by_channel(session(), wave),
        uninvited=mailings.how_many(session(), wave, "invitation"),
        at=clock.now(),
    )
