"""What is known for the interviews at one place, with one group: topics, the machine's proposal, and the agenda."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from surveyapp.analysis import proposal as proposing
from surveyapp.analysis.proposal import Proposed
from surveyapp.analysis.topic import Topic
from surveyapp.errors import NotFound
from surveyapp.models import Agenda
from surveyapp.queries import agendas, counts
from surveyapp.queries.guides import Analysed, Known
from surveyapp.reports.sentences import sentence
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.interviews.place import Place
from surveyapp.web.language import said
from surveyapp.web.unprotected import Unprotected, unprotected


@dataclass(frozen=True)
class Prepared:
    """``role`` is empty for everybody together."""

    place: Place
    role: str
    found: Unprotected

    @cached_property
    def known(self) -> Known:
        found, place = self.found, self.place
        seen = Analysed(found.wave, found.edition, found.counts, found.results, found.topics)
        return Known(seen, place.member, place.name, self.role, language.current())

    @property
    def own(self) -> Mapping[str, Topic]:
        """Key -> topic here, the most urgent first."""
        return self.known.own

    @cached_property
    def proposal(self) -> tuple[Proposed, ...]:
        return proposing.proposal(self.known.selection)

    @cached_property
    def digest(self) -> str:
        """Of the tallies that all of this rests on."""
        return counts.kept(session(), self.found.wave).digest

    @cached_property
    def agenda(self) -> Agenda | None:
        return agendas.of(session(), self.found.wave, self.place.member, self.role)

    @property
    def has_answers(self) -> bool:
        return self.known.has_answers

    def title(self, key: str) -> str:
        return self.known.titles.get(key, key).rstrip(".")

    def reason(self, key: str) -> str:
        """Why the machine would talk about it; empty for what it does not know."""
        topic = self.own.get(key)
        return sentence(topic, language.current(), self.known.titles) if topic is not None else ""

    @property
    def roles(self) -> list[tuple[str, str]]:
        """Key and plural of the groups that an agenda can be for."""
        return [(role.key, said(role.plural)) for role in self.found.edition.questionnaire.roles]

    @property
    def role_name(self) -> str:
        return dict(self.roles).get(self.role, "")


def prepared(place: Place, role: str = "") -> Prepared | None:
    """None before there is a wave. Raises ``NotFound`` for a role that the questionnaire does not have, and
    ``WrongState`` (``anonymous-wave``)."""
    found = unprotected(place.evaluation.slug)
    if found is None:
        return None
    if role and role not in {known.key for known in found.edition.questionnaire.roles}:
        raise NotFound("role", role=role)
    return Prepared(place, role, found)
