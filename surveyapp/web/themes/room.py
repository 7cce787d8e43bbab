"""What the pages of this room share: the study, what was asked, and what was written."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.actions import coding as verbs
from surveyapp.errors import NotAllowed, NotFound, SurveyError
from surveyapp.models import Code, Evaluation, User, Wave
from surveyapp.queries import coding, editions, evaluations
from surveyapp.queries.coding import Coded, Place, Resolved
from surveyapp.queries.source_texts import PROGRAMME, SourceText
from surveyapp.questionnaires.edition import Edition
from surveyapp.web import errors, study, visitor
from surveyapp.web.anonymous import must_not_be_anonymous, show_publication_instead
from surveyapp.web.database import READING, database, session
from surveyapp.web.guard import needs
from surveyapp.web.language import said
from surveyapp.web.words import N_, _

themes = Blueprint("themes", __name__, url_prefix="/evaluations/<slug>/themes")
show_publication_instead(themes)
Read = TypeVar("Read")
Page = str | tuple[str, int] | Response
codes_texts = needs(Permission.ANSWERS_CODE, on=study.on_evaluation)

_REFUSALS: Final = {
    "already-retired": N_("This code is offered no more. Load this page again."),
    "another-of-this-person": N_(
        "Something else of this person was released in this theme. Withhold that first, or choose another theme."
    ),
    "changed-meanwhile": N_("Somebody else changed this code in the meantime. Load this page again and look at it."),
    "code-retired": N_("One of these codes is offered no more. Load this page again."),
    "codes-and-none": N_("Choose either codes, or that no code fits."),
    "file-missing": N_("Choose a file first."),
    "key-not-valid": N_("A key has small letters, digits and hyphens only, at most 40: %(value)s"),
    "key-taken": N_("There is a code with this key already: %(value)s"),
    "key-twice": N_("This key stands in the file twice: %(value)s"),
    "memo-too-long": N_("This is too long: use at most %(longest)s characters."),
    "merge-into-below": N_("A code cannot be merged into one that stands below it."),
    "merge-with-itself": N_("Choose another code to merge this one into."),
    "more-than-agreed": N_("This goes further than what was agreed to."),
    "not-published": N_("First publish the results: these numbers are told beside them."),
    "nothing-new": N_(
        "Readers are told the same already, or the difference is so small that it would tell about single people."
    ),
    "too-few-said": N_(
        "There is nothing to tell yet: too few people said the same thing, or too few answers are coded."
    ),
    "not-a-table": N_("This is no CSV file: check the quotation marks, and save it as CSV UTF-8."),
    "not-in-other-words": N_("Only other words were agreed to, and these are the words themselves."),
    "not-in-text": N_("Choose a part of the text."),
    "not-retired": N_("This code is offered already. Load this page again."),
    "not-utf-8": N_("This line has letters that cannot be read. Save the file as CSV UTF-8."),
    "nothing-agreed": N_("Choose how these words may be used before you release them."),
    "nothing-in-it": N_("There is no code in this file."),
    "column-missing": N_("The column “%(value)s” is missing."),
    "column-unknown": N_("There is no column “%(value)s” in a codebook."),
    "file-too-large": N_("This file is too large for a codebook."),
    "parent-below-itself": N_("A code cannot stand below itself: %(value)s"),
    "parent-unknown": N_("There is no code with the key “%(value)s” to stand below."),
    "reason-missing": N_("Fill in why: it is kept with the decision."),
    "text-changed": N_("The text was changed in the meantime. Load this page again and look at it."),
    "text-missing": N_("Fill in the words that readers will see, or withhold the text."),
    "text-too-long": N_("A text is too long."),
    "theme-unknown": N_("The questionnaire has no theme “%(value)s”."),
    "title-missing": N_("Give the code a title."),
    "title-too-long": N_("A title has at most 200 characters."),
    "unknown-consent": N_("Choose one from the list."),
    "unknown-state": N_("Choose what to do with the text."),
}
CONSENTS: Final = {
    "none": N_("Not to be quoted"),
    "paraphrase": N_("Only in other words"),
    "unattributed": N_("Literally, without saying whose"),
    "role": N_("Literally, with the role"),
    "name": N_("Literally, by name"),
}
SOURCES: Final = {"answer": N_("Open answers"), "note": N_("Notes of interviews"), "quote": N_("Quotes of interviews")}


def refusal(code: str, **details: object) -> str:
    """What is wrong and what to do about it."""
    return _(_REFUSALS[code], **details) if code in _REFUSALS else errors.sentence(SurveyError(code))


@dataclass(frozen=True)
class Room:
    """A wave that was asked, with its codebook and everything that was made of its texts."""

    evaluation: Evaluation
    wave: Wave
    edition: Edition

    @cached_property
    def codes(self) -> list[Code]:
        """Those in use."""
        return coding.codes(session(), self.evaluation)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Key -> title, of every code, those that were retired too."""
        return {code.key: code.title for code in coding.codes(session(), self.evaluation, retired=True)}

    @cached_property
    def themes(self) -> dict[str, str]:
        """Key -> title, of every theme that is asked about."""
        return themes_of(self.edition)

    @cached_property
    def codings(self) -> list[Coded]:
        return coding.codings(session(), self.wave)

    @cached_property
    def judged(self) -> dict[Place, dict[int, frozenset[str]]]:
        return coding.judged(self.codings)

    @cached_property
    def resolved(self) -> dict[tuple[Place, str], Resolved]:
        return coding.resolutions(session(), self.wave)

    @cached_property
    def roles(self) -> dict[str, str]:
        return {role.key: said(role.title) for role in self.edition.questionnaire.roles}

    @cached_property
    def places(self) -> dict[str, str]:
        """Code -> name, of every organisation, and of the programme team."""
        members = evaluations.memberships(session(), self.evaluation)
        return {PROGRAMME: _("Programme team")} | {one.organisation.code: one.organisation.name for one in members}

    def settled(self, place: Place) -> list[str]:
        """The codes of a text as they count, in the order of the codebook."""
        resolved = {key: one for (where, key), one in self.resolved.items() if where == place}
        given = coding.settled(self.judged.get(place, {}), resolved)
        return [key for key in self.titles if key in given]

    def whose(self, text: SourceText) -> str:
        """The organisation and role, for the team."""
        role = self.roles.get(text.role, text.role)
        return " · ".join(part for part in (self.places[text.organisation], role) if part)

    def about(self, text: SourceText) -> str:
        """What was asked, or talked about."""
        asked = self.edition.questionnaire.stored.get(text.about)
        if asked is not None:
            return said(asked[0].text)
        return self.themes.get(text.about, text.about)


def themes_of(edition: Edition) -> dict[str, str]:
    """Key -> title of its first section."""
    found: dict[str, str] = {}
    for section in edition.questionnaire.sections:
        if section.theme is not None:
            found.setdefault(section.theme, said(section.title))
    return found


def enter(slug: str) -> Room | None:
    """The latest wave that was asked; None while there is none. Raises ``WrongState`` (``anonymous-wave``)."""
    evaluation = study.evaluation(slug)
    wave = study.asked_wave(evaluation)
    if wave is None:
        return None
    must_not_be_anonymous(wave)
    return Room(evaluation, wave, editions.of(session(), wave))


def must_enter(slug: str) -> Room:
    """The same for a page of what was written; raises ``NotFound`` while nothing was asked."""
    room = enter(slug)
    if room is None:
        raise NotFound("page")
    return room


def read(room: Room) -> list[SourceText]:
    """Everything that was written and said, which is logged at once."""
    return _logged(lambda opened: verbs.read(opened, wave=room.wave, by=visitor.user()))


def read_one(room: Room, source: str, key: str) -> SourceText:
    """One text, which is logged at once."""
    return _logged(lambda opened: verbs.read_one(opened, wave=room.wave, source=source, key=key, by=visitor.user()))


def _logged(reading: Callable[[Session], Read]) -> Read:
    """What is read, committed apart from what the request then does: a page of words was seen whatever follows."""
    if request.method in READING:
        with database().session() as writing:
            found = reading(writing)
            writing.commit()
        return found
    found = reading(session())
    session().commit()
    return found


def whoever() -> User:
    """Who does it."""
    user = visitor.user()
    if user is None:
        raise NotAllowed("permission")
    return user
