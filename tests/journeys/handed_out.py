"""Everything that is handed out of a generated study, of all audiences and corrections together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from surveyapp.analysis.attacking import Demands, Finding, Knowledge, Reading, attack
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.models.publication import LEAD, PUBLIC
from surveyapp.reports.reading_back import read_all
from tests.analysis.attacking.generated import Generated, knowledge
from tests.journeys import reported
from tests.journeys.choosing import Choice
from tests.journeys.showroom import Files, Room, Showroom, edition_of, labels_of

POLICIES: Final = {LEAD: Policy.of(LEAD), PUBLIC: Policy.of(PUBLIC)}
_ORDERS: Final = (
    ((LEAD, 0), (PUBLIC, 0), (LEAD, 1), (PUBLIC, 1)),
    ((LEAD, 0), (LEAD, 1), (PUBLIC, 1)),
    ((LEAD, 0), (PUBLIC, 0), (PUBLIC, 1), (LEAD, 1)),
)
"""For whom was published and when: before people were left out, or after."""


@dataclass(frozen=True)
class Handout:
    """One publication: for whom, its number among theirs, of which of the data, and what it shows."""

    audience: str
    number: int
    release: int
    safe: SafeResults


@dataclass(frozen=True)
class Released:
    """What was published of a study, one after another; of its people, and of those who were left when some went."""

    made: tuple[Generated, ...]
    handouts: tuple[Handout, ...]

    @classmethod
    def of(cls, made: Generated, left: Generated | None = None, turn: int = 0) -> "Released":
        """For the project lead and the public; with who was ``left`` once more, in an order that ``turn`` chooses."""
        data = (made,) if left is None else (made, left)
        found: list[Handout] = []
        for audience, release in _ORDERS[0][:2] if left is None else _ORDERS[turn % len(_ORDERS)]:
            before = [each.safe for each in found]
            number = 1 + sum(each.audience == audience for each in found)
            safe = protect(data[release].results, POLICIES[audience], before)
            found.append(Handout(audience, number, release, safe))
        return cls(data, tuple(found))

    @property
    def codes(self) -> list[str]:
        return sorted({one.organisation for one in self.made[0].people}, key=lambda code: int(code[1:]))

    @property
    def first(self) -> SafeResults:
        """For the project lead."""
        return self.handouts[0].safe

    def show(self, showroom: Showroom) -> str:
        """Publish all of it; the slug of the study."""
        released = [(each.audience, each.safe) for each in self.handouts]
        return showroom.publish(released, edition_of(self.made[0].questionnaire), self.codes)

    def files(self, showroom: Showroom, choice: Choice) -> list[Files]:
        """All that is chosen, per release."""
        slug = self.show(showroom)
        found = [Files() for _ in self.made]
        if choice.has_reports:
            reported.write_beside(showroom, slug)
            found[-1] += reported.drafts_of(showroom, slug)
        for each in self.handouts:
            room, files = self._room(each), found[each.release]
            files += showroom.visited(slug, room, choice.of(each.audience).is_fetched)
            files += reported.reports_of(showroom, slug, room, choice) if choice.has_reports else ()
            if choice.has_reports and each.audience == LEAD:
                files += reported.papers_of(self.made[each.release], each.safe, choice, slug)
        found[-1] += showroom.pictures(slug, choice.is_drawn)
        return found

    def _room(self, handout: Handout) -> Room:
        """Where it is read: the newest of its audience is the one that addresses without a number lead to."""
        newest = [other for other in self.handouts if other.audience == handout.audience][-1]
        return Room(handout.audience, None if handout is newest else handout.number)

    def read(self, *files: Files) -> Reading:
        """What is read in the files of each release."""
        labels = labels_of(self.made[0].questionnaire, self.codes)
        return Reading.together(read_all(each, labels, release) for release, each in enumerate(files))

    def findings(self, reading: Reading, demands: Demands | None = None) -> list[Finding]:
        """By somebody who knows of everybody which statements they answered, and when who was left out."""
        return attack(reading, known(self.made), demands)


def known(made: Sequence[Generated]) -> Knowledge:
    """Everything about who took part, per release."""
    each = [knowledge(one.people, one.questionnaire, one.outside) for one in made]
    return replace(each[0], later=tuple(each[1:]))


def of_format(files: Files, kind: str, audience: str) -> Iterator[tuple[str, bytes]]:
    """The files of one download."""
    start = f"/publication/results.{kind}.zip/" if audience == LEAD else "public/"
    for name, content in files:
        if start in f"/{name}" and f"/results.{kind}.zip/" in name and "/organisations/" not in name:
            yield name, content
