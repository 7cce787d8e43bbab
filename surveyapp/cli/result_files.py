"""Results as CSV files: all of them appear together, or none."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.reports.sentences import sentence, titles_of

NAMES: Final = ("scores.csv", "gaps.csv", "reliability.csv", "shrinkage.csv", "agenda.csv")
"""Every file that any audience gets; those of an earlier run are replaced or removed."""
AGENDA_COLUMNS: Final = ("organisation", "rank", "level", "key", "priority", "signals", "sentence_nl")
_WHOLE: Final = ("invited", "responded", "n", "dk", "na", "skipped", "organisations", "same_direction", "items", "rank")


def agenda_frame(topics: Iterable[Topic], questionnaire: Questionnaire) -> pd.DataFrame:
    """A row per topic with its signals as JSON (signal -> points) and its sentence in Dutch."""
    titles = titles_of(questionnaire, "nl")
    rows = [
        {
            "organisation": topic.organisation,
            "rank": topic.rank,
            "level": topic.level,
            "key": topic.key,
            "priority": topic.priority,
            "signals": json.dumps({reason.signal: reason.points for reason in topic.reasons}),
            "sentence_nl": sentence(topic, "nl", titles),
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


def write(out: Path, files: Mapping[str, str]) -> None:
    """Put these files in the folder ``out`` and take away those of an earlier run; on any failure change nothing."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = not out.exists()
    room = Path(tempfile.mkdtemp(prefix=".surveyapp-", dir=out.parent if fresh else out))
    try:
        for name, content in files.items():
            (room / name).write_text(content, encoding="utf-8", newline="")
        if fresh:
            room.chmod(0o777 & ~_mask())
            room.rename(out)
            return
        for name in files:
            (room / name).replace(out / name)
        for name in set(NAMES) - set(files):
            (out / name).unlink(missing_ok=True)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _mask() -> int:
    """What this process takes away from the rights of new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
