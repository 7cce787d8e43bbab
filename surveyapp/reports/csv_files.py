"""The frames of an analysis as CSV text, for a folder of files and for a download alike."""

import json
from collections.abc import Iterable
from typing import Final

import pandas as pd

from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE
from surveyapp.reports.sentences import sentence, titles_of

AGENDA_COLUMNS: Final = ("organisation", "rank", "level", "key", "priority", "signals", "sentence_nl")
_WHOLE: Final = (
    *("invited", "responded", "n", "dk", "na", "skipped", "organisations", "same_direction", "items", "rank"),
    *("asked", "count", "first"),
)


def agenda_frame(topics: Iterable[Topic], questionnaire: Questionnaire) -> pd.DataFrame:
    """A row per topic with its signals as JSON (signal -> points) and its sentence in Dutch."""
    titles = titles_of(questionnaire, DEFAULT_LANGUAGE)
    rows = [
        {
            "organisation": topic.organisation,
            "rank": topic.rank,
            "level": topic.level,
            "key": topic.key,
            "priority": topic.priority,
            "signals": json.dumps({reason.signal: reason.points for reason in topic.reasons}),
            "sentence_nl": sentence(topic, DEFAULT_LANGUAGE, titles),
        }
        for topic in topics
    ]
    return pd.DataFrame(rows, columns=list(AGENDA_COLUMNS))


def exact(frame: pd.DataFrame) -> str:
    """CSV with every number as precise as it was computed; counts are whole, missing is empty."""
    return _counted(frame).to_csv(index=False, lineterminator="\n")


def rounded(frame: pd.DataFrame) -> str:
    """CSV with two decimals, the rounding that passed the privacy gate."""
    return _counted(frame).to_csv(index=False, lineterminator="\n", float_format="%.2f")


def _counted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{name: frame[name].astype("Int64") for name in _WHOLE if name in frame})
