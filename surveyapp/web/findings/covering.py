"""What is not covered: a low theme without a finding, a finding without a recommendation, and the other way round."""

from dataclasses import dataclass

from flask import url_for

from surveyapp.models import Membership
from surveyapp.queries import findings
from surveyapp.queries.findings import FindingRecord, RecommendationRecord
from surveyapp.reports.figures.figure import Cell
from surveyapp.web.database import session
from surveyapp.web.findings.seen import Seen
from surveyapp.web.findings.supports import subject_title


@dataclass(frozen=True)
class Row:
    """A theme: its score over the region, where it is low, what was found and what is recommended."""

    theme: str
    title: str
    address: str | None
    score: Cell
    is_low: bool
    low_at: tuple[Membership, ...]
    """The organisations where it scores low, as far as the team may see that."""
    findings: tuple[FindingRecord, ...]
    recommendations: tuple[RecommendationRecord, ...]

    @property
    def lacks_finding(self) -> bool:
        """Whether it is low somewhere and nothing was found."""
        return not self.findings and (self.is_low or bool(self.low_at))


@dataclass(frozen=True)
class Covered:
    """All themes, and what hangs in the air."""

    rows: tuple[Row, ...]
    without_recommendation: tuple[FindingRecord, ...]
    without_finding: tuple[RecommendationRecord, ...]
    without_support: tuple[FindingRecord, ...]

    @property
    def gaps(self) -> int:
        """How much is not covered."""
        low = sum(row.lacks_finding for row in self.rows)
        return low + len(self.without_recommendation) + len(self.without_finding) + len(self.without_support)


def covered(seen: Seen) -> Covered:
    """What is covered of a wave. A finding that the norm is met needs no recommendation."""
    written = findings.written(session(), seen.wave)
    advised = findings.advised(session(), seen.wave)
    return Covered(
        tuple(_row(seen, theme, written, advised) for theme in seen.edition.questionnaire.themes),
        tuple(each for each in written if not each.recommendations and each.judgement != "met"),
        tuple(each for each in advised if not each.findings),
        tuple(each for each in written if not each.supports),
    )


def _row(seen: Seen, theme: str, written: tuple[FindingRecord, ...], advised: tuple[RecommendationRecord, ...]) -> Row:
    mine = tuple(each for each in written if each.theme == theme)
    numbers = {each.number for each in mine}
    room = "results" if seen.team is not None else "publication"
    return Row(
        theme,
        subject_title(seen, "theme", theme),
        url_for(f"{room}.theme", slug=seen.wave.evaluation.slug, theme=theme),
        seen.to_team("theme", theme, "all", "all"),
        seen.is_low(theme),
        tuple(member for member in seen.members if seen.is_low(theme, member.organisation.code)),
        mine,
        tuple(each for each in advised if numbers & set(each.findings) or each.theme == theme),
    )
