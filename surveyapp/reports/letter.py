"""Letters on paper: one to each person, with the link, its QR code, and who sees what.

A letter holds somebody's name and the secret of their link. It is put together when it is printed and never kept as
such: see ``actions.letters``.
"""

from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.shape import Content
from surveyapp.reports.own_copy import Audience

FOLDER = "letter"
ORGANISATION = "{organisation}"
"""Stands in a promise for the name of somebody's organisation."""


class Letter(Content):
    """What one person reads, apart from the wording in ``reports/``; words are in ``language``."""

    language: str
    name: str
    organisation: str
    role: str
    study: str
    """The title of the evaluation."""
    client: str
    sender: str
    minutes: int
    written_at: datetime
    closes_at: datetime
    contact_name: str
    contact_email: str
    privacy: str
    """Where it says what happens with personal data."""
    link: str
    summary: str
    """The promise in one sentence."""
    audiences: tuple[Audience, ...]
    """The promise: who sees what."""


class Letters(Content):
    """All letters of one file, in the order of printing; ``title`` and ``language`` are those of the file."""

    title: str
    language: str
    letters: tuple[Letter, ...]


class Promised(Content):
    """The promise to whoever reads this language and answers for this kind of organisation."""

    language: str
    organisation_kind: str
    summary: str
    audiences: tuple[Audience, ...]

    def to(self, organisation: str) -> "Promised":
        """The same with the name of somebody's organisation in it."""

        def named(words: str) -> str:
            return words.replace(ORGANISATION, organisation)

        told = tuple(Audience(who=named(each.who), what=named(each.what)) for each in self.audiences)
        return self.model_copy(update={"summary": named(self.summary), "audiences": told})


class Wanted(Content):
    """Of whom a file of letters is asked for, by the numbers of their invitations: no names and no links."""

    wave: int
    title: str
    language: str
    """Of the file, with its title."""
    invitations: tuple[int, ...]
    promises: tuple[Promised, ...]

    def promise(self, language: str, organisation_kind: str) -> Promised:
        """What is promised to somebody; raises InvalidContent (``no-promise``) where nobody worded that."""
        for told in self.promises:
            if (told.language, told.organisation_kind) == (language, organisation_kind):
                return told
        raise InvalidContent("no-promise", language=language, kind=organisation_kind)

    def to_document(self) -> dict[str, object]:
        """For a JSON column; ``from_document`` reads it back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> "Wanted":
        """Raises InvalidContent ``not-letters``."""
        try:
            return cls.model_validate(document)
        except ValidationError as problem:
            raise InvalidContent("not-letters", problems=problem.error_count()) from problem
