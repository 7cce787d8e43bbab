"""A report: everything that it says apart from the wording in ``reports/``, from protected numbers and released texts.

About the region or about one organisation in it. Frozen, and readable as JSON: a worker prints it in any format.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from pydantic import Field, ValidationError

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Cell, Count
from surveyapp.reports.figures.specification import (
    DivergingBars,
    DotPlot,
    Dumbbell,
    Heatmap,
    Importance,
    Response,
)
from surveyapp.reports.figures.style import style_digest
from surveyapp.reports.recipe import place

REGION: Final = "region"
MUNICIPALITY: Final = "municipality"
KINDS: Final = (REGION, MUNICIPALITY)
FORMATS: Final = ("html", "pdf", "docx", "odt", "xlsx")

Kind = Literal["region", "municipality"]
Audience = Literal["lead", "organisation", "public"]


class StatementRow(Content):
    """A statement with its score in the region, of the own organisation, and of each role over the region."""

    code: str
    """``3.2``: the second statement of the third theme."""
    text: str
    region: Cell
    own: Cell | None = None
    n: Count | None = None
    """How many answers the region's score rests on."""
    roles: tuple[Cell | None, ...] = ()
    """None where the statement was not put to a role."""


class ReportedFinding(Content):
    """What a researcher established about a theme; ``role`` is in words, empty about everybody."""

    number: int
    theme: str
    """Its key."""
    code: str = ""
    """Of the organisation that it is about; empty about the region."""
    fact: str
    judgement: Literal["met", "partly", "not", "not-established"]
    judgement_reason: str = ""
    role: str = ""
    organisation: str = ""
    strength: Literal["none", "one", "several", "independent", "contradicted"]
    supports: dict[str, int] = Field(default_factory=dict)
    """Kind of evidence -> how many links support it."""
    contradicts: dict[str, int] = Field(default_factory=dict)
    recommendations: tuple[int, ...] = ()


class Recommended(Content):
    """What somebody can do; ``theme`` is in words, empty where it is about several."""

    number: int
    code: str = ""
    """Of the organisation that it is for; empty where it is for more than one."""
    text: str
    explanation: str = ""
    addressee: str
    organisation: str = ""
    belongs_to: Literal["process", "organisation"]
    timing: Literal["now", "next-round", "later"]
    effort: Literal["small", "medium", "large"]
    theme: str = ""
    findings: tuple[int, ...] = ()


class Said(Content):
    """What somebody wrote or said, released to be read: ``by`` is what readers may learn of who, often nothing."""

    text: str
    by: str = ""
    is_literal: bool = True
    """Whether these are the words themselves; else those of the researcher."""
    code: str = ""
    """Of the organisation, where readers may learn it."""


class CodedAs(Content):
    """What so many people wrote about, as researchers sorted their answers."""

    title: str
    people: Count


class Coded(Content):
    """The open answers about one theme, the most frequent subject first; ``of`` so many people."""

    of: Count
    codes: tuple[CodedAs, ...]


class Difference(Content):
    """Two roles on one theme: the mean difference within organisations, first minus second."""

    theme: str
    gap: float
    organisations: Count
    same_direction: Count | None = None


class Chapter(Content):
    """One theme."""

    key: str
    number: int
    title: str
    about: str
    region: Cell
    own: Cell | None = None
    n: Count | None = None
    statements: tuple[StatementRow, ...]
    bars: tuple[DivergingBars, ...] = ()
    dumbbell: Dumbbell | None = None
    gap: Difference | None = None
    findings: tuple[ReportedFinding, ...] = ()
    said: tuple[Said, ...] = ()
    coded: Coded | None = None

    @property
    def is_compared(self) -> bool:
        """Whether there is a statement, or the whole, of which both roles have a score."""
        return self.dumbbell is not None and any(pair.complete for pair in self.dumbbell.pairs)

    @property
    def weakest(self) -> StatementRow | None:
        """The statement with the lowest score in the region, the first of equals; None with fewer than two scores."""
        known = [row for row in self.statements if row.region.value is not None]
        return min(known, key=lambda row: row.region.value or 0.0) if len(known) > 1 else None

    @property
    def strongest(self) -> StatementRow | None:
        """The one with the highest."""
        known = [row for row in self.statements if row.region.value is not None]
        return max(known, key=lambda row: row.region.value or 0.0) if len(known) > 1 else None


class Page(Content):
    """One organisation in the report of the region."""

    code: str
    name: str
    profile: DotPlot
    highest: str
    """The theme with its highest score, in words; empty where none is known."""
    lowest: str
    invited: Count | None = None
    responded: Count | None = None
    above: tuple[StatementRow, ...] = ()
    """The statements that score the most above the region, and those the most below; to one decimal, few."""
    below: tuple[StatementRow, ...] = ()
    findings: tuple[ReportedFinding, ...] = ()
    recommendations: tuple[Recommended, ...] = ()


class Asked(Content):
    """A question as it stands in the appendix; ``kind`` is its kind of question."""

    code: str
    text: str
    roles: tuple[str, ...] = ()
    """To whom it was put, where not to everybody."""


class AskedSection(Content):
    """A part of the questionnaire."""

    title: str
    questions: tuple[Asked, ...]


class Remarked(Content):
    """What somebody said of a draft, and what was done with it."""

    round: Literal["facts", "conclusions"]
    number: int
    organisation: str
    heading: str
    place: int
    kind: Literal["fact", "interpretation", "wording"]
    text: str
    disposition: Literal["", "taken-over", "partly", "not"]
    answer: str


class Hidden(Content):
    """How many organisations have no score on a theme, and why."""

    theme: str
    shown: Count
    small: Count
    linked: Count


class Provenance(Content):
    """Where the numbers come from, so that somebody else can find the same."""

    wave: int
    publication: int
    published: date
    correction: str = ""
    data_digest: str
    """SHA-256 of the published numbers; with one of the answers somebody could try out which answers fit."""
    questionnaire: str
    questionnaire_digest: str
    version: str
    """Of this program."""


class Report(Content):
    """Everything that a report says about the region, or about one organisation beside it."""

    kind: Kind
    audience: Audience
    language: str
    study: str
    client: str
    sender: str
    region: str
    """What the region is called."""
    organisation: str = ""
    """The name; empty about the region."""
    framework: str
    origin: str
    """Publisher, title and edition of the framework."""
    wording: str
    """Whose sentences the statements are."""
    regime: Literal["attributable", "confidential", "anonymous"]
    threshold: Count
    distribution: Count
    """With fewer people no spread is told."""
    highest: int
    """The top of the scale."""
    opened: date
    closed: date
    organisations: tuple[str, ...]
    roles: tuple[str, ...]
    """Of which there are numbers over the region."""
    response: Response
    response_by_role: Response | None = None
    heatmap: Heatmap | None = None
    profile: DotPlot | None = None
    importance: Importance | None = None
    differences: Dumbbell | None = None
    gaps: tuple[Difference, ...] = ()
    pair: tuple[str, str] | None = None
    """The roles whose differences these are."""
    chapters: tuple[Chapter, ...]
    pages: tuple[Page, ...] = ()
    general: tuple[Recommended, ...] = ()
    """Every recommendation."""
    questionnaire: tuple[AskedSection, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    remarks: tuple[Remarked, ...] = ()
    provenance: Provenance
    texts: dict[str, str] = Field(default_factory=dict)
    """What a researcher wrote, by section, in the language of the report; its numbers filled in."""

    @property
    def middle(self) -> float:
        """Of the scale."""
        return (1 + self.highest) / 2

    @property
    def ranked(self) -> tuple[Chapter, ...]:
        """The themes with a score, the highest first: the own score in a report about one organisation."""
        known = [each for each in self.chapters if self.score(each).value is not None]
        return tuple(sorted(known, key=lambda each: self.score(each).value or 0.0, reverse=True))

    @property
    def above(self) -> tuple[Chapter, ...]:
        """Those above the middle of the scale."""
        return tuple(each for each in self.ranked if (self.score(each).value or 0.0) > self.middle)

    def score(self, chapter: Chapter) -> Cell:
        """What a theme scores for whom the report is about."""
        return chapter.own if self.organisation and chapter.own is not None else chapter.region

    @property
    def findings(self) -> tuple[ReportedFinding, ...]:
        """Of all themes, by number."""
        found = [finding for chapter in self.chapters for finding in chapter.findings]
        return tuple(sorted(found, key=lambda finding: finding.number))

    @property
    def widest_gap(self) -> Difference | None:
        """The theme on which the two roles differ most; None where no difference is known."""
        return max(self.gaps, key=lambda each: abs(each.gap), default=None)

    def to_document(self) -> dict[str, object]:
        """For a JSON column; ``from_document`` reads it back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> "Report":
        """Raises InvalidContent ``not-a-report``."""
        try:
            return cls.model_validate(document)
        except ValidationError as problem:
            raise InvalidContent("not-a-report", problems=problem.error_count()) from problem

    def rendering(self, form: str) -> str:
        """The kind of rendering that makes it in this format."""
        return "report" if form == "pdf" else f"report-{form}"

    def digest(self, form: str) -> str:
        """SHA-256 of what it says, of the wording and style it is printed in, and of the format."""
        said = json.dumps(self.to_document(), sort_keys=True, ensure_ascii=False, allow_nan=False)
        files = [file for kind in (self.kind, "report", "house") for file in sorted(place(kind).iterdir())]
        wording = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()]
        return hashlib.sha256("\n".join([form, said, style_digest(), *wording]).encode()).hexdigest()
