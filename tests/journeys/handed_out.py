"""Everything that is handed out of a generated study, of all audiences together."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from surveyapp.analysis.attacking import Demands, Finding, Reading, attack
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.reports.datasets.packing import FORMATS
from surveyapp.reports.reading_back import read_all
from tests.analysis.attacking.generated import Generated, knowledge
from tests.effort import EFFORT
from tests.journeys.showroom import Files, Showroom, downloaded, edition_of, labels_of, named

LEAD, PUBLIC = Policy.of("lead"), Policy.of("public")
EVERYTHING: Final = EFFORT > 1
"""Whether every file is fetched and every figure drawn, or of each sort some."""


_FEWEST: Final = 3
"""Organisations that every study has."""


@dataclass(frozen=True)
class Released:
    """What was published of a study: for its project lead and organisations, and for the public."""

    made: Generated
    for_lead: SafeResults
    for_public: SafeResults

    @classmethod
    def of(cls, made: Generated) -> "Released":
        for_lead = protect(made.results, LEAD)
        return cls(made, for_lead, protect(made.results, PUBLIC, [for_lead]))

    @property
    def codes(self) -> list[str]:
        return sorted({one.organisation for one in self.made.people}, key=lambda code: int(code[1:]))

    def files(self, showroom: Showroom, room: Path, turn: int = 0) -> Files:
        """All of them; ``turn`` chooses in which format each organisation fetches its own download."""
        edition = edition_of(self.made.questionnaire)
        slug = showroom.publish(self.for_lead, edition, self.codes)
        places = {code: name for name, code in named(self.codes).items()}
        return [
            *showroom.visited(slug, lambda address: _is_wanted(address, turn)),
            *showroom.pictures(slug, _is_drawn),
            *downloaded(self.for_public, edition, places, FORMATS, room, "public"),
        ]

    def read(self, files: Files) -> Reading:
        return read_all(files, labels_of(self.made.questionnaire, self.codes))

    def findings(self, reading: Reading, demands: Demands | None = None) -> list[Finding]:
        """By somebody who knows of everybody which statements they answered."""
        return attack(reading, knowledge(self.made.people, self.made.questionnaire, self.made.outside), demands)


def _is_wanted(address: str, turn: int) -> bool:
    """Everything of the whole publication; of each organisation its page and files, but of zips and further pages some.

    Those hold what the page, the CSV and the pages of the whole publication hold.
    """
    path, _, query = address.partition("?")
    before, _, own = path.partition("/organisations/")
    code, _, further = own.partition("/")
    if EVERYTHING or not own or not before.endswith("/publication"):
        return True
    number = int(code[1:])
    if further.endswith(".zip"):
        return further == f"results.{FORMATS[(turn + number) % len(FORMATS)]}.zip"
    return number == turn % _FEWEST or further.endswith(".csv") or not (further or query)


def _is_drawn(audience: str, layout: str) -> bool:
    return EVERYTHING or (audience == "lead" and layout == "wide")


def of_format(files: Files, kind: str, audience: str) -> Iterator[tuple[str, bytes]]:
    """The files of one download."""
    for name, content in files:
        start = f"/publication/results.{kind}.zip/" if audience == "lead" else f"{audience}-{kind}.zip/"
        if start in f"/{name}":
            yield name, content
