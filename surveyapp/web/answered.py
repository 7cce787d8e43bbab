"""How often each answer to a question was given: the research team's own counts, or those that were published."""

from collections.abc import Callable, Mapping

from surveyapp.analysis.counts import Counts
from surveyapp.analysis.distributions import distribution
from surveyapp.questionnaires.questionnaire import Questionnaire

Given = Mapping[str, int]
"""Answer -> how many gave it."""
Place = tuple[str, str]
"""Organisation and role."""


class Answered:
    """The counts of answers by question, organisation and role; a place that is hidden or not there has none."""

    def __init__(self, look: Callable[[str], Mapping[Place, Given]]) -> None:
        self._look = look
        self._found: dict[str, Mapping[Place, Given]] = {}

    @classmethod
    def unprotected(cls, counts: Counts, questionnaire: Questionnaire) -> "Answered":
        """For pages of the research team only."""

        def look(question: str) -> Mapping[Place, Given]:
            found: dict[Place, dict[str, int]] = {}
            frame = distribution(counts, questionnaire, question)
            columns = (frame[name].tolist() for name in ("organisation", "role", "answer", "count"))
            for organisation, role, answer, count in zip(*columns, strict=True):
                found.setdefault((str(organisation), str(role)), {})[str(answer)] = int(count)
            return found

        return cls(look)

    def given(self, question: str, organisation: str, role: str) -> Given | None:
        """How often each possible answer was given there; None where that may not be said."""
        if question not in self._found:
            self._found[question] = self._look(question)
        return self._found[question].get((organisation, role))
