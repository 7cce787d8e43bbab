"""The first few of the options, in order."""

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable, companion
from surveyapp.questionnaires.kinds.options import Option, combined, keys
from surveyapp.questionnaires.scale import SKIPPED, Scales

NO_PLACE: Final = "0"


class RankingQuestion(Asked):
    """The first ``top`` of the options, in order of importance, stored as ``a>b>c``."""

    kind: Literal["ranking"]
    options: tuple[Option, ...]
    top: Annotated[int, Field(ge=1)]

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        ranked = value.split(">")
        if not set(ranked) <= {option.key for option in self.options}:
            return problems.NOT_AN_OPTION
        if len(set(ranked)) < len(ranked):
            return problems.RANKED_TWICE
        return problems.TOO_MANY if len(ranked) > self.top else None

    def tallied(self, value: str) -> dict[str, str]:
        """The place of each option, 0 for one that others were put before."""
        places = {key: str(place) for place, key in enumerate(value.split(">"), 1)}
        otherwise = NO_PLACE if value != SKIPPED else SKIPPED
        return {companion(self.key, option.key): places.get(option.key, otherwise) for option in self.options}

    def advice(self, scales: Scales) -> str:
        del scales
        return f"put at most {self.top} of {keys(self.options)} as a>b>c"

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """Every combination of the options that are sought, and one without any of them."""
        del scales
        all_of_them = [option.key for option in self.options]
        yield from (key for key in all_of_them if key not in sought.codes)
        yield from (">".join(some) for some in combined([key for key in all_of_them if key in sought.codes]) if some)

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        """A column per option: its place, empty where it has none."""
        del scales
        return tuple(
            Variable(companion(self.key, option.key), option.label, "ordinal", {}, {}) for option in self.options
        )
