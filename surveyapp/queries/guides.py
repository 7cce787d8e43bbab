"""What is known for the interviews at one place with one group, and the guide and paper that are made of it.

Unprotected: for the research team, and for who prepares the interviews there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy.orm import Session

from surveyapp.analysis import agenda as ranking
from surveyapp.analysis import proposal as proposing
from surveyapp.analysis import selection
from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import EVERYONE, Counts
from surveyapp.analysis.results import Results
from surveyapp.analysis.selection import Selection
from surveyapp.analysis.topic import Topic
from surveyapp.models import Agenda, AgendaTopic, Membership, Wave
from surveyapp.models.publication import LEAD
from surveyapp.queries import agendas, counts, editions, evaluations, interviews, publications, released_texts
from surveyapp.queries.answers import OpenAnswer
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.text import say
from surveyapp.reports import agreed as agreeing
from surveyapp.reports.agreed import Agreed, AgreedTopic
from surveyapp.reports.beforehand import Beforehand, published_means
from surveyapp.reports.beforehand_preparation import Means, beforehand
from surveyapp.reports.evidence import Evidence, Study
from surveyapp.reports.interview_guide import InterviewGuide
from surveyapp.reports.interview_preparation import agreed_guide
from surveyapp.reports.sentences import titles_of


@dataclass(frozen=True)
class Analysed:
    """A wave as the team sees it; ``topics`` are all of all organisations, ranked."""

    wave: Wave
    edition: Edition
    counts: Counts
    results: Results
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Known:
    """The same for one organisation or, without ``member``, for the programme team. ``role`` is empty for everybody
    together; ``name`` is what the place is called."""

    analysed: Analysed
    member: Membership | None
    name: str
    role: str
    language: str

    @property
    def wave(self) -> Wave:
        return self.analysed.wave

    @property
    def questionnaire(self) -> Questionnaire:
        return self.analysed.edition.questionnaire

    @property
    def organisation(self) -> str:
        """As the frames name it."""
        return self.member.organisation.code if self.member is not None else EVERYONE

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Key -> words of themes, statements and roles."""
        return titles_of(self.questionnaire, self.language)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """All topics of all organisations, and of everybody together where this is about the programme team."""
        known = self.analysed.topics
        if self.member is None:
            known = (*known, *ranking.topics_of_all(self.analysed.results, self.questionnaire))
        return proposing.asked_of(known, self.role, self.questionnaire)

    @cached_property
    def own(self) -> Mapping[str, Topic]:
        """Key -> topic here, the most urgent first."""
        own = (topic for topic in self.topics if topic.organisation == self.organisation)
        return {topic.key: topic for topic in sorted(own, key=lambda topic: topic.rank)}

    @cached_property
    def selection(self) -> Selection:
        return selection.select(self.topics, self.organisation, self.analysed.counts, self.questionnaire)

    @property
    def has_answers(self) -> bool:
        """Whether anybody here has handed in anything."""
        items = self.analysed.counts.items
        return not items.empty if self.member is None else bool((items["organisation"] == self.organisation).any())

    @property
    def study(self) -> Study:
        evaluation = self.wave.evaluation
        return Study(
            title=say(evaluation.title, self.language),
            sender=self.wave.sender,
            organisation=self.organisation,
            name=self.name,
            edition=self.analysed.edition,
            results=self.analysed.results,
            counts=self.analysed.counts,
        )


def analysed(session: Session, wave: Wave) -> Analysed:
    """Analyse a wave without p-values."""
    edition = editions.of(session, wave)
    counted = counts.of(session, wave, edition.questionnaire)
    results = analyse(counted, edition.questionnaire, test=False)
    return Analysed(wave, edition, counted, results, ranking.topics(results, counted, edition.questionnaire))


def guide(session: Session, known: Known, written: list[OpenAnswer]) -> InterviewGuide:
    """For the research team, by the agenda or else by what the machine proposes; with what people ``written``."""
    return agreed_guide(agreed(session, known), known.study, written, language=known.language)


def paper(session: Session, known: Known) -> Beforehand:
    """For the interviewee: with the numbers that were published, and nothing that the team knows beyond them."""
    study = known.study
    names = {
        "study": study.title,
        "organisation": study.name,
        "sender": study.sender,
        "region": Evidence(study, known.language).region,
    }
    chosen = agreed(session, known)
    return beforehand(chosen, study.edition, _published(session, known), language=known.language, names=names)


def agreed(session: Session, known: Known) -> Agreed:
    """The agenda of this place and group."""
    kept = agendas.of(session, known.wave, known.member, known.role)
    if kept is None:
        chosen = Agreed(agreeing.proposed(known.selection).topics, known.own, known.role)
    else:
        steadiness = known.selection.steadiness
        topics = tuple(_topic(kept, topic, steadiness.get(topic.key)) for topic in agendas.discussed(kept))
        chosen = Agreed(topics, known.own, known.role, kept.minutes)
    own = known.member.id if known.member is not None else None
    elsewhere = interviews.marks_elsewhere(session, known.wave, own)
    return replace(chosen, released=_released(session, known), elsewhere=elsewhere)


def _topic(agenda: Agenda, topic: AgendaTopic, steadiness: float | None) -> AgreedTopic:
    joined = [other for other in agenda.topics if other.merged_into == topic.key and not other.dropped]
    return AgreedTopic(
        kind=topic.kind,
        key=topic.key,
        title=topic.title,
        questions=tuple(topic.questions),
        minutes=topic.minutes,
        with_it=tuple(other.title or other.key for other in joined),
        reason=topic.reason,
        steadiness=steadiness,
        everywhere=agendas.is_everywhere(topic),
    )


def _released(session: Session, known: Known) -> dict[str, tuple[tuple[str, str], ...]]:
    """Words that may be passed on, by theme, with the label that they may have."""
    roles = {role.key: say(role.title, known.language) for role in known.questionnaire.roles}
    members = evaluations.memberships(session, known.wave.evaluation)
    places = {member.organisation.code: member.organisation.name for member in members}
    by_theme: dict[str, list[tuple[str, str]]] = {}
    for each in released_texts.released_texts(session, known.wave):
        parts = (each.person, roles.get(each.role, ""), places.get(each.organisation, ""))
        by_theme.setdefault(each.theme, []).append((", ".join(part for part in parts if part), each.text))
    return {theme: tuple(texts) for theme, texts in by_theme.items()}


def _published(session: Session, known: Known) -> Means:
    """Nothing before the wave was published."""
    publication = publications.of(session, known.wave, LEAD)
    if publication is None:
        return {}
    safe = publications.safe_results(publication)
    if known.member is None:
        return {key: (None, region) for key, (_own, region) in published_means(safe, "").items()}
    code = publications.shown_as(publication, known.organisation)
    return published_means(safe.select(code), code if code == known.organisation else "")
