"""The kinds of question on a page, one module each; the same names as in ``questionnaires/kinds``."""

from collections.abc import Mapping
from typing import Final

from surveyapp.web.respond.kinds.choice import ChoicePiece
from surveyapp.web.respond.kinds.choices import ChoicesPiece
from surveyapp.web.respond.kinds.consent import ConsentPiece
from surveyapp.web.respond.kinds.date import DatePiece
from surveyapp.web.respond.kinds.information import InformationPiece
from surveyapp.web.respond.kinds.ladder import LadderPiece
from surveyapp.web.respond.kinds.mark import MarkPiece
from surveyapp.web.respond.kinds.number import NumberPiece
from surveyapp.web.respond.kinds.piece import AnyPiece
from surveyapp.web.respond.kinds.points import PointsPiece
from surveyapp.web.respond.kinds.ranking import RankingPiece
from surveyapp.web.respond.kinds.scale import ScalePiece
from surveyapp.web.respond.kinds.text import TextPiece

PIECES: Final[Mapping[str, AnyPiece]] = {
    "scale": ScalePiece(),
    "choice": ChoicePiece(),
    "choices": ChoicesPiece(),
    "mark": MarkPiece(),
    "number": NumberPiece(),
    "date": DatePiece(),
    "text": TextPiece(),
    "ranking": RankingPiece(),
    "points": PointsPiece(),
    "ladder": LadderPiece(),
    "information": InformationPiece(),
    "consent": ConsentPiece(),
}
"""By the word that authors write under ``kind``."""
