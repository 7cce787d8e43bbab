"""A copy of one's own answers: everything that somebody answered and sent, in words.

It holds what one person said. Nobody else gets it, and it expires: see ``actions.renderings``.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from markupsafe import Markup
from pydantic import ValidationError

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.asked import COMMENT, OTHER, companion
from surveyapp.questionnaires.path import path
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.scale import SKIPPED
from surveyapp.questionnaires.shape import Content
from surveyapp.questionnaires.text import say
from surveyapp.reports.answered import in_words
from surveyapp.reports.document import Document
from surveyapp.reports.filled import Filling
from surveyapp.reports.html import body
from surveyapp.reports.markdown import blocks, line_of
from surveyapp.reports.recipe import place
from surveyapp.reports.wording import wording

KIND = "own-copy"


class CopiedAnswer(Content):
    """One question with what was answered; ``lines`` is empty where nothing was."""

    number: int
    """Over all questions that were shown."""
    question: str
    lines: tuple[str, ...]
    other: str
    """What "something else" is."""
    comment_label: str
    comment: str


class CopiedSection(Content):
    """A section with the questions that were shown in it."""

    title: str
    answers: tuple[CopiedAnswer, ...]


class Audience(Content):
    """Who gets to see something, and what."""

    who: str
    what: str


class OwnCopy(Content):
    """Everything that the copy says, apart from the wording in ``reports/``."""

    language: str
    title: str
    """Of the questionnaire."""
    study: str
    organisation: str
    role: str
    sent: str
    """The day and time of sending, in words."""
    entered: str
    """How the answers came in when the respondent did not give them here, as a sentence."""
    summary: str
    """The promise in one sentence."""
    audiences: tuple[Audience, ...]
    sections: tuple[CopiedSection, ...]

    def to_document(self) -> dict[str, object]:
        """For a JSON column; ``from_document`` reads it back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> "OwnCopy":
        """Raises InvalidContent ``not-an-own-copy``."""
        try:
            return cls.model_validate(document)
        except ValidationError as problem:
            raise InvalidContent("not-an-own-copy", problems=problem.error_count()) from problem

    def digest_for(self, response_id: int) -> str:
        """SHA-256 of whose it is, what it says, and its wording and style: two people never share one."""
        said = json.dumps(self.to_document(), sort_keys=True, ensure_ascii=False)
        files = [*sorted(place(KIND).iterdir()), place("house") / "theme.css"]
        wordings = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()]
        return hashlib.sha256("\n".join([str(response_id), said, *wordings]).encode()).hexdigest()


def own_copy(
    questionnaire: Questionnaire,
    *,
    standing: Standing,
    answers: Mapping[str, str],
    language: str,
    study: str,
    organisation: str,
    sent: str,
    summary: str,
    audiences: Sequence[tuple[str, str]],
    entered: str = "",
) -> OwnCopy:
    """The copy of these answers: only what counts, so without answers to questions that were not shown.

    ``study``, ``organisation``, ``sent``, ``summary``, ``audiences`` and ``entered`` are words in ``language``.
    """
    way = path(questionnaire, standing, answers)
    counted = way.counted(answers)
    role = say(questionnaire.role(standing.role).title, language)
    filling = Filling(language, organisation, role)
    numbers = {key: number for number, key in enumerate((k for k, q in way.questions.items() if q.answerable), 1)}
    sections = tuple(
        CopiedSection(
            title=filling(step.section.title),
            answers=tuple(
                _answer(question, numbers[question.key], counted, questionnaire, filling)
                for question in step.questions
                if question.answerable
            ),
        )
        for step in way.steps
    )
    return OwnCopy(
        language=language,
        title=filling(questionnaire.title),
        study=study,
        organisation=organisation,
        role=role,
        sent=sent,
        entered=entered,
        summary=summary,
        audiences=tuple(Audience(who=who, what=what) for who, what in audiences),
        sections=tuple(section for section in sections if section.answers),
    )


def document_of(copy: OwnCopy) -> Document:
    """The copy to print. Raises InvalidContent where an author's text does not work."""
    words = wording(KIND, copy.language)
    text = "\n\n".join(words.block(name, copy=copy) for name in ("about", "audiences", "answers"))
    return Document(line_of(words.block("title", copy=copy)), copy.language, blocks(text, {}))


def html_body(copy: OwnCopy) -> Markup:
    """The copy for a page: everything but its title, headings from level 2, safe to show as it is."""
    return body(document_of(copy))


def title_of(copy: OwnCopy) -> str:
    """The title for the top of the page."""
    return document_of(copy).title


def _answer(
    question: Question, number: int, counted: Mapping[str, str], questionnaire: Questionnaire, filling: Filling
) -> CopiedAnswer:
    value = counted.get(question.key, SKIPPED)
    return CopiedAnswer(
        number=number,
        question=filling(question.text),
        lines=in_words(question, value, questionnaire.scales_by_key, filling),
        other=counted.get(companion(question.key, OTHER), SKIPPED),
        comment_label=filling(question.comment) if question.comment is not None else "",
        comment=counted.get(companion(question.key, COMMENT), SKIPPED),
    )
