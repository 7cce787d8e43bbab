"""How long does the team wait for the response monitor?

A study of 342 municipalities is made in a file of its own, with 3,000 people invited by name in three roles (the goal
is about these), and another with 3,000 in each municipality: 1,026,000 people, more than any study invites by name.
Seven in ten opened their link, six in ten sent their answers. Then what the page reads is timed: the numbers per
organisation and role (one GROUP BY), those per day (one more), and the whole page as its browser gets it. What was
counted is compared with what was put in.

    python benchmarks/response_monitor.py [rounds] [small | large]
"""

import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import OWNER
from surveyapp.actions import evaluations, sign_ins, users, waves
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Answer, Invitation, Invitee, Membership, Organisation, Receipt, Response, Wave, schema
from surveyapp.models.database import Database
from surveyapp.models.response import random_id
from surveyapp.queries import monitor
from surveyapp.questionnaires.library import load

MUNICIPALITIES: Final = 342
PEOPLE: Final = {"small": 3_000, "large": 342 * 3_000}
GOAL: Final = 1.0
"""Seconds for the page, of the small study."""
DAYS: Final = 20
ROLES: Final = ("governor", "official", "official", "project")


def prepare(database: Database, people: int) -> tuple[int, str]:
    """Make the study; the number of its wave and the cookie of somebody who may look."""
    with database.session() as session:
        owner = users.create(session, email="anna@bureau.example", name="Anna", by=None)
        users.grant(session, user=owner, role=OWNER.name, by=None)
        evaluation = evaluations.create(session, slug="study", title={"nl": "Onderzoek"}, client="Regio", by=owner)
        moment = clock.now()
        wave = waves.plan(
            session,
            evaluation=evaluation,
            edition=load("seven-habits/1"),
            regime="confidential",
            opens_at=moment - timedelta(days=DAYS),
            closes_at=moment + timedelta(days=7),
            sender="Bureau",
            contact_name="Anna",
            contact_email="anna@bureau.example",
            by=owner,
        )
        session.flush()
        _places(session, evaluation.id)
        for rows in _people(wave.id, people, moment):
            for model, found in rows.items():
                if found:
                    session.execute(insert(model), found)
        cookie = sign_ins.begin(session, user=owner)
        number = wave.id
        session.commit()
    return number, cookie


def _places(session: Session, evaluation: int) -> None:
    numbers = range(1, MUNICIPALITIES + 1)
    places = [{"id": n, "code": f"GM{n:04}", "name": f"Gemeente {n}", "kind": "municipality"} for n in numbers]
    session.execute(insert(Organisation), places)
    members = [{"id": n, "evaluation_id": evaluation, "organisation_id": n, "position": n} for n in numbers]
    session.execute(insert(Membership), members)


def _people(wave: int, people: int, moment: datetime) -> Iterator[dict[type[Any], list[dict[str, Any]]]]:
    """Some thousands at a time, organisation after organisation."""
    chance = np.random.default_rng(2026)
    for first in range(0, people, 5_000):
        rows: dict[type[Any], list[dict[str, Any]]] = {
            model: [] for model in (Invitee, Invitation, Response, Receipt, Answer)
        }
        for number in range(first + 1, min(first + 5_000, people) + 1):
            _person(rows, wave, number, (number - 1) * MUNICIPALITIES // people + 1, moment, chance)
        yield rows


def _person(
    rows: dict[type[Any], list[dict[str, Any]]],
    wave: int,
    number: int,
    member: int,
    moment: datetime,
    chance: np.random.Generator,
) -> None:
    place = {"wave_id": wave, "membership_id": member, "role": ROLES[number % len(ROLES)]}
    name = {"name": f"Naam {number}", "email": f"naam.{number}@gemeente.example", "language": "nl"}
    rows[Invitee].append({"id": number, **place, **name})
    rows[Invitation].append({"id": number, "invitee_id": number, "token_hash": f"{number:064}"})
    if number % 10 > 6:
        return
    key, sent = random_id(), number % 10 < 6
    began = moment - timedelta(seconds=float(chance.random()) * DAYS * 86_400)
    state = {"submitted": sent, "started_at": began, "submitted_at": began if sent else None}
    rows[Response].append({"id": key, "invitation_id": number, "regime": "confidential", **place, **state})
    rows[Answer].append({"response_id": key, "question": "g1_1", "value": "4"})
    if sent:
        rows[Receipt].append({"invitation_id": number})


def check(database: Database, number: int, people: int) -> None:
    """What is counted is what was put in."""
    expected = (people, sum(n % 10 < 7 for n in range(1, people + 1)), sum(n % 10 < 6 for n in range(1, people + 1)))
    with database.session(readonly=True) as session:
        wave = session.get_one(Wave, number)
        cells, last = monitor.per_cell(session, wave), monitor.per_day(session, wave)[-1]
    counted = tuple(sum(getattr(cell, name) for cell in cells) for name in ("invited", "opened", "submitted"))
    if counted != expected or (last.opened, last.submitted) != expected[1:]:
        raise SystemExit(f"counted {counted} and {last}, put in {expected}")


def timed(rounds: int, work: Callable[[], object]) -> float:
    """The median, in seconds, after one round that does not count."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def measure(people: int, rounds: int) -> float:
    """Print the times for a study with so many people; returns that of the page."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'survey.db'}"
        schema.upgrade(url)
        database = Database(url)
        number, cookie = prepare(database, people)
        check(database, number, people)
        app = create_app(Settings(database_url=url, secret_key=secrets.token_urlsafe()))
        client = app.test_client()
        client.set_cookie("sign-in", cookie)
        with database.session(readonly=True) as session:
            wave = session.get_one(Wave, number)
            cells = timed(rounds, lambda: monitor.per_cell(session, wave))
            days = timed(rounds, lambda: monitor.per_day(session, wave))
        page = timed(rounds, lambda: client.get("/evaluations/study/monitor"))
        size = len(client.get("/evaluations/study/monitor").data)
        app.extensions["surveyapp.database"].dispose()
        database.dispose()
    print(
        f"{people:>9,} people: per organisation and role {cells:6.3f} s, per day {days:6.3f} s,"
        f" the whole page {page:6.3f} s ({size / 1000:,.0f} kB)"
    )
    return page


def main(rounds: int, sizes: tuple[str, ...]) -> None:
    taken = {size: measure(PEOPLE[size], rounds) for size in sizes}
    if "small" in taken:
        print(f"goal: the page of {PEOPLE['small']:,} people within {GOAL:.0f} s: {taken['small'] <= GOAL}")


if __name__ == "__main__":
    wanted = tuple(size for size in sys.argv[1:] if size in PEOPLE) or tuple(PEOPLE)
    main(next((int(given) for given in sys.argv[1:] if given.isdigit()), 5), wanted)
