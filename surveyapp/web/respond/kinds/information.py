"""Something to read; there is nothing to post."""

from surveyapp.questionnaires.kinds.information import InformationBlock
from surveyapp.web.respond.kinds.piece import Given, Piece, Posted


class InformationPiece(Piece[InformationBlock]):
    """A heading and its text."""

    def read(self, question: InformationBlock, form: Posted, language: str) -> Given | None:
        del question, form, language
        return None
