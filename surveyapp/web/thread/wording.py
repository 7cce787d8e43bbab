"""What the beads of the thread are called."""

from typing import Final

from surveyapp.web.findings import supports
from surveyapp.web.words import N_

KINDS: Final = {
    **supports.KINDS,
    "topic": N_("Topic of an interview"),
    "finding": N_("Finding"),
    "recommendation": N_("Recommendation"),
}
