"""Remarks as the report would print them: without what looks personal, for who decides on them to read over."""

from surveyapp.analysis.redaction.suggestions import WARNINGS, redacted, suggested
from surveyapp.models import Review
from surveyapp.models.review import CONVERSATION
from surveyapp.queries.known_names import known_names
from surveyapp.web.database import session
from surveyapp.web.themes.releasing import KINDS
from surveyapp.web.words import _


def to_print(review: Review) -> dict[int, str]:
    """Remark -> what was decided to print, else what is proposed; empty for a conversation, which is in no report."""
    if review.kind == CONVERSATION:
        return {}
    names = known_names(session(), review.wave.evaluation)
    words = {kind: _(instead) for kind, (_name, instead) in KINDS.items()}
    proposed = {}
    for remark in (each for reader in review.readers for each in reader.remarks):
        spans = [span for span in suggested(remark.text, names) if span.kind not in WARNINGS]
        proposed[remark.id] = remark.printed if remark.disposition else redacted(remark.text, spans, words)
    return proposed
