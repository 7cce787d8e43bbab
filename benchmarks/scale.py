"""What does a study cost as it grows: from a thousand to a million people, on SQLite and on PostgreSQL?

Makes studies (``load/studies.py``), and measures each of these in a process of its own:

- ``overview``: reading the tallies and the whole analysis of a page: scores, gaps without p-values, shrinkage, agenda;
- ``heatmap``: the page that the team begins with: the first that a process shows, the first with figures that nobody
  drew yet, and with figures that are there;
- ``monitor``: the response of this moment, and the look after it;
- ``recount``: counting everything again, beside the two statements that this takes at least;
- ``csv``, ``json``, ``sav``, ``ods``, ``xlsx``: taking every answer out, and the memory beyond what there was before;
  ``csv`` beside csv.writer alone, writing the same rows out of memory.

A recount of each study must find nothing, and every file must hold everybody. What was measured goes into
``results/scale.json``, in the place of what was measured of the same before; ``growth.py`` draws it.

    python benchmarks/scale.py [--places 14] [--on sqlite] [--only csv,recount] [people ...]
"""

import argparse
import csv
import json
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, Final

from sqlalchemy import make_url

from benchmarks.load import studies
from benchmarks.load.servers import Server
from surveyapp.actions import tallies
from surveyapp.analysis.agenda import topics
from surveyapp.analysis.analyse import analyse
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Wave, schema
from surveyapp.models.database import Database
from surveyapp.queries import counting, counts, downloads, editions
from surveyapp.reports.datasets import packing
from surveyapp.worker.loop import work_once
from tests import cluster

RESULTS: Final = Path(__file__).parent / "results" / "scale.json"
SIZES: Final = (1_000, 10_000)
KINDS: Final = ("sqlite", "postgresql")
FORMATS: Final = ("csv", "json", "sav", "ods", "xlsx")
MOST_ROWS: Final = 1_000_000
"""A sheet ends soon after."""
SECRET_KEY: Final = "known to everybody, and good enough to measure with"  # noqa: S105
Found = dict[str, float]


def timed(work: Callable[[], object], rounds: int) -> Found:
    """Medians of the seconds on the clock and of the processor."""
    taken = []
    for _ in range(rounds):
        clocked, worked = time.perf_counter(), processor()
        work()
        taken.append((time.perf_counter() - clocked, processor() - worked))
    seconds, worked = (median(each) for each in zip(*taken, strict=True))
    return {"seconds": seconds, "processor": worked}


_servers: list[Server] = []
"""The database that works for this process, where that is another one."""


def processor() -> float:
    """The processor's seconds of this process and of its database, until now."""
    return time.process_time() + sum(server.cpu() for server in _servers)


def know_server(url: str) -> None:
    """PostgreSQL is reached through a socket beside its data, where it says which process it is."""
    socket = make_url(url).query.get("host")
    if isinstance(socket, str):
        identity = Path(socket).parent / "data" / "postmaster.pid"
        _servers.append(Server(0, int(identity.read_text().splitlines()[0])))


def memory() -> float:
    """The most this process has used, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def overview(database: Database, wave_id: int) -> Found:
    """From the tallies in the database to everything that a page says."""

    def once() -> None:
        with database.session(readonly=True) as session:
            wave = session.get_one(Wave, wave_id)
            questionnaire = editions.of(session, wave).questionnaire
            counted = counts.of(session, wave, questionnaire)
            topics(analyse(counted, questionnaire, test=False), counted, questionnaire)

    once()
    with database.session(readonly=True) as session:
        wave = session.get_one(Wave, wave_id)
        questionnaire = editions.of(session, wave).questionnaire
        read = timed(lambda: counts.of(session, wave, questionnaire), 5)
    return {**timed(once, 5), "reading": read["seconds"]}


def heatmap(database: Database, cookie: str) -> Found:
    """The page in a process that never showed one, again before its figures are drawn, and with figures."""
    settings = Settings(address(database), SECRET_KEY)
    look = _looking(settings, cookie, "/evaluations/study/scores")
    cold, waiting = timed(look, 1)["seconds"], timed(look, 3)["seconds"]
    while work_once(database, settings, name="a benchmark"):
        pass
    warm = timed(look, 5)
    return {"seconds": warm["seconds"], "processor": warm["processor"], "cold": cold, "waiting": waiting}


def monitor(database: Database, cookie: str) -> Found:
    """The first look counts; the next one does where counting takes no time."""
    look = _looking(Settings(address(database), SECRET_KEY), cookie, "/evaluations/study/monitor")
    first = timed(look, 1)
    return {**first, "next": timed(look, 1)["seconds"]}


def _looking(settings: Settings, cookie: str, page: str) -> Callable[[], None]:
    client = create_app(settings).test_client()
    client.set_cookie("sign-in", cookie)

    def look() -> None:
        status = client.get(page).status_code
        if status != 200:
            raise SystemExit(f"{page}: {status}")

    return look


def recount(database: Database, wave_id: int, rounds: int) -> Found:
    """Turn by turn with its two statements; it must find nothing."""
    bare, whole = [], []
    for _ in range(rounds):
        with database.session() as session:
            wave = session.get_one(Wave, wave_id)
            questionnaire = editions.of(session, wave).questionnaire

            def statements() -> None:
                counting.items(session, wave, questionnaire)  # noqa: B023
                counting.themes(session, wave, questionnaire)  # noqa: B023

            bare.append(timed(statements, 1))
            found: list[tallies.Difference] = []
            whole.append(timed(lambda: found.extend(tallies.recount(session, wave=wave)), 1))  # noqa: B023
            session.rollback()
        if found:
            raise SystemExit(f"{len(found)} differences: {found[:3]}")
    seconds, worked, least = (
        median(each[name] for each in taken)
        for taken, name in ((whole, "seconds"), (whole, "processor"), (bare, "processor"))
    )
    return {"seconds": seconds, "processor": worked, "least": least, "ratio": worked / least}


def taken_out(database: Database, wave_id: int, kind: str, people: int) -> Found:
    """Every answer in this format."""
    with tempfile.TemporaryDirectory() as folder, database.session(readonly=True) as session:
        before = memory()
        download = downloads.of_answers(session, session.get_one(Wave, wave_id))
        write = timed(lambda: packing.files(download, kind, Path(folder), stem="study", brief=True), 1)
        found = {**write, "memory": memory() - before}
        made = max(Path(folder).iterdir(), key=lambda file: file.stat().st_size)
        if download.notes["respondents"] != str(people):
            raise SystemExit(f"{download.notes['respondents']} people in the file, {people} put in")
        return {**found, "megabytes": made.stat().st_size / 1e6, **(floor(made) if kind == "csv" else {})}


def floor(file: Path) -> Found:
    """The processor's seconds in which csv.writer writes these rows out of memory, a part at a time."""
    least, rows = 0.0, 0
    with file.open(encoding="utf-8", newline="") as opened, Path(f"{file}.floor").open("w", newline="") as out:
        read, writer = csv.reader(opened), csv.writer(out, lineterminator="\n")
        while part := list(islice(read, 100_000)):
            worked = time.process_time()
            writer.writerows(part)
            least, rows = least + time.process_time() - worked, rows + len(part)
    return {"least": least, "rows": rows - 1}


def address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def measure(what: str, url: str, wave: int, cookie: str, people: int) -> Found:
    """In a process of its own."""
    database = Database(url)
    know_server(url)
    rounds = 3 if people <= 10_000 else 1
    found = {
        "overview": lambda: overview(database, wave),
        "heatmap": lambda: heatmap(database, cookie),
        "monitor": lambda: monitor(database, cookie),
        "recount": lambda: recount(database, wave, rounds),
    }.get(what, lambda: taken_out(database, wave, what, people))()
    database.dispose()
    return found


def measured(what: str, url: str, made: studies.Made) -> Found:
    """The same, from outside."""
    asked = [what, url, str(made.wave), made.cookie, str(made.people)]
    command = [sys.executable, __file__, "measure", *asked]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ)
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def addresses(kind: str) -> Iterator[Callable[[], str]]:
    """Addresses of new databases of this kind, which are gone afterwards."""
    if kind == "postgresql":
        programs = cluster.programs()
        if programs is None:
            raise SystemExit("no PostgreSQL on this machine: apt install postgresql")
        with cluster.running(programs) as server:
            yield server.create
        return
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        numbers = iter(range(1_000))
        yield lambda: f"sqlite:///{folder}/{next(numbers)}.db"


def study(kind: str, url: str, people: int, places: int, wanted: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Make one, and everything that is measured of it."""
    schema.upgrade(url)
    database = Database(url)
    began = time.perf_counter()
    one_by_one = set(wanted) - {"overview", "heatmap"} != set()
    made = studies.make(database, people, places, one_by_one=one_by_one)
    database.dispose()
    print(
        f"{kind}, {people:,} people in {places}: {made.answers:,} answers, made in {time.perf_counter() - began:.0f} s"
    )
    for what in wanted:
        if what in {"ods", "xlsx"} and people > MOST_ROWS:
            continue
        found = measured(what, url, made)
        print(f"  {what:9}" + "".join(f"  {name} {number:.3f}" for name, number in found.items()), flush=True)
        yield {"database": kind, "people": people, "places": places, "answers": made.answers, "what": what, **found}


def provenance() -> dict[str, str]:
    """Which kind of machine, when, and with what; never its name."""
    processors, mebibytes = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
    return {
        "machine": f"{processors} processors ({platform.machine()}), {mebibytes / 1024:.0f} GiB, shared with others",
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "load": f"{os.getloadavg()[1]:.1f}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": _postgresql_version(),
        "command": "python benchmarks/scale.py",
    }


def _postgresql_version() -> str:
    programs = cluster.programs()
    return programs.parent.name if programs is not None else ""


def keep(rows: list[dict[str, Any]]) -> None:
    """Replace what was measured of the same before; each row has where and when it was measured."""
    here = provenance()
    kept = json.loads(RESULTS.read_text())["rows"] if RESULTS.exists() else []
    of = ("database", "people", "places", "what")
    found = {tuple(row[name] for name in of): row for row in kept}
    for row in rows:
        rounded = {name: float(f"{each:.4g}") if isinstance(each, float) else each for name, each in row.items()}
        found[tuple(row[name] for name in of)] = {**rounded, "measured": here}
    RESULTS.parent.mkdir(exist_ok=True)
    ordered = [found[key] for key in sorted(found)]
    RESULTS.write_text(json.dumps({"rows": ordered}, indent=1) + "\n")


def main() -> None:
    """What the command asks for."""
    asking = argparse.ArgumentParser()
    asking.add_argument("people", nargs="*", type=int, default=list(SIZES))
    asking.add_argument("--places", type=int, default=14)
    asking.add_argument("--on", choices=KINDS)
    asking.add_argument("--only", default=",".join(("overview", "heatmap", "monitor", "recount", *FORMATS)))
    asked = asking.parse_args()
    for kind in [asked.on] if asked.on else KINDS:
        with addresses(kind) as create:
            for people in asked.people:
                for row in study(kind, create(), people, asked.places, tuple(asked.only.split(","))):
                    keep([row])


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        print(json.dumps(measure(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5], int(sys.argv[6]))))
    else:
        main()
