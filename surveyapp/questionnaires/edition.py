"""An edition: one version of framework, questionnaire and guide that belong together (``seven-habits/1``).

A wave keeps the whole edition as JSON with its digest: files are where authors work, the database is what was asked.
"""

import hashlib

from surveyapp.questionnaires.changes import Changes
from surveyapp.questionnaires.framework import Framework
from surveyapp.questionnaires.guide import Guide
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.shape import Content


class Edition(Content):
    """What was asked, why, and how to talk about it; ``name`` is ``<key>/<version>``."""

    framework: Framework
    questionnaire: Questionnaire
    guide: Guide
    changes: Changes | None = None
    """What goes on from the version before; None where there is none, or nothing was changed that goes on."""

    @property
    def name(self) -> str:
        return f"{self.questionnaire.key}/{self.questionnaire.version}"

    def to_json(self) -> str:
        """The same edition always gives the same text."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, document: str) -> "Edition":
        return cls.model_validate_json(document)


def digest(document: str) -> str:
    """SHA-256 of an edition's JSON, hexadecimal: the name under which a database keeps it."""
    return hashlib.sha256(document.encode()).hexdigest()
