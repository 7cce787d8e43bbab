"""What is written to whom: the texts, what was sent, and what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from surveyapp import clock
from surveyapp.models import Wave
from surveyapp.queries import mail_texts, mailings
from surveyapp.queries.mailings import Round
from surveyapp.web import installation, study
from surveyapp.web.database import session
from surveyapp.web.language import name_of
from surveyapp.web.mail import words
from surveyapp.web.mail.room import Purpose, mail, purposes, team


@dataclass(frozen=True)
class TextOf:
    """A text in one language: our own words, or the study's."""

    language: str
    name: str
    own: bool


@dataclass(frozen=True)
class Overview:
    """A purpose with its texts and its rounds, the newest first."""

    purpose: Purpose
    texts: Sequence[TextOf]
    rounds: Sequence[Round]

    @property
    def sent(self) -> int:
        return sum(each.counts.get("sent", 0) for each in self.rounds)

    @property
    def troubled(self) -> int:
        return sum(each.counts.get(state, 0) for each in self.rounds for state in mailings.TROUBLED)

    @property
    def planned(self) -> list[Round]:
        return [each for each in self.rounds if each.state == "planned"]


@mail.get("")
@team
def index(slug: str) -> str:
    """Every purpose with its text, what was sent and what is planned."""
    evaluation = study.evaluation(slug)
    wave = study.latest_wave(evaluation)
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=evaluation)
    rounds = mailings.rounds(session(), wave)
    return render_template(
        "mail/index.html",
        evaluation=evaluation,
        state=wave.state_at(clock.now()),
        overviews=[_overview(wave, purpose, rounds) for purpose in purposes(wave)],
        troubled=len(mailings.troubled(session(), wave)),
        sends_mail=installation.settings().smtp is not None,
        words=words,
    )


def texts_of(wave: Wave, purpose: str) -> list[TextOf]:
    """The text in every language of the wave."""
    own = mail_texts.own(session(), wave)
    return [TextOf(code, name_of(code), (purpose, code) in own) for code in wave.languages]


def _overview(wave: Wave, purpose: Purpose, rounds: Sequence[Round]) -> Overview:
    of_purpose = [each for each in rounds if each.mailing.purpose == purpose.key]
    return Overview(purpose, texts_of(wave, purpose.key), of_purpose)
