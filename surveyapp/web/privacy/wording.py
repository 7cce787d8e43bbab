"""Personal data in words: what a column holds, and what is wrong with a form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.errors import InvalidContent
from surveyapp.models import Invitee
from surveyapp.models.mail import STATES
from surveyapp.queries import editions, personal_data
from surveyapp.queries.personal_data import Held
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.reports.answered import in_words
from surveyapp.reports.filled import Filling
from surveyapp.web import language
from surveyapp.web.formats import moment
from surveyapp.web.language import said
from surveyapp.web.log import codes
from surveyapp.web.mail.words import state_name
from surveyapp.web.words import N_, _

_TABLES: Final = {
    "invitee": N_("As somebody who was invited"),
    "invitation": N_("Your link"),
    "receipt": N_("That you answered"),
    "response": N_("When and how you answered"),
    "answer": N_("What you answered"),
    "delegation": N_("Sections that were passed on"),
    "mail": N_("Mail"),
    "participant": N_("As somebody who was talked with"),
    "quote": N_("What you said"),
    "reviewer": N_("As reader of a text"),
    "remark": N_("What you remarked"),
    "text_release": N_("Your words as readers may see them"),
    "rendering": N_("Copies that were made of your answers"),
}
_COLUMNS: Final = {
    "answer": N_("What was done with it, and why"),
    "answered_at": N_("Answered on"),
    "channel": N_("How"),
    "created_at": N_("Made on"),
    "due_at": N_("Was to be sent on"),
    "email": N_("E-mail address"),
    "ended_at": N_("Taken back on"),
    "excluded_at": N_("Excluded on"),
    "excluded_reason": N_("Why it was excluded"),
    "expires_at": N_("Kept until"),
    "finished_at": N_("Finished on"),
    "job": N_("Function"),
    "language": N_("Language"),
    "made_at": N_("Remarked on"),
    "name": N_("Name"),
    "opted_out_at": N_("No more mail since"),
    "purpose": N_("What for"),
    "question": N_("Question"),
    "reminded_at": N_("Reminded on"),
    "requested_at": N_("Asked for on"),
    "revoked_at": N_("Ended on"),
    "role": N_("Role"),
    "section": N_("Section"),
    "sent_at": N_("Sent on"),
    "started_at": N_("Begun on"),
    "state": N_("State"),
    "submitted": N_("Sent in"),
    "submitted_at": N_("Sent in on"),
    "text": N_("Text"),
    "value": N_("Answer"),
}
_CHANNELS: Final = {
    "web": N_("on these pages"),
    "paper": N_("on paper"),
    "telephone": N_("by telephone"),
    "import": N_("collected elsewhere"),
}
_FAULTS: Final = {
    "already-there": N_("Somebody with this address already has this place."),
    "email-not-valid": N_("Fill in an e-mail address, such as name@example.org."),
    "kept-too-short": N_("Choose a day after the last wave closes (%(closes)s)."),
    "name-missing": N_("Fill in a name."),
    "name-too-long": N_("This name is too long, or has signs that cannot be printed."),
    "reason-missing": N_("Fill in why; it will stand in the log."),
    "reason-names-person": N_("Leave the name and address out: the log keeps the reason for ever."),
    "reason-too-long": N_("This is too long: use at most %(most)s characters."),
    "unknown-ground": N_("Choose one of the grounds."),
}


@dataclass(frozen=True)
class Table:
    """One kind of data that is held, with a row of names and values for each."""

    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    of_answers: bool
    """Whether the names are whole questions."""


@dataclass(frozen=True)
class Seat:
    """Where somebody was invited."""

    wave: int
    organisation: str
    role: str
    answered: bool
    anonymous: bool


def fault(problem: InvalidContent) -> str:
    """What is wrong with what was filled in."""
    return _(_FAULTS[problem.code], **problem.details)


def seat(session: Session, invitee: Invitee) -> Seat:
    """A place on the list of a wave."""
    role = editions.by_digest(session, invitee.wave.edition_digest).questionnaire.role(invitee.role)
    return Seat(
        wave=invitee.wave.number,
        organisation=invitee.membership.organisation.name,
        role=said(role.title),
        answered=personal_data.has_answered(session, invitee),
        anonymous=invitee.wave.regime == "anonymous",
    )


def readable(held: Held, asked: Iterable[Questionnaire]) -> list[Table]:
    """Everything that is held, with what is empty left out; answers as these questionnaires word them."""
    questionnaires = tuple(asked)
    stored = {key: (one, *where) for one in questionnaires for key, where in one.stored.items()}
    words = _words(questionnaires)
    found = []
    for name, rows in held.rows.items():
        of_answers = name == "answer"
        told = tuple(_answered(row, stored) if of_answers else tuple(_told(row, words)) for row in rows)
        if any(told):
            found.append(Table(_(_TABLES[name]) if name in _TABLES else name, told, of_answers))
    return found


def _words(questionnaires: Iterable[Questionnaire]) -> dict[tuple[str, str], str]:
    """Column and code -> what a person reads."""
    words = {("language", code): name for code, name in language.languages().items()}
    words |= {("state", key): state_name(key) for key in STATES}
    words |= {("channel", code): _(said_so) for code, said_so in _CHANNELS.items()}
    for one in questionnaires:
        words |= {("role", role.key): said(role.title) for role in one.roles}
        words |= {("section", section.key): said(section.title) for section in one.sections}
    return words


def _answered(
    row: dict[str, object], stored: Mapping[str, tuple[Questionnaire, Question, str]]
) -> tuple[tuple[str, str], ...]:
    """A question in words and its answer; nothing where it was left open."""
    key, value = str(row["question"]), str(row["value"])
    if key not in stored or not value.strip():
        return ((key, value),) if value.strip() else ()
    questionnaire, question, part = stored[key]
    filling = Filling(language.current(), _("your organisation"), "")
    words = "" if part else " ".join(in_words(question, value, questionnaire.scales_by_key, filling))
    return ((filling(question.text), words or value),)


def _told(row: dict[str, object], words: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    for column, value in row.items():
        if column in _COLUMNS and value not in (None, ""):
            yield _(_COLUMNS[column]), _said(column, value, words)


def _said(column: str, value: object, words: Mapping[tuple[str, str], str]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment(value)
    return words.get((column, str(value)), str(codes.worded(column, str(value), {})))
