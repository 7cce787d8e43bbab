"""Sentences that say the scores of a topic, as the paper for an interviewee has them, as the table that they are."""

import re
from typing import Final

from surveyapp.reports.reading_back.sheet import Sheet

_SCORES: Final = re.compile(r"(?:Gepubliceerde score|Published score): (.+) (–|\d[.,]\d+), (.+) (–|\d[.,]\d+)\.?")
_NUMBERED: Final = re.compile(r"^\d+\.\s+")


def scores_in(words: str, above: str, source: str) -> Sheet | None:
    """A row for the topic that the heading ``above`` names, a column for the organisation and one for the region."""
    found = _SCORES.fullmatch(" ".join(words.split()))
    if found is None:
        return None
    topic = _NUMBERED.sub("", " ".join(above.split()))
    own, mean, region, whole = found.groups()
    return Sheet(source, topic, ("", own, region), ((topic, mean, whole),), names=(source,))
