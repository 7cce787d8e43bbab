"""A synthetic study to prepare interviews from: three municipalities and the body that bought for them."""

from functools import cache
from random import Random
from typing import NamedTuple

import pandas as pd

from surveyapp.analysis.agenda import topics
from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.selection import Selection, select
from surveyapp.analysis.tallying import tally
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.library import load
from surveyapp.questionnaires.questionnaire import ScaleQuestion
from surveyapp.reports.evidence import Study

INVITED = {
    ("GM0141", "governor"): 2,
    ("GM0141", "official"): 7,
    ("GM0147", "governor"): 1,
    ("GM0147", "official"): 5,
    ("GM0153", "governor"): 3,
    ("GM0153", "official"): 9,
    ("OZJT", "project"): 4,
}
NAMES = {"GM0141": "Almelo", "GM0147": "Borne", "GM0153": "Enschede", "OZJT": "OZJT/Samen14"}
WEAK = {"g3": -1.2, "g6": -0.7, "g4": 0.8}
"""Themes that score below or above the middle."""


class Said(NamedTuple):
    """An open answer."""

    question: str
    role: str
    text: str
    part: str = ""


@cache
def study(organisation: str = "GM0141", silent: frozenset[str] = frozenset()) -> Study:
    """The study as seen from one organisation; of the ``silent`` organisations nobody answered."""
    edition = load("seven-habits/1")
    counts = _counts(edition, silent)
    return Study(
        title="Evaluatie inkoop jeugdhulp en Wmo",
        sender="Bureau Voorbeeld",
        organisation=organisation,
        name=NAMES[organisation],
        edition=edition,
        results=analyse(counts, edition.questionnaire),
        counts=counts,
        region="Twente",
    )


def selection(of: Study) -> Selection:
    """What the agenda chooses for the organisation."""
    questionnaire = of.edition.questionnaire
    return select(topics(of.results, of.counts, questionnaire), of.organisation, of.counts, questionnaire)


def _counts(edition: Edition, silent: frozenset[str]) -> Counts:
    random = Random(7)  # noqa: S311  the same study every time
    rows = [
        (f"{organisation}-{role}-{number}", organisation, role, item, answer)
        for (organisation, role), people in INVITED.items()
        if organisation not in silent
        for number in range(max(1, people - 1))
        for item, answer in _answers(edition, role, random)
    ]
    answers = pd.DataFrame(rows, columns=["respondent", "organisation", "role", "question", "answer"], dtype=str)
    invited = pd.DataFrame(
        [(organisation, role, count, _kind(organisation)) for (organisation, role), count in INVITED.items()],
        columns=["organisation", "role", "invited", "kind"],
    )
    return tally(answers, invited, edition.questionnaire)


def _kind(organisation: str) -> str:
    return "municipality" if organisation.startswith("GM") else "region_body"


def _answers(edition: Edition, role: str, random: Random) -> list[tuple[str, str]]:
    questionnaire = edition.questionnaire
    found = []
    for key, theme in questionnaire.theme_of.items():
        question = questionnaire.questions[key]
        if isinstance(question, ScaleQuestion) and question.asked_of(role):
            mean = 3.3 + WEAK.get(theme, 0.0) + (0.7 if role == "governor" else 0.0)
            mark = min(5, max(1, round(random.gauss(mean, 0.9))))
            found.append((key, "dk" if random.random() < 0.08 else str(mark)))
    return found
