"""How much does answering cost beside the least that could do it?

Starts the real server (``surveyapp serve``) and a bare Flask application (``load/bare.py``: the same questions, one
template, one durable INSERT per page), both under gunicorn with the same settings and on SQLite with
``synchronous=FULL``. Respondents answer eight pages with forty-four questions in each, in turns; medians of three
rounds are printed. ``seven-habits/1``, the questionnaire that is really used, is measured beside them once.

Afterwards every questionnaire must be stored exactly once and value for value, and the tallies must be what a recount
finds; otherwise the program fails. A missed goal is printed and nothing more: time is no test.

A page is what a browser waits for: the post, the redirect and the next page. The product has three pages more than the
bare application (the first, the look back and the thanks), which count in its times.

    python benchmarks/answering.py [rounds]
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import count, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from benchmarks.load import stored
from benchmarks.load.respondents import Respondent, drive
from benchmarks.load.servers import Server, free_port, running
from benchmarks.load.statements import statements
from surveyapp.cli.serving import gunicorn
from surveyapp.models import schema
from surveyapp.models.database import Database
from surveyapp.questionnaires import library
from surveyapp.questionnaires.edition import Edition

OWN: Final = Path(__file__).parent
SHAPE, IN_USE, BARE = "eight-pages/1", "seven-habits/1", "bare Flask"
PEOPLE: Final = {1: 100, 8: 250, 32: 250}
"""Respondents at once, and how many in a round at most."""
ROUNDS: Final = 3
SECONDS: Final = 4.0
"""For one round of one system; who is answering then, finishes."""
PROCESSES, THREADS = 2, 4
SECRET_KEY: Final = "known to everybody, and good enough to measure with"  # noqa: S105


@dataclass(frozen=True)
class Measured:
    """One round; times in ms, memory in MiB."""

    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float
    """Server's processor time per completed questionnaire."""
    memory: float


@dataclass
class System:
    """A server with a questionnaire; ``invite`` makes new respondents, all of whom are kept for the proof."""

    server: Server
    invite: Callable[[int], list[Respondent]]
    people: list[Respondent]

    def measure(self, at_once: int) -> Measured:
        people = self.invite(PEOPLE[at_once])
        before = self.server.cpu()
        seconds, times = drive(people, self.server.port, at_once, SECONDS)
        used = self.server.cpu() - before
        self.people += [person for person in people if person.begun]
        complete = sum(person.complete for person in people)
        cuts = quantiles(times, n=100, method="inclusive")
        p50, p95, p99 = (1000 * cuts[percent - 1] for percent in (50, 95, 99))
        return Measured(complete / seconds, p50, p95, p99, 1000 * used / max(complete, 1), self.server.memory())


@contextmanager
def product(folder: Path, editions: dict[str, Edition]) -> Iterator[tuple[dict[str, System], Database, dict[str, int]]]:
    """The product with a study of each edition, its database, and the waves by edition."""
    address, port = f"sqlite:///{folder}/survey.db", free_port()
    schema.upgrade(address)
    database = Database(address)
    waves = dict(zip(editions, stored.prepare(database, list(editions.values())), strict=True))
    environment = os.environ | {"SURVEYAPP_DATABASE_URL": address, "SURVEYAPP_SECRET_KEY": SECRET_KEY}
    sizes = ["--processes", str(PROCESSES), "--threads", str(THREADS)]
    command = [sys.executable, "-m", "surveyapp", "serve", "--no-worker", "--port", str(port), *sizes]

    def inviting(name: str) -> Callable[[int], list[Respondent]]:
        return lambda number: stored.invite(database, waves[name], editions[name], number, SECRET_KEY)

    with running(command, port, environment) as server:
        yield {name: System(server, inviting(name), []) for name in editions}, database, waves
    database.dispose()


@contextmanager
def bare(folder: Path) -> Iterator[System]:
    """The bare application."""
    port, numbers = free_port(), count()
    environment = os.environ | {"BARE_DATABASE": str(folder / "bare.db"), "BARE_EDITION": SHAPE}
    command = gunicorn("benchmarks.load.bare:create_app()", port=port, processes=PROCESSES, threads=THREADS)

    def invite(number: int) -> list[Respondent]:
        return [Respondent(f"/p{seed}/1", seed) for seed in islice(numbers, number)]

    with running(command, port, environment) as server:
        yield System(server, invite, [])


def show(title: str, found: Measured) -> None:
    """One line of the table."""
    print(
        f"{title:34} {found.per_second:8.1f} {found.p50:8.1f} {found.p95:8.1f} {found.p99:8.1f}"
        f" {found.cpu:10.1f} {found.memory:8.0f}"
    )


def middle(rounds: list[Measured]) -> Measured:
    """The median of each figure."""
    return Measured(*(median(values) for values in zip(*(astuple(found) for found in rounds), strict=True)))


def goals(
    ours: dict[int, Measured], least: dict[int, Measured], per_page: int
) -> Iterator[tuple[str, float, float, bool]]:
    """What, how much, the goal, and whether it is reached."""
    for at_once in (8, 32):
        ratio = ours[at_once].per_second / least[at_once].per_second
        yield f"complete/s at {at_once}, times bare", ratio, 0.56, ratio >= 0.56
    ratio = ours[1].p50 / least[1].p50
    yield "page p50 at 1, times bare", ratio, 3, ratio <= 3
    for at_once in PEOPLE:
        ratio = ours[at_once].p99 / least[at_once].p99
        yield f"page p99 at {at_once}, times bare", ratio, 2, ratio <= 2
        ratio = ours[at_once].cpu / least[at_once].cpu
        yield f"CPU per complete at {at_once}, times bare", ratio, 2.2, ratio <= 2.2
    most = max(found.memory for found in ours.values())
    yield "memory of the web processes, MiB", most, 150, most < 150
    yield "SQL statements of a page, at most", per_page, 6, per_page <= 6


def report(systems: dict[str, System], rounds: int) -> dict[str, dict[int, Measured]]:
    """Let the systems take turns, and print the table."""
    columns = ("compl./s", "p50 ms", "p95 ms", "p99 ms", "CPU ms/cpl", "PSS MiB")
    print(f"{'respondents at once':34} " + " ".join(f"{column:>{max(8, len(column))}}" for column in columns))
    found: dict[str, dict[int, Measured]] = {name: {} for name in systems}
    for system in systems.values():
        system.measure(8)  # to warm up
    for at_once in PEOPLE:
        measured: dict[str, list[Measured]] = {name: [] for name in systems}
        for turn in range(rounds):
            for name, system in systems.items():
                if turn == 0 or name != IN_USE:
                    measured[name].append(system.measure(at_once))
        for name, times in measured.items():
            found[name][at_once] = middle(times)
            show(f"{at_once:3} {name}", found[name][at_once])
    return found


def main(rounds: int) -> int:
    """Measure, print, and prove; the number of faults in what was stored."""
    editions = {name: library.load(name, own=OWN) for name in (SHAPE, IN_USE)}
    with tempfile.TemporaryDirectory(prefix="answering-") as made:
        folder = Path(made)
        with product(folder, editions) as (ours, database, waves), bare(folder) as least:
            found = report({SHAPE: ours[SHAPE], BARE: least, IN_USE: ours[IN_USE]}, rounds)
            [counted] = ours[SHAPE].invite(1)
            asked = statements(database, SECRET_KEY, counted)
            faults = stored.bare_faults(folder / "bare.db", least.people)
            for name, edition in editions.items():
                faults += stored.faults(database, waves[name], edition, ours[name].people)
    print("\nSQL statements: " + "; ".join(f"{kind} {max(numbers)}" for kind, numbers in asked.items()))
    print()
    pages = max(max(numbers) for kind, numbers in asked.items() if kind.endswith("questions"))
    for what, figure, goal, reached in goals(found[SHAPE], found[BARE], pages):
        print(f"{what:42} {figure:8.2f}   goal {goal:6.2f}   {'reached' if reached else 'MISSED'}")
    people = [person for system in (*ours.values(), least) for person in system.people]
    faults += [f"respondent {person.seed}: {person.problem}" for person in people if not person.complete]
    values = sum(len(person.posted) for person in people)
    print(f"\n{len(people)} questionnaires, {values} values: {len(faults)} faults")
    print("\n".join(faults[:5]))
    return len(faults)


if __name__ == "__main__":
    sys.exit(min(1, main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)))
