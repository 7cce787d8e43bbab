"""The server dies in the middle of a burst of saves: what respondents were told is kept, is there afterwards."""

import http.client
import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from surveyapp.queries.tokens import token_hash
from tests.journeys.servers import SURVEYAPP, free_port, wait_for

ASKED_OF_EVERYBODY = "g1_1"
AT_ONCE = 6


@dataclass
class Installation:
    """A demonstration in a folder of its own, with people who have not answered yet."""

    folder: Path
    environment: dict[str, str]
    tokens: list[str]

    @contextmanager
    def served(self) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
        """The server, in a group of its own, so that all of it can be killed at once."""
        port, log = free_port(), self.folder / "log"
        with log.open("ab") as output:
            command = [str(SURVEYAPP), "serve", "--port", str(port), "--no-worker"]
            process = subprocess.Popen(
                command, env=os.environ | self.environment, stdout=output, stderr=output, start_new_session=True
            )
        try:
            wait_for(port, process, log)
            yield port, process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kept(self) -> dict[str, str]:
        """Hash of the token -> what is stored of the answer that everybody gives."""
        file = self.environment["SURVEYAPP_DATABASE_URL"].removeprefix("sqlite:///")
        with closing(sqlite3.connect(file)) as opened:
            assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
            rows = opened.execute(
                "SELECT invitation.token_hash, answer.value FROM answer"
                " JOIN response ON response.id = answer.response_id"
                " JOIN invitation ON invitation.id = response.invitation_id WHERE answer.question = ?",
                (ASKED_OF_EVERYBODY,),
            )
            return dict(rows.fetchall())


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    subprocess.run([SURVEYAPP, "demo", "--prepare"], cwd=tmp_path, check=True, capture_output=True)
    links = json.loads((tmp_path / "var/demo/links.json").read_text(encoding="utf-8"))
    tokens = [urlsplit(address).path.rsplit("/", 1)[1] for address in links["invitations"][:60]]
    return Installation(tmp_path, links["environment"], tokens)


@dataclass
class Answering:
    """People who save one mark after another until the server is gone; each browser answers for its own people."""

    port: int
    told: dict[str, str] = field(default_factory=dict)
    """Token -> the last mark of which the server said that it is kept."""
    sent: dict[str, set[str]] = field(default_factory=dict)
    """Token -> marks that were sent after that, and not answered any more."""

    def answer(self, tokens: list[str]) -> None:
        for turn in range(10_000):
            token, mark = tokens[turn % len(tokens)], str(turn % 5 + 1)
            self.sent.setdefault(token, set()).add(mark)
            if not self.saved(token, mark):
                return
            self.told[token] = mark
            self.sent[token].clear()

    def saved(self, token: str, mark: str) -> bool:
        """Save a mark, after having begun; whether the server said that it is kept."""
        begun = token in self.told or self._posted(f"/r/{token}", {"begin": "yes"})
        return begun and self._posted(f"/r/{token}/g1", {ASKED_OF_EVERYBODY: mark, "save-and": "continue"})

    def _posted(self, path: str, fields: dict[str, str]) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(fields), headers)
            return connection.getresponse().status == 303
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def test_what_was_acknowledged_survives_a_server_that_dies(installation: Installation) -> None:
    with installation.served() as (port, process):
        answering = Answering(port)
        shares = [installation.tokens[number::AT_ONCE] for number in range(AT_ONCE)]
        browsers = [threading.Thread(target=answering.answer, args=(share,)) for share in shares]
        for browser in browsers:
            browser.start()
        time.sleep(3)
        os.killpg(process.pid, signal.SIGKILL)
        for browser in browsers:
            browser.join(timeout=30)
    kept = installation.kept()
    assert len(answering.told) > AT_ONCE
    lost = {
        token: mark
        for token, mark in answering.told.items()
        if kept.get(token_hash(token)) not in {mark, *answering.sent[token]}
    }
    assert lost == {}
    with installation.served() as (port, _process):
        again = Answering(port)
        assert again.saved(installation.tokens[0], "4")
    assert installation.kept()[token_hash(installation.tokens[0])] == "4"
