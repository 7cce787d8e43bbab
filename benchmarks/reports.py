"""How long does a worker take to make all reports of the demonstration, in every format?

The demonstration is made in a folder of its own. Then every report is asked for, as the button on the page does it:
that of the region and those of the fourteen municipalities and their regional body, as web page, PDF, Word and
LibreOffice, and the tables as a workbook. One worker makes them one after the other, in its own process, with nothing
kept from before. Afterwards each file must be there, and what a new process makes of the same report must be the same
bytes. Goal: 60 seconds for fifteen reports in the first four formats.

    python benchmarks/reports.py [again]      # again: only prints what a new process makes, for the comparison
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from surveyapp.actions import reports
from surveyapp.config import Settings
from surveyapp.demo.preparing import prepare
from surveyapp.models import Job, Rendering
from surveyapp.models.database import Database
from surveyapp.queries import evaluations, publications
from surveyapp.reports import printing
from surveyapp.worker.context import FONTS
from surveyapp.worker.loop import work_once

GOAL: Final = 60.0
FORMATS: Final = {"report-html": "html", "report": "pdf", "report-docx": "docx", "report-odt": "odt"}
"""Those that the goal is about: the kind of rendering -> the format."""
BEGINNINGS: Final = {"html": b"<!doctype html>", "pdf": b"%PDF-", "docx": b"PK", "odt": b"PK", "xlsx": b"PK"}


def ask(database: Database, slug: str) -> None:
    """Press the button."""
    with database.session() as session:
        wave = publications.published_wave(session, evaluations.by_slug(session, slug))
        if wave is None:
            raise SystemExit("the demonstration has no publication")
        reports.request_all(session, wave=wave, language="nl", by=None)
        session.commit()


def next_kind(database: Database) -> str:
    """Of the rendering that a worker takes next; empty where none waits."""
    with database.session(readonly=True) as session:
        waiting = select(Job).where(Job.kind == "render", Job.state == "queued").order_by(Job.id).limit(1)
        job = session.scalar(waiting)
        return session.get_one(Rendering, job.arguments["rendering"]).kind if job is not None else ""


def work(database: Database, settings: Settings) -> tuple[dict[str, float], Counter[str]]:
    """Do all there is to do; seconds of the processor per kind of work, and how often."""
    taken: dict[str, float] = {}
    counted: Counter[str] = Counter()
    while True:
        kind, before = next_kind(database) or "gathering", time.process_time()
        if not work_once(database, settings, name="benchmark"):
            return taken, counted
        taken[kind] = taken.get(kind, 0.0) + time.process_time() - before
        counted[kind] += 1


def check(database: Database) -> None:
    """Every file is there, and made again elsewhere it is the same."""
    with database.session(readonly=True) as session:
        waiting = session.scalar(select(func.count()).select_from(Rendering).where(Rendering.content.is_(None)))
        made = session.scalars(select(Rendering).where(Rendering.kind.like("report%"))).all()
        for each in made:
            form = FORMATS.get(each.kind, "xlsx")
            if each.content is None or not each.content.startswith(BEGINNINGS[form]):
                raise SystemExit(f"{each.kind} {each.id} was not made")
        chosen = {each.kind: each for each in sorted(made, key=lambda each: each.id, reverse=True)}
        for kind, each in chosen.items():
            asked = json.dumps({"kind": kind, "specification": each.specification})
            command = [sys.executable, str(Path(__file__)), "again"]
            again = subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout.strip()
            if again != hashlib.sha256(each.content or b"").hexdigest():
                raise SystemExit(f"{kind} is not the same when it is made again")
    print(f"{len(made)} files, {waiting} of anything still to be made; one of each kind made again: the same bytes")


def again() -> None:
    """The digest of what is asked for on standard input, made in this process."""
    asked = json.load(sys.stdin)
    print(hashlib.sha256(printing.render(asked["kind"], asked["specification"], fonts=FONTS).content).hexdigest())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        demonstration = prepare(Path(folder), 1, lambda _said: None)
        environment = demonstration.environment
        settings = Settings(
            database_url=environment["SURVEYAPP_DATABASE_URL"], secret_key=environment["SURVEYAPP_SECRET_KEY"]
        )
        database = Database(settings.database_url)
        work(database, settings)  # what the demonstration itself left to do
        ask(database, str(demonstration.links["evaluation"]))
        clock, processor = time.perf_counter(), time.process_time()
        taken, counted = work(database, settings)
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        for kind, seconds in taken.items():
            print(
                f"{FORMATS.get(kind, kind):>12} {counted[kind]:>4} {seconds:8.1f} s {seconds / counted[kind]:8.2f} each"
            )
        print(
            f"{'together':>12} {sum(counted.values()):>4} {processor:8.1f} s of the processor, {clock:.1f} on the clock"
        )
        files = sum(counted[kind] for kind in FORMATS) // len(FORMATS)
        needed = sum(seconds for kind, seconds in taken.items() if kind in FORMATS or kind == "gathering")
        print(f"{files} reports in {len(FORMATS)} formats: {needed:.1f} s; goal: within {GOAL:.0f} s: {needed <= GOAL}")
        check(database)
        database.dispose()


if __name__ == "__main__":
    again() if "again" in sys.argv[1:] else main()
