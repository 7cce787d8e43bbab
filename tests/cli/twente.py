"""A study like the real ones: fourteen municipalities of Twente and their regional body, three quarters answered."""

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from surveyapp.questionnaires.library import load
from surveyapp.questionnaires.questionnaire import Questionnaire, ScaleQuestion, TextQuestion

MUNICIPALITIES = (
    "GM0141", "GM0147", "GM1774", "GM0153", "GM0158", "GM0163", "GM0164", "GM1735", "GM0168", "GM0173", "GM1742",
    "GM0183", "GM1700", "GM0189",
)  # fmt: skip
SMALL = ("GM0147", "GM1774", "GM0183")
"""One governor and four officials."""
REGION_BODY = "OZJT"
WEAK = {"g2": -1.2, "g6": -0.7}
ANSWERS = ("respondent", "organisation", "role", "question", "answer")
INVITED = ("organisation", "role", "invited", "kind")

Row = tuple[str | int, ...]


@dataclass(frozen=True)
class Files:
    """The two files of a study."""

    answers: Path
    invited: Path


def invited() -> list[Row]:
    """Who was invited, a row per organisation and role."""
    rows: list[Row] = []
    for number, code in enumerate(MUNICIPALITIES):
        small = code in SMALL
        rows.append((code, "governor", 1 if small else 2 + number % 2, "municipality"))
        rows.append((code, "official", 4 if small else 4 + number % 6, "municipality"))
    return [*rows, (REGION_BODY, "project", 5, "region_body")]


def answers(seed: int = 1) -> Iterator[Row]:
    """A row per question put to each respondent; three quarters of those who were invited."""
    chance = random.Random(seed)  # noqa: S311 - a fixture, not a secret
    questionnaire = load("seven-habits/1").questionnaire
    number = 0
    for organisation, role, count, _ in invited():
        for place in range(int(count)):
            if place == 0 or chance.random() < 0.75:
                number += 1
                yield from _answers_of(f"r{number:04d}", str(organisation), str(role), questionnaire, chance)


def _answers_of(
    respondent: str, organisation: str, role: str, questionnaire: Questionnaire, chance: random.Random
) -> Iterator[Row]:
    mood = chance.gauss(3.6 if role == "governor" else 3.2, 0.4)
    for key, question in questionnaire.questions.items():
        if question.asked_of(role):
            yield respondent, organisation, role, key, _answer(question, questionnaire, mood, chance)


def _answer(question: object, questionnaire: Questionnaire, mood: float, chance: random.Random) -> str:
    if isinstance(question, TextQuestion):
        return chance.choice(["", "Vroeg begonnen, maar laat gehoord.", 'De planning was "krap",\nzei iedereen.'])
    if not isinstance(question, ScaleQuestion):
        return ""
    if chance.random() < 0.08:
        return chance.choice(["dk", "na", ""])
    theme = questionnaire.theme_of.get(question.key, "")
    height = max(questionnaire.scale(question.scale).codes)
    return str(min(height, max(1, round(chance.gauss(mood + WEAK.get(theme, 0.0), 0.8)))))


def write(path: Path, header: Sequence[str], rows: Iterable[Row]) -> Path:
    """A CSV file as the interface describes it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def write_study(folder: Path, seed: int = 1) -> Files:
    """The whole study as files in this folder."""
    return Files(
        answers=write(folder / "answers.csv", ANSWERS, answers(seed)),
        invited=write(folder / "invited.csv", INVITED, invited()),
    )
