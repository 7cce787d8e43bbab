"""Frames as CSV: what other people's scripts read."""

import pandas as pd

from surveyapp.analysis.topic import Reason, Topic
from surveyapp.questionnaires import library
from surveyapp.reports.csv_files import agenda_frame, exact, rounded

FRAME = pd.DataFrame({"key": ["g1", "g2"], "n": [7.0, float("nan")], "mean": [10 / 3, float("nan")]})


def test_counts_are_whole_missing_is_empty_and_other_numbers_are_as_precise_as_they_are() -> None:
    assert exact(FRAME) == "key,n,mean\ng1,7,3.3333333333333335\ng2,,\n"


def test_what_passed_the_gate_keeps_two_decimals() -> None:
    assert rounded(FRAME) == "key,n,mean\ng1,7,3.33\ng2,,\n"


def test_a_topic_is_a_row_with_its_signals_and_a_dutch_sentence() -> None:
    low = Topic(
        organisation="GM0141",
        level="theme",
        key="g1",
        rank=1,
        priority=40.0,
        reasons=(Reason("low", 40.0, 1.6, 1.0),),
        score=2.4,
        facts={"n": 6.0, "target": 4.0, "top": 5.0},
    )
    row = agenda_frame([low], library.load("seven-habits/1").questionnaire).iloc[0]
    assert row["signals"] == '{"low": 40.0}'
    assert row["sentence_nl"] == "De score is laag (2,4 van 5; grens 3,0)."


def test_without_topics_the_header_remains() -> None:
    empty = agenda_frame([], library.load("seven-habits/1").questionnaire)
    assert exact(empty) == "organisation,rank,level,key,priority,signals,sentence_nl\n"
