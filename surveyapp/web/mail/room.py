"""What the pages of mail have in common: the room, the wave, the purposes and their names."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint

from surveyapp.access import Permission
from surveyapp.errors import NotFound
from surveyapp.models import Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import evaluations
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.guard import needs
from surveyapp.web.words import N_, _

mail = Blueprint("mail", __name__, url_prefix="/evaluations/<slug>/mail")
team = needs(Permission.MAIL_SEND, on=study.on_evaluation)


@dataclass(frozen=True)
class Purpose:
    """What mail is for: its title, whom it goes to, and whether it is sent in rounds."""

    key: str
    title: str
    sentence: str
    in_rounds: bool = True


_WORDED: Final = (
    ("invitation", N_("Invitation"), N_("To everybody who was invited and has had no invitation yet.")),
    ("reminder", N_("Reminder"), N_("To everybody who was invited, by mail or letter, and has not answered.")),
    ("thanks", N_("Thanks"), N_("To everybody who has answered; who answers later gets it then.")),
    ("closing", N_("Closing"), N_("To everybody who was invited, once the questionnaire is closed.")),
    (
        "delegation",
        N_("Passed on to a colleague"),
        N_("Sent by itself when somebody passes a section to a colleague."),
    ),
)


def purposes(wave: Wave) -> list[Purpose]:
    """Those that this wave has, in the words of the page: an anonymous one thanks nobody and passes nothing on."""
    left_out = {"thanks", "delegation"} if wave.regime == ANONYMOUS else set()
    return [
        Purpose(key, _(title), _(sentence), in_rounds=key != "delegation")
        for key, title, sentence in _WORDED
        if key not in left_out
    ]


def purpose_of(wave: Wave, key: str) -> Purpose:
    """The purpose that an address names; raises ``NotFound`` for another, and for one that this wave has not."""
    for purpose in purposes(wave):
        if purpose.key == key:
            return purpose
    raise NotFound("purpose", purpose=key)


def wave_of(slug: str) -> Wave:
    """The latest wave of the study; raises ``NotFound``."""
    return evaluations.wave(session(), study.evaluation(slug))


def must_speak(wave: Wave, language: str) -> None:
    """Raise ``NotFound`` unless the wave writes in this language."""
    if language not in wave.languages:
        raise NotFound("language", language=language)
