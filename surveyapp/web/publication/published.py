"""What was published of a study, and what one organisation may see of it. Nothing here knows unprotected results."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from surveyapp.analysis.disclosure import SafeResults
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.queries import editions, evaluations, publications
from surveyapp.questionnaires.edition import Edition
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.figures import Sight
from surveyapp.web.gaps import Gaps
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.renderings import Audience
from surveyapp.web.scores import Scores


@dataclass(frozen=True)
class Published:
    """The safe results of one wave, or a selection of them."""

    evaluation: Evaluation
    wave: Wave
    edition: Edition
    members: tuple[Membership, ...]
    published_at: datetime
    results: SafeResults

    @cached_property
    def scores(self) -> Scores:
        return Scores.published(self.results)

    @property
    def sight(self) -> Sight:
        return Sight(self.edition, self.scores, threshold=self.threshold)

    @property
    def reader(self) -> Reader:
        """Whoever may see all of the publication."""
        return self._reader("publication", Audience(self.evaluation, "lead"), {"slug": self.evaluation.slug})

    def reader_of(self, member: Membership) -> Reader:
        """Whoever may see what one organisation may; ``self`` is its part of the publication."""
        place_of = {"slug": self.evaluation.slug, "code": member.organisation.code}
        return self._reader("own", Audience(self.evaluation, "organisation", member), place_of)

    def _reader(self, room: str, audience: Audience, place_of: dict[str, str]) -> Reader:
        return Reader(
            self.evaluation,
            self.wave,
            self.members,
            self.sight,
            Gaps.published(self.results),
            room=room,
            audience=audience,
            place_of=place_of,
            policy=self.results.policy,
            published_at=self.published_at,
        )

    @property
    def threshold(self) -> int:
        """The smallest number of people a number may speak of; 0 where nothing is held back."""
        return self.results.policy.threshold

    def of(self, member: Membership) -> "Published":
        """What this organisation may see: its own numbers and those of the region."""
        own = self.results.select(member.organisation.code)
        return Published(self.evaluation, self.wave, self.edition, (member,), self.published_at, own)


def published(slug: str) -> Published | None:
    """The publication of the latest wave; None while there is none."""
    evaluation = study.evaluation(slug)
    wave = study.asked_wave(evaluation)
    frozen = publications.of(session(), wave) if wave is not None else None
    if wave is None or frozen is None:
        return None
    members = tuple(evaluations.memberships(session(), evaluation))
    results = publications.safe_results(frozen)
    return Published(evaluation, wave, editions.of(session(), wave), members, frozen.published_at, results)
