"""The numbers that a finding may speak of: as the team sees them, and as readers do."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.quoted_numbers import Known, unpublished
from surveyapp.analysis.signals import RULES, on_scale, target_on_scale
from surveyapp.errors import WrongState
from surveyapp.models import Finding, Membership, Publication, Wave
from surveyapp.models.publication import LEAD
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, evaluations, publications
from surveyapp.questionnaires.edition import Edition
from surveyapp.reports.figures.figure import Cell
from surveyapp.reports.scores import THEME, Scores
from surveyapp.web.database import session
from surveyapp.web.unprotected import unprotected

_COUNTS = ("n", "responded", "invited")
_NUMBERS = ("mean", "equal", "lower", "upper", "median")
_LOW = next(rule for rule in RULES if rule.signal == "low")


@dataclass(frozen=True)
class Seen:
    """The scores of one wave for who writes findings; ``team`` is None where the team sees the publication only."""

    wave: Wave
    edition: Edition
    members: tuple[Membership, ...]
    team: Scores | None
    publication: Publication | None

    @cached_property
    def published(self) -> Scores | None:
        """What readers see; None while nothing was published."""
        return None if self.publication is None else Scores.published(publications.safe_results(self.publication))

    @property
    def own(self) -> Scores | None:
        """The scores that the team may look at."""
        return self.team if self.team is not None else self.published

    @cached_property
    def threshold(self) -> int:
        """The smallest number of people of whom readers see a number."""
        return 0 if self.publication is None else publications.safe_results(self.publication).policy.threshold

    def to_team(self, level: str, key: str, organisation: str, role: str) -> Cell:
        """The score as the team sees it."""
        return Cell.of(None) if self.own is None else self.own.cell(level, key, organisation, role)

    def to_readers(self, level: str, key: str, organisation: str, role: str) -> Cell | None:
        """The score as readers see it, or why they do not; None while nothing was published."""
        if self.published is None or self.publication is None:
            return None
        shown = organisation
        if organisation != EVERYONE:
            shown = publications.shown_as(self.publication, organisation)
        return self.published.cell(level, key, shown, role)

    def is_low(self, theme: str, organisation: str = EVERYONE) -> bool:
        """Whether a theme scores so far below what good practice aims at that it would be a topic: 3 or less of 5."""
        value = self.to_team(THEME, theme, organisation, EVERYONE).value
        items = self.edition.questionnaire.scored_items(theme)
        if value is None or not items:
            return False
        top = max(len(self.edition.questionnaire.scale(item.scale).points) for item in items)
        lo = next(rule.lo for rule in on_scale(top) if rule.signal == _LOW.signal)
        return target_on_scale(top) - value >= lo

    def unpublished_numbers(self, finding: Finding) -> tuple[str, ...]:
        """The numbers in its facts that readers cannot find in what was published of its place."""
        code = finding.membership.organisation.code if finding.membership is not None else EVERYONE
        return unpublished(finding.fact, self._known(code))

    def _known(self, organisation: str) -> Known:
        if self.publication is None:
            return Known()
        safe = publications.safe_results(self.publication)
        places = {EVERYONE, publications.shown_as(self.publication, organisation)}
        scores, spread = (frame[frame["organisation"].isin(places)] for frame in (safe.scores, safe.distributions))
        return Known(
            frozenset(_values(scores, _NUMBERS)),
            frozenset([*_values(spread, ("share",)), *_values(scores, ("top", "bottom"))]),
            frozenset(int(count) for count in (*_values(scores, _COUNTS), *_values(spread, ("count",)))),
        )


def seen(slug: str, wave: Wave) -> Seen:
    """The numbers of this wave; of an anonymous one, and of one that another followed, those that were published."""
    edition = editions.of(session(), wave)
    members = tuple(evaluations.memberships(session(), wave.evaluation))
    return Seen(wave, edition, members, _team(slug, wave), publications.of(session(), wave, LEAD))


def _team(slug: str, wave: Wave) -> Scores | None:
    if wave.regime == ANONYMOUS:
        return None
    try:
        found = unprotected(slug)
    except WrongState:
        return None
    is_this = found is not None and found.wave.id == wave.id and found.answered
    return found.scores if found is not None and is_this else None


def _values(frame: pd.DataFrame, columns: tuple[str, ...]) -> Iterator[float]:
    for column in columns:
        if column in frame:
            yield from (float(value) for value in frame[column].dropna())
