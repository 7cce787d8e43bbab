"""The results of a study as the research team sees them at this moment: unprotected, analysed from the tallies.

Only rooms whose views need ``results:analyse`` or ``interview:prepare`` may use this; a house rule watches that the
publication does not.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from surveyapp.access import Permission, Scope, may
from surveyapp.actions import answers
from surveyapp.analysis import selection
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.results import Results
from surveyapp.analysis.selection import Selection
from surveyapp.analysis.topic import Topic
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.queries import counts, editions, evaluations, scored_answers, wave_changes
from surveyapp.queries.answers import OpenAnswer
from surveyapp.questionnaires import written as in_words
from surveyapp.questionnaires.edition import Edition
from surveyapp.reports.evidence import Study
from surveyapp.reports.interview_guide import InterviewGuide
from surveyapp.reports.interview_preparation import interview_guide
from surveyapp.reports.scores import Scores
from surveyapp.web import anonymous, language, study, visitor
from surveyapp.web.analysed import Analysed, Counted, analysed
from surveyapp.web.database import database, session
from surveyapp.web.figures import Sight
from surveyapp.web.overviews.compared import Compared
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.renderings import Audience


@dataclass(frozen=True)
class Unprotected:
    """One wave, analysed without p-values; ``members`` are all organisations, those of the region first."""

    evaluation: Evaluation
    wave: Wave
    edition: Edition
    members: tuple[Membership, ...]
    analysed: Analysed

    @property
    def counts(self) -> Counts:
        return self.analysed.counts

    @property
    def results(self) -> Results:
        return self.analysed.results

    @property
    def scores(self) -> Scores:
        return self.analysed.scores

    @property
    def sight(self) -> Sight:
        return Sight(self.edition, self.scores, self.analysed.answered)

    @property
    def reader(self) -> Reader:
        """The research team, before numbers that are not protected."""
        return Reader(
            self.evaluation,
            self.wave,
            self.members,
            self.sight,
            self.analysed.gaps,
            room="results",
            audience=Audience(self.evaluation, "team"),
            place_of={"slug": self.evaluation.slug},
            compare=self.compared,
            estimates=self.analysed.estimates,
            dependability=self.dependability,
        )

    def dependability(self) -> pd.DataFrame:
        """How far each theme can be relied on (``DEPENDABILITY_COLUMNS``)."""
        return self.analysed.dependability(lambda: scored_answers.of(session(), self.wave, self.edition.questionnaire))

    def compared(self) -> Compared | None:
        """This wave beside the one before; None for the first, and beside an anonymous one."""
        before, frame = wave_changes.before(session(), self.wave), wave_changes.for_team(session(), self.wave)
        return Compared.of(before, self.wave, frame)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every theme and item of every organisation, ranked."""
        return self.analysed.topics

    def selection(self, member: Membership) -> Selection:
        """What to talk about with one organisation."""
        return selection.select(self.topics, member.organisation.code, self.counts, self.edition.questionnaire)

    @property
    def answered(self) -> bool:
        """Whether anybody has handed in anything."""
        return not self.counts.items.empty

    def has_answers_of(self, member: Membership) -> bool:
        """Whether anybody of this organisation has handed in anything."""
        return bool((self.counts.items["organisation"] == member.organisation.code).any())

    def guide(self, member: Membership, written: list[OpenAnswer]) -> InterviewGuide:
        """The interview guide of one organisation, with what its people wrote."""
        known = Study(
            title=language.said(self.evaluation.title),
            sender=self.wave.sender,
            organisation=member.organisation.code,
            name=member.organisation.name,
            edition=self.edition,
            results=self.results,
            counts=self.counts,
        )
        return interview_guide(self.selection(member), known, written, language=language.current())


def unprotected(slug: str) -> Unprotected | None:
    """The latest wave of this study; None while there is none.

    Raises ``WrongState`` (``anonymous-wave``): rooms that use this answer with ``anonymous.show_publication_instead``.
    """
    evaluation = study.evaluation(slug)
    wave = study.asked_wave(evaluation)
    if wave is None:
        return None
    anonymous.must_not_be_anonymous(wave)
    edition = editions.of(session(), wave)
    kept = counts.kept(session(), wave)
    found = analysed(Counted(wave.id, kept.digest, wave.edition_digest, kept, edition.questionnaire))
    members = evaluations.memberships(session(), evaluation)
    inside = set(found.counts.region)
    ordered = sorted(members, key=lambda member: bool(inside) and member.organisation.code not in inside)
    return Unprotected(evaluation, wave, edition, tuple(ordered), found)


_READING: Final = (Permission.ANSWERS_READ, Permission.INTERVIEW_PREPARE)


def open_answers(found: Unprotected, member: Membership) -> list[OpenAnswer]:
    """What people of this organisation wrote, also beside another answer, for who may read it.

    The reading is logged at once.
    """
    on = Scope(found.evaluation.id, member.id)
    reads = any(may(visitor.user(), permission, on) for permission in _READING)
    if not reads or not found.has_answers_of(member):
        return []
    questions = in_words.questions(found.edition.questionnaire)
    with database().session() as writing:
        written = answers.read_open(writing, wave=found.wave, questions=questions, by=visitor.user(), membership=member)
        writing.commit()
    return written
