"""How long does it take to take the answers of a study out, in each format, and does memory grow with the people?

Studies of a thousand, ten thousand and a hundred thousand people are made in files of their own: the forty statements
of seven-habits/1 answered by everybody, and two in ten wrote something behind each open question. Every format is
written by a process of its own, which reads the database as `surveyapp export` does. What it is held against is
csv.writer itself, writing the very same rows, which lie in memory already, of the very same file: the floor. Both take
turns, and processor time is compared, as other programs on the machine disturb the clock.

Goals: answers as CSV at a hundred thousand within 2.5 times the floor, a growth exponent of at most 1.05 between ten
and a hundred thousand, and at most 30 MiB more memory than before it began. Of the other formats the figures are
printed. Afterwards the file must have a row for every answer that was put in.

    python benchmarks/downloads.py [rounds] [people ...]
"""

import csv
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import evaluations, users, waves
from surveyapp.models import Answer, Invitation, Invitee, Membership, Organisation, Response, schema
from surveyapp.models.database import Database
from surveyapp.models.response import random_id
from surveyapp.queries import downloads
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.questionnaires.library import load
from surveyapp.reports.datasets import packing

SIZES: Final = (1_000, 10_000, 100_000)
PLACES: Final = 14
ROLES: Final = ("governor", "official", "official")
CODES: Final = ("1", "2", "3", "3", "4", "4", "5", "dk", "na")
WORDS: Final = "Het overleg gaat hier best goed, maar de gegevens komen te laat en lang niet van iedereen."
GOAL: Final = 2.5
GROWTH: Final = 1.05
MEMORY: Final = 30
"""MiB."""


def prepare(database: Database, people: int) -> int:
    """Make the study; returns how many answers it has."""
    with database.session() as session:
        anna = users.create(session, email="anna@bureau.example", name="Anna", by=None)
        evaluation = evaluations.create(session, slug="study", title={"nl": "Onderzoek"}, client="Regio", by=anna)
        wave = waves.plan(
            session,
            evaluation=evaluation,
            edition=load("seven-habits/1"),
            regime="confidential",
            opens_at=clock.now() - timedelta(days=7),
            closes_at=clock.now() + timedelta(days=7),
            sender="Bureau",
            contact_name="Anna",
            contact_email="anna@bureau.example",
            by=anna,
        )
        session.flush()
        numbers = range(1, PLACES + 1)
        places = [{"id": n, "code": f"GM{n:04}", "name": f"Gemeente {n}", "kind": "municipality"} for n in numbers]
        session.execute(insert(Organisation), places)
        members = [{"id": n, "evaluation_id": evaluation.id, "organisation_id": n, "position": n} for n in numbers]
        session.execute(insert(Membership), members)
        answers = sum(_some(session, wave.id, first, min(first + 2_000, people)) for first in range(0, people, 2_000))
        session.commit()
    return answers


def _some(session: Session, wave: int, first: int, last: int) -> int:
    """Some thousands of people at a time; how many answers they gave."""
    chance = random.Random(first)  # noqa: S311 - the same study every time
    rows: dict[type[Any], list[dict[str, Any]]] = {model: [] for model in (Invitee, Invitation, Response, Answer)}
    questionnaire = load("seven-habits/1").questionnaire
    for number in range(first + 1, last + 1):
        role = ROLES[number % len(ROLES)]
        place = {"wave_id": wave, "membership_id": number % PLACES + 1, "role": role}
        rows[Invitee].append({"id": number, **place, "name": "Naam", "email": "n@g.example", "language": "nl"})
        rows[Invitation].append({"id": number, "invitee_id": number, "token_hash": f"{number:064}"})
        key = random_id()
        sent = {"submitted": True, "started_at": clock.now(), "submitted_at": clock.now()}
        rows[Response].append({"id": key, "invitation_id": number, "regime": "confidential", **place, **sent})
        for question in questionnaire.questions.values():
            if question.kind == "scale":
                rows[Answer].append({"response_id": key, "question": question.key, "value": chance.choice(CODES)})
            elif question.kind == "text" and chance.random() < 0.2:
                rows[Answer].append({"response_id": key, "question": question.key, "value": WORDS})
    for model, found in rows.items():
        session.execute(insert(model), found)
    return len(rows[Answer])


def write(url: str, kind: str, folder: str) -> None:
    """In a process of its own: write this format, and print what it took."""
    database = Database(url)
    with database.session(readonly=True) as session:
        wave = evaluation_queries.wave(session, evaluation_queries.by_slug(session, "study"))
        before = _memory()
        clocked, worked = time.perf_counter(), time.process_time()
        download = downloads.of_answers(session, wave)
        made = packing.files(download, kind, Path(folder), stem="study", brief=True)
        taken = {"clock": time.perf_counter() - clocked, "processor": time.process_time() - worked}
    database.dispose()
    print(json.dumps({**taken, "memory": _memory() - before, "size": made[0].stat().st_size / 1e6}))


def _memory() -> float:
    """The most this process has used, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def floor(file: Path, folder: str) -> float:
    """In this process: the seconds that csv.writer takes for the rows of this file."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    worked = time.process_time()
    with (Path(folder) / "floor.csv").open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(rows)
    return time.process_time() - worked


def measure(people: int, rounds: int) -> tuple[float, bool]:
    """Print what each format takes for so many people; returns the processor's seconds for CSV, and whether it met its
    goals."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'survey.db'}"
        schema.upgrade(url)
        database = Database(url)
        answers = prepare(database, people)
        database.dispose()
        print(f"{people:,} people, {answers:,} answers")
        taken = [_written(url, "csv", folder) for _ in range(rounds)]
        floors = []
        for _ in range(rounds):
            floors.append(floor(Path(folder) / "answers.csv", folder))
            taken.append(_written(url, "csv", folder))
        with (Path(folder) / "answers.csv").open(encoding="utf-8", newline="") as file:
            found = sum(1 for _ in csv.reader(file)) - 1
        if found != answers:
            raise SystemExit(f"{found} answers in the file, {answers} put in")
        work, memory = median(each["processor"] for each in taken), max(each["memory"] for each in taken)
        ratio = work / median(floors)
        _say("csv", taken[-1] | {"processor": work, "memory": memory})
        print(f"       csv.writer alone {median(floors):8.2f} s of the processor: ratio {ratio:.2f} (goal {GOAL})")
        for kind in ("json", "xlsx", "ods", "sav"):
            _say(kind, _written(url, kind, folder))
    return work, ratio <= GOAL and memory <= MEMORY


def _written(url: str, kind: str, folder: str) -> dict[str, float]:
    command = [sys.executable, __file__, "write", url, kind, folder]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def _say(kind: str, taken: dict[str, float]) -> None:
    print(
        f"  {kind:5}{taken['processor']:8.2f} s of the processor, {taken['clock']:8.2f} s on the clock, "
        f"{taken['memory']:7.1f} MiB more memory, {taken['size']:8.1f} MB"
    )


def main(rounds: int, sizes: tuple[int, ...]) -> None:
    found = {people: measure(people, rounds) for people in sizes}
    print(f"goals of CSV (ratio, memory) met at the largest: {found[sizes[-1]][1]}")
    if len(sizes) > 1:
        small, large = sizes[-2:]
        growth = math.log(found[large][0] / found[small][0]) / math.log(large / small)
        print(f"growth exponent from {small:,} to {large:,}: {growth:.2f} (goal {GROWTH})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write(*sys.argv[2:5])
    else:
        numbers = [int(given) for given in sys.argv[1:]]
        main(numbers[0] if numbers else 3, tuple(numbers[1:]) or SIZES)
