"""What an interview topic rests on: the numbers of one organisation beside those of its region."""

from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Final

from surveyapp.analysis.counts import EVERYONE, Counts
from surveyapp.analysis.results import Results
from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.open_roles import open_in, unmarked
from surveyapp.questionnaires.text import Text, say
from surveyapp.reports.figures.specification import Cell, DotPlot, DotRow
from surveyapp.reports.interview_guide import EvidenceRow, Response
from surveyapp.reports.sentences import titles_of

DISAPPEARS: Final = 5
"""People of a group among whom what one of them answered cannot be told."""
_WORDS: dict[str, Text] = {
    "region": {"nl": "Regio", "en": "Region"},
    "profile": {"nl": "{organisation} naast de regio", "en": "{organisation} beside the region"},
    "theme": {"nl": "Thema", "en": "Theme"},
    "open": {"nl": "Met antwoorden via een open link: {roles}.", "en": "With answers through an open link: {roles}."},
}


@dataclass(frozen=True)
class Study:
    """What is known of the study and of the organisation to talk with."""

    title: str
    sender: str
    organisation: str
    """The organisation's code, as in the frames."""
    name: str
    """The organisation's name, as in print."""
    edition: Edition
    results: Results
    counts: Counts
    region: str | None = None
    """What the region is called; "Regio" where not given."""


@dataclass(frozen=True)
class Evidence:
    """The numbers of a study in one language."""

    study: Study
    language: str

    @property
    def region(self) -> str:
        return self.study.region or self._word("region")

    def _word(self, key: str, **details: str) -> str:
        return say(_WORDS[key], self.language).format(**details)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Key -> words of themes, statements and roles."""
        return titles_of(self.study.edition.questionnaire, self.language)

    @cached_property
    def _cells(self) -> dict[tuple[str, str, str, str], tuple[float, float, int]]:
        """(level, key, organisation, role) -> mean, mean of organisations, n."""
        scores = self.study.results.scores
        names = ("level", "key", "organisation", "role", "mean", "equal", "n")
        rows = zip(*(scores[name].tolist() for name in names), strict=True)
        return {
            (level, key, organisation, role): (float(mean), float(equal), 0 if isnan(n) else int(n))
            for level, key, organisation, role, mean, equal, n in rows
        }

    def _cell(self, level: str, key: str, organisation: str, role: str) -> tuple[float | None, float | None, int]:
        mean, equal, n = self._cells.get((level, key, organisation, role), (float("nan"), float("nan"), 0))
        return None if isnan(mean) else mean, None if isnan(equal) else equal, n

    def _member_means(self, level: str, key: str) -> list[float]:
        """The means of the organisations that make up the region, of those that have one."""
        means = (self._cell(level, key, member, EVERYONE)[0] for member in self.study.counts.region)
        return [mean for mean in means if mean is not None]

    def of(self, topic: Topic) -> tuple[EvidenceRow, ...]:
        """The mean of every role that answered, of everyone together, and of the region."""
        organisation, questionnaire = self.study.organisation, self.study.edition.questionnaire
        rows = []
        for role in questionnaire.roles:
            mean, _, n = self._cell(topic.level, topic.key, organisation, role.key)
            if n:
                rows.append(EvidenceRow(about="role", label=say(role.plural, self.language), mean=mean, n=n))
        mean, _, n = self._cell(topic.level, topic.key, organisation, EVERYONE)
        rows.append(EvidenceRow(about="everyone", label="", mean=mean, n=n))
        _, equal, _ = self._cell(topic.level, topic.key, EVERYONE, EVERYONE)
        members = self._member_means(topic.level, topic.key)
        return (*rows, EvidenceRow(about="region", label="", mean=equal, n=len(members)))

    def few_of_others(self, topic: Topic, role: str) -> bool:
        """Whether fewer than ``DISAPPEARS`` people of another group marked this: then a total tells what they did."""
        others = (each.key for each in self.study.edition.questionnaire.roles if each.key != role)
        numbers = [self._cell(topic.level, topic.key, self.study.organisation, other)[2] for other in others]
        return any(0 < number < DISAPPEARS for number in numbers)

    def beside(self, topic: Topic, role: str) -> tuple[EvidenceRow, ...]:
        """The same for a conversation with one group: of other groups, and of everyone together, only where nobody of
        another group stands out."""
        if not self.few_of_others(topic, role):
            return self.of(topic)
        own = self.titles.get(role, role)
        return tuple(row for row in self.of(topic) if row.about == "region" or row.label == own)

    @property
    def open_roles(self) -> tuple[str, ...]:
        """The roles that answered through an open link, in the plural and without their mark."""
        roles = open_in(self.study.edition.questionnaire)
        return tuple(unmarked(say(role.plural, self.language)) for role in roles)

    def responses(self) -> tuple[Response, ...]:
        """Invited and answered, per role that was invited or answered through an open link."""
        counts, organisation = self.study.counts, self.study.organisation
        invited = counts.invited[counts.invited["organisation"] == organisation].set_index("role")["invited"]
        items = counts.items[counts.items["organisation"] == organisation]
        through_link = open_in(self.study.edition.questionnaire)
        responded = items.groupby(["role", "question"])["count"].sum().groupby("role").max()
        return tuple(
            Response(
                role=say(role.plural, self.language),
                invited=None if role in through_link else int(invited.get(role.key, 0)),
                responded=int(responded.get(role.key, 0)),
            )
            for role in self.study.edition.questionnaire.roles
            if role.key in invited.index
        )

    def profile(self) -> DotPlot | None:
        """Every theme beside the region; None where the organisation has no score at all."""
        rows = [self._profile_row(theme) for theme in self.study.edition.questionnaire.themes]
        if all(row.own.value is None for row in rows):
            return None
        return DotPlot(
            title=self._word("profile", organisation=self.study.name),
            language=self.language,
            note=self._word("open", roles=", ".join(self.open_roles)) if self.open_roles else None,
            row_title=self._word("theme"),
            own=self.study.name,
            region=self.region,
            rows=tuple(rows),
        )

    def _profile_row(self, theme: str) -> DotRow:
        own, _, _ = self._cell("theme", theme, self.study.organisation, EVERYONE)
        _, region, _ = self._cell("theme", theme, EVERYONE, EVERYONE)
        means = self._member_means("theme", theme)
        return DotRow(
            label=self.titles[theme],
            own=Cell.of(own),
            region=Cell.of(region),
            band=(min(means), max(means)) if means else None,
        )
