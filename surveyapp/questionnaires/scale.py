"""The steps on which a statement is answered, and the answers that stand apart from them."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from surveyapp.questionnaires.shape import Content, Key
from surveyapp.questionnaires.text import Text

DONT_KNOW: Final = "dk"
NOT_APPLICABLE: Final = "na"
SKIPPED: Final = ""


class Point(Content):
    """One step of a scale: codes run 1..c, 1 the least favourable."""

    code: Annotated[int, Field(ge=1, le=11)]
    label: Text


class Scale(Content):
    """The steps of an answer, with "don't know" and "not applicable" apart from them where allowed."""

    key: Key
    points: tuple[Point, ...]
    dont_know: Text | None = None
    not_applicable: Text | None = None

    @property
    def codes(self) -> tuple[int, ...]:
        return tuple(point.code for point in self.points)

    @property
    def apart(self) -> dict[str, Text]:
        """Code -> label of the answers that are no step of the scale."""
        offered = {DONT_KNOW: self.dont_know, NOT_APPLICABLE: self.not_applicable}
        return {code: label for code, label in offered.items() if label is not None}


Scales = Mapping[str, Scale]
"""The scales of a questionnaire by key."""
