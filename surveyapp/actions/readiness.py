"""What keeps a wave from being opened, each problem with the step of the set-up in which it is put right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import cells, delegations
from surveyapp.errors import InvalidContent, SurveyError
from surveyapp.models import Invitation, Invitee, Membership, OpenLink, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

STEPS: Final = (
    "study",
    "questionnaire",
    "organisations",
    "roles",
    "confidentiality",
    "period",
    "people",
    "mail",
    "check",
)
"""Of the set-up, in the order in which they are shown; they can be done in any."""


@dataclass(frozen=True)
class Problem:
    """What keeps a wave from being opened, as ``SurveyError`` says it."""

    step: str
    code: str
    details: dict[str, str | int] = field(default_factory=dict)
    nothing: bool = False
    """Whether there simply is nothing yet, rather than something wrong."""


class NotReady(InvalidContent):
    """Opening a wave that is not ready; ``problems`` says everything that is missing or wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("wave-not-ready", problems=", ".join(problem.code for problem in problems))
        self.problems = problems


def problems(session: Session, wave: Wave) -> list[Problem]:
    """Everything that keeps this wave from being opened, in the order of the steps."""
    return [*_study(wave), *_organisations(session, wave), *_sending(session, wave), *_people(session, wave)]


def _study(wave: Wave) -> Iterator[Problem]:
    if not wave.evaluation.purpose.get(DEFAULT_LANGUAGE, "").strip():
        yield Problem("study", "purpose-missing", nothing=True)
    if not wave.evaluation.client.strip():
        yield Problem("study", "client-missing", nothing=True)


def _organisations(session: Session, wave: Wave) -> Iterator[Problem]:
    if not session.scalar(select(exists().where(Membership.evaluation_id == wave.evaluation_id))):
        yield Problem("organisations", "no-organisations", nothing=True)


def _sending(session: Session, wave: Wave) -> Iterator[Problem]:
    if wave.closes_at <= wave.opens_at:
        yield Problem("period", "closes-before-opening")
    elif wave.closes_at <= clock.now():
        yield Problem("period", "closes-in-the-past")
    if not wave.sender.strip():
        yield Problem("period", "sender-missing", nothing=True)
    if not wave.contact_name.strip():
        yield Problem("period", "contact-missing", nothing=True)
    if not is_address(wave.contact_email):
        yield Problem("period", "contact-address-wrong", nothing=not wave.contact_email.strip())
    spoken = editions.by_digest(session, wave.edition_digest).questionnaire.languages
    if not wave.languages:
        yield Problem("period", "no-language", nothing=True)
    for language in wave.languages:
        if language not in spoken:
            yield Problem("period", "language-not-in-questionnaire", {"language": language})


def _people(session: Session, wave: Wave) -> Iterator[Problem]:
    """By invitation or through an open link; in an anonymous wave enough for each organisation to hide among."""
    invited = exists().where(
        Invitee.wave_id == wave.id, Invitee.test.is_(False), Invitation.invitee_id == Invitee.id,
        Invitation.revoked_at.is_(None),
    )  # fmt: skip
    linked = exists().where(OpenLink.wave_id == wave.id, OpenLink.revoked_at.is_(None))
    if not session.scalar(select(invited | linked)):
        yield Problem("people", "nobody-invited", nothing=True)
    if wave.regime == ANONYMOUS:
        try:
            cells.must_fit(session, wave)
        except SurveyError as refusal:
            yield Problem("people", refusal.code, dict(refusal.details))


def is_address(email: str) -> bool:
    """Whether mail can be sent there, as far as its form tells."""
    return not delegations.faults("-", email)
