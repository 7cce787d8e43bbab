"""What was written and said in a wave, as texts that can be sorted and quoted: for the research team only.

Every reading is logged (``actions.coding``). Open answers of responses that count, and notes and quotes of interviews.
"""

import hashlib
import sys
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, false, select, true
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import Answer, Interview, Membership, Note, Organisation, Quote, Response, Wave
from surveyapp.models.coding import SOURCES
from surveyapp.queries import editions
from surveyapp.questionnaires.questionnaire import SKIPPED, Questionnaire, TextQuestion

ANSWER: Final = "answer"
NOTE: Final = "note"
QUOTE: Final = "quote"
PROGRAMME: Final = ""
"""In place of an organisation: the programme team, which is of all of them."""


@dataclass(frozen=True)
class SourceText:
    """A text that somebody wrote or said; ``organisation`` is a code, or ``PROGRAMME``."""

    source: str
    key: str
    """As ``Segment.source_key``."""
    text: str
    person: str
    """Whose it is, without saying who: the same for two texts of one person."""
    about: str
    """The question, with its part after a dot; or the topic of the conversation."""
    theme: str
    """Of the questionnaire; empty where it belongs to none."""
    membership_id: int | None
    organisation: str
    role: str
    consent: str
    """The most that can be done with it: what was agreed to, or what nobody needs to be asked for."""
    name: str = ""
    """Of whoever said it, where that person agreed to be named."""

    @property
    def digest(self) -> str:
        """Of its words: another where they were changed."""
        return digest(self.text)


def digest(text: str) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def of(session: Session, wave: Wave, *, sources: Collection[str] = SOURCES, key: str | None = None) -> list[SourceText]:
    """Everything in words, or what has this key, in an order that says nothing about who wrote first: answers by
    question, then what was said by organisation and topic."""
    questionnaire = editions.of(session, wave).questionnaire
    found: list[SourceText] = []
    if ANSWER in sources:
        found += _answers(session, wave, questionnaire, key)
    themes = _themes(questionnaire)
    if NOTE in sources:
        found += _notes(session, wave, themes, key)
    if QUOTE in sources:
        found += _quotes(session, wave, themes, key)
    return found


def _answers(session: Session, wave: Wave, questionnaire: Questionnaire, key: str | None) -> list[SourceText]:
    written = [
        key for key, (question, part) in questionnaire.stored.items() if part or isinstance(question, TextQuestion)
    ]
    themes = _themes(questionnaire)
    rows = session.execute(
        select(Response.id, Answer.question, Answer.value, Membership.id, Organisation.code, Response.role)
        .join_from(Answer, Response)
        .join(Membership, Response.membership_id == Membership.id)
        .join(Organisation)
        .where(Response.wave_id == wave.id, Response.counts, ~Answer.hidden, Answer.value != SKIPPED)
        .where(Answer.question.in_(written), true() if key is None else _is_answer(key))
    ).all()
    found = [
        SourceText(
            ANSWER,
            f"{number}:{about}",
            text,
            f"response:{number}",
            about,
            themes.get(about, ""),
            member,
            code,
            role,
            "role",
        )
        for number, about, text, member, code, role in rows
        if text.strip()
    ]
    order = {key: place for place, key in enumerate(written)}
    return sorted(found, key=lambda each: (order[each.about], each.digest, each.key))


def _is_answer(key: str) -> ColumnElement[bool]:
    """The answer with this key; none where it is no key of one."""
    number, _colon, question = key.partition(":")
    if not number.isdecimal() or int(number) >= 2**63:
        return false()
    return and_(Response.id == int(number), Answer.question == question)


def _notes(session: Session, wave: Wave, themes: dict[str, str], key: str | None) -> list[SourceText]:
    found = session.scalars(
        select(Note)
        .join(Interview)
        .where(Interview.wave_id == wave.id, true() if key is None else Note.id == key)
        .options(joinedload(Note.interview))
    )
    in_order = sorted(found, key=lambda note: (*_place(note.interview), note.topic, note.id))
    return [
        SourceText(
            NOTE,
            note.id,
            note.text,
            f"interview:{note.interview_id}",
            note.topic,
            themes.get(note.topic, ""),
            note.interview.membership_id,
            _code(note.interview),
            note.interview.role,
            "paraphrase",
        )
        for note in in_order
        if note.text.strip()
    ]


def _quotes(session: Session, wave: Wave, themes: dict[str, str], key: str | None) -> list[SourceText]:
    found = session.scalars(
        select(Quote)
        .join(Interview)
        .where(Interview.wave_id == wave.id, true() if key is None else Quote.id == key)
        .options(joinedload(Quote.interview), joinedload(Quote.participant))
    )
    in_order = sorted(found, key=lambda quote: (*_place(quote.interview), quote.topic, quote.id))
    return [_quote(quote, themes) for quote in in_order if quote.text.strip()]


def _quote(quote: Quote, themes: dict[str, str]) -> SourceText:
    who, interview = quote.participant, quote.interview
    return SourceText(
        QUOTE,
        quote.id,
        quote.text,
        f"participant:{who.id}" if who is not None else f"interview:{interview.id}",
        quote.topic,
        themes.get(quote.topic, ""),
        interview.membership_id,
        _code(interview),
        (who.role if who is not None else "") or interview.role,
        quote.consent,
        who.name if who is not None and quote.consent == "name" else "",
    )


def _place(interview: Interview) -> tuple[int, int]:
    """Where an interview stands: by organisation, the programme team last."""
    return (interview.membership.position if interview.membership is not None else sys.maxsize, interview.id)


def _code(interview: Interview) -> str:
    return interview.membership.organisation.code if interview.membership is not None else PROGRAMME


def _themes(questionnaire: Questionnaire) -> dict[str, str]:
    """Every theme, question and stored part, with the theme that it belongs to."""
    asked = {
        question.key: section.theme
        for section in questionnaire.sections
        for question in section.questions
        if section.theme is not None
    }
    parts = {
        key: asked[question.key] for key, (question, _part) in questionnaire.stored.items() if question.key in asked
    }
    return {theme: theme for theme in asked.values()} | asked | parts
