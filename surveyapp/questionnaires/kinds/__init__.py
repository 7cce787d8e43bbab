"""The kinds of question, one module each: what an author writes, what an answer may be, what data it gives.

The same name has its piece on every floor: ``kinds/mark.py`` here, ``web/respond/kinds/mark.py`` and
``web/templates/respond/kinds/mark.html`` for the page, ``reports/paper/mark.html`` (content, beside the questionnaires)
for paper, and a sample questionnaire ``tests/questionnaires/samples/mark.yaml``. A house test holds the set complete.
"""

from typing import Annotated, Final

from pydantic import Field

from surveyapp.questionnaires.kinds.asked import Asked
from surveyapp.questionnaires.kinds.choice import ChoiceQuestion
from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.kinds.consent import ConsentQuestion
from surveyapp.questionnaires.kinds.date import DateQuestion
from surveyapp.questionnaires.kinds.information import InformationBlock
from surveyapp.questionnaires.kinds.ladder import LadderQuestion
from surveyapp.questionnaires.kinds.mark import MarkQuestion
from surveyapp.questionnaires.kinds.number import NumberQuestion
from surveyapp.questionnaires.kinds.points import PointsQuestion
from surveyapp.questionnaires.kinds.ranking import RankingQuestion
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.kinds.text import TextQuestion

Question = Annotated[
    ScaleQuestion
    | ChoiceQuestion
    | ChoicesQuestion
    | MarkQuestion
    | NumberQuestion
    | DateQuestion
    | TextQuestion
    | RankingQuestion
    | PointsQuestion
    | LadderQuestion
    | InformationBlock
    | ConsentQuestion,
    Field(discriminator="kind"),
]

KINDS: Final[dict[str, type[Asked]]] = {
    "scale": ScaleQuestion,
    "choice": ChoiceQuestion,
    "choices": ChoicesQuestion,
    "mark": MarkQuestion,
    "number": NumberQuestion,
    "date": DateQuestion,
    "text": TextQuestion,
    "ranking": RankingQuestion,
    "points": PointsQuestion,
    "ladder": LadderQuestion,
    "information": InformationBlock,
    "consent": ConsentQuestion,
}
"""By the word that authors write under ``kind``."""
