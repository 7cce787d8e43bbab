"""What is known for the interviews at one place, with one group: topics, the machine's proposal, and the agenda."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from surveyapp.analysis import agenda as ranking
from surveyapp.analysis import proposal as proposing
from surveyapp.analysis import selection
from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.proposal import Proposed
from surveyapp.analysis.selection import Selection
from surveyapp.analysis.topic import Topic
from surveyapp.errors import NotFound
from surveyapp.models import Agenda
from surveyapp.queries import agendas, counts
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.reports.sentences import sentence, titles_of
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

    @property
    def questionnaire(self) -> Questionnaire:
        return self.found.edition.questionnaire

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Key -> words of themes, statements and roles."""
        return titles_of(self.questionnaire, language.current())

    @property
    def organisation(self) -> str:
        """As the frames name it."""
        return self.place.code if self.place.member is not None else EVERYONE

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """All topics of all organisations, and of everybody together where this is about the programme team."""
        known = self.found.topics
        if self.place.member is None:
            known = (*known, *ranking.topics_of_all(self.found.results, self.questionnaire))
        return proposing.asked_of(known, self.role, self.questionnaire)

    @cached_property
    def own(self) -> Mapping[str, Topic]:
        """Key -> topic here, the most urgent first."""
        own = (topic for topic in self.topics if topic.organisation == self.organisation)
        return {topic.key: topic for topic in sorted(own, key=lambda topic: topic.rank)}

    @cached_property
    def selection(self) -> Selection:
        return selection.select(self.topics, self.organisation, self.found.counts, self.questionnaire)

    @cached_property
    def proposal(self) -> tuple[Proposed, ...]:
        return proposing.proposal(self.selection)

    @cached_property
    def digest(self) -> str:
        """Of the tallies that all of this rests on."""
        return counts.kept(session(), self.found.wave).digest

    @cached_property
    def agenda(self) -> Agenda | None:
        return agendas.of(session(), self.found.wave, self.place.member, self.role)

    @property
    def has_answers(self) -> bool:
        member = self.place.member
        return self.found.answered if member is None else self.found.has_answers_of(member)

    def title(self, key: str) -> str:
        return self.titles.get(key, key).rstrip(".")

    def reason(self, key: str) -> str:
        """Why the machine would talk about it; empty for what it does not know."""
        topic = self.own.get(key)
        return sentence(topic, language.current(), self.titles) if topic is not None else ""

    @property
    def roles(self) -> list[tuple[str, str]]:
        """Key and plural of the groups that an agenda can be for."""
        return [(role.key, said(role.plural)) for role in self.questionnaire.roles]

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
