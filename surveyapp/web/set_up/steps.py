"""The steps of the set-up and how far each is: done, to do, still as usual, or wrong and why."""

from dataclasses import dataclass
from typing import Final

from flask_babel import format_decimal
from sqlalchemy import exists, func, select

from surveyapp.actions import waves
from surveyapp.actions.readiness import STEPS, Problem
from surveyapp.models import Evaluation, Invitation, Invitee, MailText, OpenLink, Wave
from surveyapp.queries import editions
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE
from surveyapp.web.database import session
from surveyapp.web.formats import long_date
from surveyapp.web.language import said
from surveyapp.web.set_up import room
from surveyapp.web.set_up.wording import problem_sentence, regime_name
from surveyapp.web.words import N_, _, ngettext

DONE, TO_DO, USUAL, WRONG, WAITS = "done", "to-do", "usual", "wrong", "waits"
_TITLES: Final = {
    "study": N_("Title, client and purpose"),
    "questionnaire": N_("Questionnaire"),
    "organisations": N_("Organisations"),
    "roles": N_("Roles"),
    "confidentiality": N_("Confidentiality"),
    "period": N_("Period, sender and languages"),
    "people": N_("People"),
    "mail": N_("Mail texts"),
    "check": N_("Check and open"),
}
_SETTLED_BY: Final = {"confidentiality": "regime", "roles": "roles", "period": "period"}
"""Step -> what a wave calls that somebody went through it; before that it has a usual value."""
_WITHOUT_WAVE: Final = ("study", "questionnaire", "organisations")
"""Can be done before a questionnaire was chosen."""


@dataclass(frozen=True)
class Step:
    """One step as the list shows it."""

    key: str
    number: int
    title: str
    address: str
    state: str
    told: str
    """The state in words."""
    summary: str
    """What was said in it."""
    problems: tuple[str, ...] = ()


def steps(evaluation: Evaluation, wave: Wave | None) -> tuple[Step, ...]:
    """All of them, in order."""
    found = waves.problems(session(), wave) if wave is not None and wave.ready_at is None else []
    return tuple(
        _step(key, number, evaluation, wave, [problem for problem in found if problem.step == key])
        for number, key in enumerate(STEPS, start=1)
    )


def titled(key: str) -> str:
    """What the step is called."""
    return _(_TITLES[key])


def _step(key: str, number: int, evaluation: Evaluation, wave: Wave | None, found: list[Problem]) -> Step:
    state = _state(key, evaluation, wave, found)
    return Step(
        key=key,
        number=number,
        title=titled(key),
        address=room.address(evaluation.slug, key),
        state=state,
        told=_told(state),
        summary=_summary(key, evaluation, wave),
        problems=tuple(problem_sentence(problem) for problem in found),
    )


def _state(key: str, evaluation: Evaluation, wave: Wave | None, found: list[Problem]) -> str:
    if wave is None:
        return _state_without_wave(key, evaluation)
    if any(not problem.nothing for problem in found):
        return WRONG
    if found:
        return TO_DO
    if wave.ready_at is not None:
        return DONE
    if key == "check":
        return TO_DO
    settled = _SETTLED_BY.get(key)
    if settled is not None and settled not in wave.settled:
        return USUAL
    if key == "mail" and not session().scalar(select(exists().where(MailText.wave_id == wave.id))):
        return USUAL
    return DONE


def _state_without_wave(key: str, evaluation: Evaluation) -> str:
    if key not in _WITHOUT_WAVE:
        return WAITS
    if key == "study" and evaluation.purpose.get(DEFAULT_LANGUAGE, "").strip():
        return DONE
    if key == "organisations" and evaluation.memberships:
        return DONE
    return TO_DO


def _told(state: str) -> str:
    return {
        DONE: _("Done"),
        TO_DO: _("To do"),
        USUAL: _("As usual; not looked at yet"),
        WRONG: _("Something is wrong"),
        WAITS: _("Waits for the questionnaire"),
    }[state]


def _summary(key: str, evaluation: Evaluation, wave: Wave | None) -> str:
    if key == "study":
        return f"{said(evaluation.title)}, {evaluation.client}"
    if key == "organisations":
        number = len(evaluation_queries.memberships(session(), evaluation))
        return ngettext("%(num)s organisation", "%(num)s organisations", number) if number else ""
    if wave is None:
        return ""
    return _summary_of_wave(key, wave)


def _summary_of_wave(key: str, wave: Wave) -> str:
    asked = editions.by_digest(session(), wave.edition_digest)
    if key == "questionnaire":
        return _("%(title)s, version %(version)s", title=said(asked.questionnaire.title),
                 version=asked.questionnaire.version)  # fmt: skip
    if key == "roles":
        return ", ".join(said(role.plural) for role in asked.questionnaire.roles)
    if key == "confidentiality":
        return regime_name(wave.regime)
    if key == "period":
        return _("%(opens)s to %(closes)s", opens=long_date(wave.opens_at), closes=long_date(wave.closes_at))
    if key == "people":
        return _people(wave)
    return ""


def _people(wave: Wave) -> str:
    """How many were invited by name, and how many open links there are."""
    people = session().scalar(
        select(func.count())
        .select_from(Invitee)
        .join(Invitation)
        .where(Invitee.wave_id == wave.id, Invitee.test.is_(False), Invitation.revoked_at.is_(None))
    )
    links = session().scalar(
        select(func.count()).select_from(OpenLink).where(OpenLink.wave_id == wave.id, OpenLink.revoked_at.is_(None))
    )
    said_of = [
        ngettext("%(num)s person", "%(num)s people", people or 0) if people else "",
        ngettext("%(num)s open link", "%(num)s open links", links or 0) if links else "",
    ]
    return ", ".join(part for part in said_of if part)


def counted(number: int) -> str:
    """A number as the language of the page writes it."""
    return str(format_decimal(number))
