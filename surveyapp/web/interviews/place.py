"""Whom interviews are about, as an address names it: an organisation of the study, or the programme team."""

from dataclasses import dataclass
from typing import Final

from surveyapp.access import Permission, Scope
from surveyapp.models import Evaluation, Membership
from surveyapp.web import study
from surveyapp.web.guard import needs
from surveyapp.web.words import _

PROGRAMME: Final = "programme"
"""Stands in addresses where otherwise the code of an organisation does."""


@dataclass(frozen=True)
class Place:
    """An organisation, or the programme team of the study."""

    evaluation: Evaluation
    member: Membership | None

    @property
    def code(self) -> str:
        return self.member.organisation.code if self.member is not None else PROGRAMME

    @property
    def name(self) -> str:
        return self.member.organisation.name if self.member is not None else _("Programme team")


def at(slug: str, code: str) -> Place:
    """Raises ``NotFound`` for an organisation that does not take part."""
    return Place(study.evaluation(slug), None if code == PROGRAMME else study.membership(slug, code))


def on_place(slug: str, code: str, **_others: object) -> Scope:
    """The scope of a page about one of them: the programme team is for who may prepare for the whole study."""
    found = at(slug, code)
    return Scope(found.evaluation.id, found.member.id if found.member is not None else None)


prepares = needs(Permission.INTERVIEW_PREPARE, on=on_place)
"""For who prepares the interviews there."""
