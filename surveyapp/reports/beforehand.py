"""What an interviewee gets beforehand: the topics with neutral questions, and published, protected numbers only.

Nothing here knows unprotected results: topics come as words, numbers from ``SafeResults``.
"""

import hashlib
import json
from collections.abc import Mapping
from math import isnan
from typing import Annotated, Final

from pydantic import Field, FiniteFloat, ValidationError

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.analysis.marks import ITEM, THEME
from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.shape import Content
from surveyapp.reports.document import Document
from surveyapp.reports.figures.style import style_digest
from surveyapp.reports.markdown import blocks, line_of
from surveyapp.reports.recipe import place
from surveyapp.reports.wording import wording

KIND: Final = "interview-beforehand"
Minutes = Annotated[int, Field(ge=0)]


class BeforehandTopic(Content):
    """One topic; the means are of the publication, and None where it tells none."""

    title: str
    questions: tuple[str, ...]
    minutes: Minutes
    mean: FiniteFloat | None = None
    region: FiniteFloat | None = None


class Beforehand(Content):
    """Everything that the paper for the interviewee says, apart from the wording in ``reports/``."""

    language: str
    study: str
    organisation: str
    sender: str
    region: str
    group: str = ""
    minutes: Minutes
    opening_minutes: Minutes
    closing_minutes: Minutes
    introduction: str
    topics: tuple[BeforehandTopic, ...]
    strength: BeforehandTopic | None = None
    closing: tuple[str, ...]

    @property
    def has_numbers(self) -> bool:
        """Whether any number of the publication stands in it."""
        topics = (*self.topics, *([self.strength] if self.strength else []))
        return any(topic.mean is not None or topic.region is not None for topic in topics)

    def to_document(self) -> dict[str, object]:
        """For a JSON column; ``from_document`` reads it back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> "Beforehand":
        """Raises InvalidContent ``not-for-an-interviewee``."""
        try:
            return cls.model_validate(document)
        except ValidationError as problem:
            raise InvalidContent("not-for-an-interviewee", problems=problem.error_count()) from problem

    @property
    def digest(self) -> str:
        """SHA-256 of what it says and of the wording and style it is printed in."""
        said = json.dumps(self.to_document(), sort_keys=True, ensure_ascii=False, allow_nan=False)
        files = [*sorted(place(KIND).iterdir()), place("house") / "theme.css"]
        worded = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()]
        return hashlib.sha256("\n".join([KIND, said, style_digest(), *worded]).encode()).hexdigest()


def document_of(paper: Beforehand) -> Document:
    """The paper in its own language. Raises InvalidContent where an author's text does not work."""
    words = wording(KIND, paper.language)
    text = "\n\n".join(words.block(name, paper=paper) for name in ("opening", "topics", "closing"))
    return Document(line_of(words.block("title", paper=paper)), paper.language, blocks(text, {}))


def published_means(safe: SafeResults, organisation: str) -> dict[str, tuple[float | None, float | None]]:
    """Key of a theme or item -> the mean of the organisation and that of the region, as far as they were published."""
    found: dict[str, tuple[float | None, float | None]] = {}
    frame = safe.scores[safe.scores["role"].eq(EVERYONE) & safe.scores["level"].isin([THEME, ITEM])]
    names = ("key", "organisation", "mean", "equal")
    for key, code, mean, equal in zip(*(frame[name].tolist() for name in names), strict=True):
        own, region = found.get(key, (None, None))
        if code == organisation:
            own = _told(mean)
        elif code == EVERYONE:
            region = _told(equal)
        found[key] = (own, region)
    return found


def _told(number: float) -> float | None:
    return None if isnan(number) else float(number)
