"""Which wave the pages about findings, and the thread, are about: the latest that was opened, or the one that the
address names."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, request, url_for

from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Wave
from surveyapp.queries import evaluations
from surveyapp.web.database import session

_NAME: Final = "wave"


@dataclass(frozen=True)
class Choice:
    """A wave to look at, and where."""

    number: int
    address: str
    current: bool


def chosen_wave(evaluation: Evaluation) -> Wave | None:
    """None while no wave was opened; raises ``NotFound`` for the number of one that was not."""
    opened = evaluations.asked_waves(session(), evaluation)
    if _NAME not in request.args:
        return opened[0] if opened else None
    for wave in opened:
        if str(wave.number) == request.args[_NAME]:
            return wave
    raise NotFound("wave", evaluation=evaluation.slug)


def choices(evaluation: Evaluation, shown: Wave, view: str) -> list[Choice]:
    """The waves that this view can show, the latest first; none where there is no choice."""
    opened = evaluations.asked_waves(session(), evaluation)
    found = [
        Choice(wave.number, url_for(view, slug=evaluation.slug, wave=wave.number), wave.id == shown.id)
        for wave in opened
    ]
    return found if len(found) > 1 else []


def keep_wave(room: Blueprint) -> None:
    """Let every address in this room name the wave that was asked for."""

    @room.url_defaults
    def _named(_endpoint: str, values: dict[str, Any]) -> None:
        if _NAME in request.args:
            values.setdefault(_NAME, request.args[_NAME])
