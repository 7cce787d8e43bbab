"""From an agenda to an interview guide: the chosen topics with their reasons, questions, evidence and time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.selection import Selection
from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.text import say
from surveyapp.reports.agreed import OWN, REGIONAL, STRENGTH, TOPICS, Agreed, AgreedTopic, proposed
from surveyapp.reports.evidence import Evidence, Study
from surveyapp.reports.guide_quotes import OpenAnswer, said_about
from surveyapp.reports.interview_guide import (
    KIND,
    Elsewhere,
    EvidenceRow,
    GuideTopic,
    InterviewGuide,
    Measure,
    Released,
    Response,
    ThemeMeasures,
)
from surveyapp.reports.probes import Asked
from surveyapp.reports.recipe import recipe
from surveyapp.reports.sentences import sentence, titles_of


def interview_guide(
    selection: Selection,
    study: Study,
    open_answers: Iterable[OpenAnswer] = (),
    *,
    language: str = "nl",
    minutes: int = 60,
) -> InterviewGuide:
    """The guide by the machine's proposal, for interviews of ``minutes``; see ``agreed_guide``."""
    return agreed_guide(proposed(selection, minutes=minutes), study, open_answers, language=language)


def agreed_guide(
    agreed: Agreed, study: Study, open_answers: Iterable[OpenAnswer] = (), *, language: str = "nl"
) -> InterviewGuide:
    """The guide for the interviews with one organisation, or with one group of it, by its agenda; the minutes of its
    parts add up to those of the interview.

    ``open_answers`` are those of this organisation; those about a theme stand with its first topic. For one group it
    holds what that group answered and wrote, and of another group only numbers of at least ``evidence.DISAPPEARS``
    people.
    """
    written = [answer for answer in open_answers if agreed.role in {"", answer.role}]
    return _Preparation(agreed, study, tuple(written), language).guide()


def shared_out(minutes: int, proportions: Sequence[int]) -> tuple[int, ...]:
    """Whole minutes in these proportions that add up to ``minutes`` (largest remainder, the first of equals)."""
    total = sum(proportions)
    if not total:
        return tuple(0 for _ in proportions)
    exact = [minutes * proportion / total for proportion in proportions]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: minutes - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def times(agreed: Agreed) -> tuple[int, ...]:
    """Whole minutes that add up to those of the interview: opening, each topic in order, closing. What the researcher
    set is kept; the rest is shared out by the recipe."""
    shares = recipe(KIND).time
    share = {REGIONAL: shares.regional, STRENGTH: shares.strength}
    fixed = [topic.minutes for topic in agreed.topics]
    middle = [0 if topic.minutes is not None else share.get(topic.kind, shares.topic) for topic in agreed.topics]
    left = max(0, agreed.minutes - sum(minutes or 0 for minutes in fixed))
    opening, *given, closing = shared_out(left, (shares.opening, *middle, shares.closing))
    return (
        opening,
        *(part if minutes is None else minutes for part, minutes in zip(given, fixed, strict=True)),
        closing,
    )


@dataclass(frozen=True)
class _Preparation:
    agreed: Agreed
    study: Study
    open_answers: tuple[OpenAnswer, ...]
    language: str

    def guide(self) -> InterviewGuide:
        edition, study = self.study.edition, self.study
        opening, *_between, closing = self._times
        strengths = self._of_part(STRENGTH)
        shows_all = not self._few_of_others
        return InterviewGuide(
            language=self.language,
            study=study.title,
            organisation=study.name,
            sender=study.sender,
            region=self._evidence.region,
            group=self._titles.get(self.agreed.role, ""),
            minutes=self.agreed.minutes,
            opening_minutes=opening,
            closing_minutes=closing,
            introduction=say(edition.guide.introduction, self.language),
            responses=self._responses(),
            open_roles=self._evidence.open_roles,
            profile=self._evidence.profile() if shows_all and study.organisation != EVERYONE else None,
            topics=self._of_part(*TOPICS),
            strength=strengths[0] if strengths else None,
            regional=(*self._of_part(REGIONAL), *strengths[1:]),
            also_regional=tuple(self._title(topic) for topic in self.agreed.of_part(*TOPICS) if topic.everywhere),
            closing=tuple(say(question, self.language) for question in edition.guide.closing),
            measures=_measures(self.agreed, self._theme_of, study, self.language),
        )

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self.study, self.language)

    @property
    def _titles(self) -> dict[str, str]:
        return self._evidence.titles

    @cached_property
    def _times(self) -> tuple[int, ...]:
        return times(self.agreed)

    @cached_property
    def _few_of_others(self) -> bool:
        """Of any theme: then nothing that sums up everybody is shown to one group."""
        role = self.agreed.role
        known = [topic for topic in self.agreed.ranked.values() if topic.level == "theme"]
        return bool(role) and any(self._evidence.few_of_others(topic, role) for topic in known)

    def _responses(self) -> tuple[Response, ...]:
        own = self._titles.get(self.agreed.role, "")
        return tuple(each for each in self._evidence.responses() if not self._few_of_others or each.role == own)

    def _of_part(self, *kinds: str) -> tuple[GuideTopic, ...]:
        return tuple(
            self._strength(topic, minutes) if topic.kind == STRENGTH else self._topic(topic, minutes)
            for topic, minutes in zip(self.agreed.topics, self._times[1:-1], strict=True)
            if topic.kind in kinds
        )

    @cached_property
    def _first_of_their_theme(self) -> frozenset[str]:
        """Keys of the topics that carry the open answers of their theme."""
        first: dict[str, str] = {}
        for kinds in (TOPICS, (REGIONAL,)):
            for topic in self.agreed.of_part(*kinds):
                for key in (topic.key, *topic.with_it):
                    first.setdefault(self._theme_of(key), topic.key)
        return frozenset(first.values())

    def _theme_of(self, key: str) -> str:
        """Empty for a topic of the researcher's own."""
        if key in self.study.edition.questionnaire.themes:
            return key
        return self.study.edition.questionnaire.theme_of.get(key, "")

    def _title(self, topic: AgreedTopic) -> str:
        return (topic.title or self._titles.get(topic.key, topic.key)).rstrip(".")

    def _topic(self, agreed: AgreedTopic, minutes: int) -> GuideTopic:
        theme, topic = self._theme_of(agreed.key), self.agreed.ranked.get(agreed.key)
        told = agreed.key in self._first_of_their_theme
        questions, further = self._probes(agreed, topic, theme, is_first=told)
        return GuideTopic(
            key=agreed.key,
            title=self._title(agreed),
            theme=self._titles.get(theme, ""),
            is_statement=bool(theme) and agreed.key != theme,
            reason=self._reason(agreed, topic),
            steadiness=agreed.steadiness if topic is not None and not self._is_hidden(topic) else None,
            questions=questions,
            further=further,
            evidence=self._rests_on(topic),
            quotes=said_about(theme, self.open_answers, self.study, self.language) if told else (),
            minutes=minutes,
            is_own=agreed.kind == OWN,
            together=tuple(self._titles.get(key, key).rstrip(".") for key in agreed.with_it),
            released=self._released(theme) if told else (),
            elsewhere=self._elsewhere(agreed.key),
        )

    def _strength(self, agreed: AgreedTopic, minutes: int) -> GuideTopic:
        asked = say(self.study.edition.guide.strength, self.language).replace("{theme}", self._title(agreed))
        plain = self._topic(agreed, minutes)
        return plain.model_copy(
            update={"questions": agreed.questions or (asked,), "further": (), "quotes": (), "released": ()}
        )

    def _is_hidden(self, topic: Topic) -> bool:
        """Whether what sums up everybody would tell this group what a few of another answered."""
        return bool(self.agreed.role) and self._evidence.few_of_others(topic, self.agreed.role)

    def _reason(self, agreed: AgreedTopic, topic: Topic | None) -> str:
        if agreed.kind == OWN:
            return agreed.reason
        if topic is None or self._is_hidden(topic):
            return ""
        return sentence(topic, self.language, self._titles)

    def _rests_on(self, topic: Topic | None) -> tuple[EvidenceRow, ...]:
        if topic is None:
            return ()
        role = self.agreed.role
        return self._evidence.beside(topic, role) if role else self._evidence.of(topic)

    def _probes(
        self, agreed: AgreedTopic, topic: Topic | None, theme: str, *, is_first: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        known = topic if topic is None or not self._is_hidden(topic) else None
        asked = Asked(self.study.edition.guide, theme, self.agreed.role, self.language)
        return asked.questions(agreed.questions, known, is_first=is_first)

    def _released(self, theme: str) -> tuple[Released, ...]:
        return tuple(Released(label=label, text=text) for label, text in self.agreed.released.get(theme, ()))

    def _elsewhere(self, key: str) -> tuple[Elsewhere, ...]:
        marks = self.agreed.elsewhere.get(key, {})
        return tuple(Elsewhere(mark=mark, conversations=number) for mark, number in marks.items())  # type: ignore[arg-type]


def _measures(agreed: Agreed, theme_of: Callable[[str], str], study: Study, language: str) -> tuple[ThemeMeasures, ...]:
    """For the themes that the interview is about, in the order of the questionnaire."""
    discussed = {theme_of(key) for topic in agreed.of_part(*TOPICS, REGIONAL) for key in (topic.key, *topic.with_it)}
    guide, questionnaire = study.edition.guide, study.edition.questionnaire
    return tuple(
        ThemeMeasures(
            theme=titles_of(questionnaire, language)[theme],
            measures=tuple(
                Measure(belongs_to=measure.belongs_to, text=say(measure.text, language))
                for measure in guide.theme(theme).measures
            ),
        )
        for theme in questionnaire.themes
        if theme in discussed
    )
