"""A worker that is killed while it sends: everybody gets the mail once, and of who may not have it that is known."""

import os
import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import mailings
from surveyapp.models import Invitee, Job, Mail
from surveyapp.models.database import Database
from tests import cast, mail_server
from tests.cast import SECRET_KEY
from tests.effort import EFFORT
from tests.journeys.servers import SURVEYAPP
from tests.mail_server import MailServer

PEOPLE = 100 if EFFORT == 1 else 1_000
KILLED_AFTER = (10, 40) if EFFORT == 1 else (30, 120)
"""So many mails, at least and at most, before it is killed again."""
FAST = 60_000
PATIENCE = 1_200 if EFFORT == 1 else 7_200


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server.running(tmp_path) as running:
        yield running


class Killer:
    """Kills the worker at moments of chance: while it addresses a mail, between the server's keeping it and saying so,
    or a little later, when it may be writing down that it went, or be done with it."""

    def __init__(self, server: MailServer, chance: random.Random) -> None:
        self.kills: Counter[str] = Counter()
        self._chance = chance
        self._worker: subprocess.Popen[bytes] | None = None
        self._plan()
        server.at_recipient = self._addressed
        server.after_keeping = self._kept

    def aim_at(self, worker: subprocess.Popen[bytes]) -> None:
        self._worker = worker
        self._plan()

    def _plan(self) -> None:
        self._left = self._chance.randint(*KILLED_AFTER)
        self._moment = self._chance.choice(("addressing", "before the answer", "after the answer"))

    def _addressed(self, _to: str) -> None:
        self._left -= 1
        if self._left == 0 and self._moment == "addressing":
            self._kill()

    def _kept(self, _to: str) -> None:
        if self._left == 0 and self._moment == "before the answer":
            self._kill()
        elif self._left == 0 and self._moment == "after the answer":
            threading.Timer(self._chance.uniform(0, 0.02), self._kill).start()

    def _kill(self) -> None:
        if self._worker is not None and self._worker.poll() is None:
            self._worker.kill()
            self.kills[self._moment] += 1


def test_a_worker_that_is_killed_time_and_again_sends_everybody_one_mail(
    database: Database, database_url: str, server: MailServer, tmp_path: Path
) -> None:
    invite_many(database)
    chance = random.Random(PEOPLE)  # noqa: S311 - the same on every run
    killer = Killer(server, chance)
    until = time.monotonic() + PATIENCE
    while unsent(database):
        assert time.monotonic() < until, (tmp_path / "log").read_text()
        with worker(database_url, server, tmp_path / "log") as process:
            killer.aim_at(process)
            while process.poll() is None and unsent(database):
                time.sleep(0.1)
        end_leases(database)
    got, states = Counter(server.recipients()), states_by_address(database)
    uncertain = {address for address, state in states.items() if state == "uncertain"}
    assert len(states) == PEOPLE
    assert max(got.values()) == 1
    assert set(states.values()) <= {"sent", "uncertain"}
    assert {address for address, state in states.items() if state == "sent"} <= set(got)
    assert set(states) - set(got) <= uncertain
    assert killer.kills.total() >= PEOPLE // KILLED_AFTER[1] - 1
    assert len(uncertain) <= killer.kills.total()
    said = (tmp_path / "log").read_text()
    assert not any(address in said for address in states)


def test_workers_side_by_side_send_everybody_one_mail(
    database: Database, database_url: str, server: MailServer, tmp_path: Path
) -> None:
    invite_many(database, 20)
    with worker(database_url, server, tmp_path / "log"), worker(database_url, server, tmp_path / "log"):
        until = time.monotonic() + PATIENCE
        while unsent(database):
            assert time.monotonic() < until, (tmp_path / "log").read_text()
            time.sleep(0.2)
    assert set(Counter(server.recipients()).values()) == {1}
    assert set(states_by_address(database).values()) == {"sent"}
    assert len(server.received) == 20


class worker:  # noqa: N801 - reads as what it is
    """``surveyapp worker`` while the block lasts."""

    def __init__(self, database_url: str, server: MailServer, log: Path) -> None:
        known = {"SURVEYAPP_DATABASE_URL": database_url, "SURVEYAPP_SECRET_KEY": SECRET_KEY}
        self._environment = os.environ | known | server.environment
        self._log = log

    def __enter__(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                [str(SURVEYAPP), "worker"], env=self._environment, stdout=output, stderr=output
            )
        return self._process

    def __exit__(self, *_problem: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def invite_many(database: Database, count: int = PEOPLE) -> None:
    """So many officials of Almelo, and a round of invitations that begins at once: asked for twice."""
    with database.session() as session:
        study = cast.study(session, commit=False)
        for number in range(count):
            study.invite(session, "official", name=f"Ambtenaar {number}", email=f"a{number}@almelo.example")
        planned = mailings.plan(session, wave=study.wave, purpose="invitation", per_minute=FAST, by=study.anna)
        session.add(
            Job(kind="mailing", arguments={"mailing": planned.id}, state="queued", attempts=0, created_at=clock.now())
        )
        session.commit()


def unsent(database: Database) -> bool:
    """Whether a round must still begin, or a mail be sent."""
    with database.session(readonly=True) as session:
        return bool(_count(session, Job.state.in_(("queued", "running")), Job)) or bool(
            _count(session, Mail.state.in_(("waiting", "sending")), Mail)
        )


def end_leases(database: Database) -> None:
    """As if the five minutes had passed after which a dead worker is given up."""
    with database.session() as session:
        passed = clock.now() - timedelta(seconds=1)
        session.execute(update(Job).where(Job.state == "running").values(leased_until=passed))
        session.commit()


def states_by_address(database: Database) -> dict[str, str]:
    with database.session(readonly=True) as session:
        rows = session.execute(select(Invitee.email, Mail.state).join(Mail, Mail.invitee_id == Invitee.id))
        return {row.email: row.state for row in rows}


def _count(session: Session, condition: ColumnElement[bool], model: type[Job | Mail]) -> int:
    return session.scalar(select(func.count()).select_from(model).where(condition)) or 0
