"""The ranked topics of every organisation as a frame, for ``agenda.csv``."""

import json
from collections.abc import Iterable
from typing import Final

import pandas as pd

from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE
from surveyapp.reports.sentences import sentence, titles_of

COLUMNS: Final = ("organisation", "rank", "level", "key", "priority", "signals", "sentence_nl")


def agenda_frame(topics: Iterable[Topic], questionnaire: Questionnaire) -> pd.DataFrame:
    """A row per topic, with its signals as JSON (signal -> points)."""
    titles = titles_of(questionnaire, DEFAULT_LANGUAGE)
    rows = [
        (
            topic.organisation,
            topic.rank,
            topic.level,
            topic.key,
            topic.priority,
            json.dumps({reason.signal: reason.points for reason in topic.reasons}),
            sentence(topic, DEFAULT_LANGUAGE, titles),
        )
        for topic in topics
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
