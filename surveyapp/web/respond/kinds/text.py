"""An answer in the respondent's own words."""

from flask_babel import format_decimal

from surveyapp.questionnaires.kinds.text import TextQuestion
from surveyapp.questionnaires.scale import SKIPPED
from surveyapp.web.respond.kinds.piece import Given, Piece, Posted
from surveyapp.web.words import _


class TextPiece(Piece[TextQuestion]):
    """A field of several lines, or of one."""

    def hint(self, question: TextQuestion) -> str | None:
        return _("At most %(limit)s characters.", limit=format_decimal(question.limit))

    def read(self, question: TextQuestion, form: Posted, language: str) -> Given | None:
        posted = super().read(question, form, language)
        if posted is None:
            return None
        words = said(posted.value)
        return Given(words.replace("\n", " ") if question.short else words)


def said(posted: str) -> str:
    """Words as they are stored: browsers send a line end as two characters, we keep one; only spaces is nothing."""
    words = posted.replace("\r\n", "\n").replace("\r", "\n")
    return words if words.strip() else SKIPPED
