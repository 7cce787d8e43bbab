"""The real server, to be killed: a worker of it, which its parent replaces, or all of it, and then started again."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from surveyapp.cli.serving import APPLICATION, gunicorn
from tests.cast import SECRET_KEY
from tests.journeys.servers import free_port, wait_for


class Killable:
    """The pages as they are served in production, with one web process that answers."""

    def __init__(self, database_url: str, log: Path, port: int) -> None:
        self.port = port
        self._log = log
        self._environment = os.environ | {
            "SURVEYAPP_DATABASE_URL": database_url,
            "SURVEYAPP_SECRET_KEY": SECRET_KEY,
            "SURVEYAPP_BASE_URL": f"http://127.0.0.1:{port}",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = gunicorn(APPLICATION, port=self.port, processes=1, threads=4)
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                command, env=self._environment, stdout=output, stderr=output, start_new_session=True
            )
        wait_for(self.port, self._process, self._log)

    def kill_worker(self) -> None:
        """``kill -9`` of the process that answers; returns when the server has another in its place."""
        killed = self._workers()
        for worker in killed:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        while set(self._workers()) & set(killed):
            time.sleep(0.01)

    def kill(self) -> None:
        """``kill -9`` of all of it, and a new start."""
        self.stop()
        self.start()

    def stop(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
            while self._listens():  # a worker may take a moment longer to die than its parent
                time.sleep(0.01)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def _workers(self) -> list[int]:
        """The children of the first process; waits for one where the last has just died."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        until = time.monotonic() + 20
        while time.monotonic() < until:
            found = [int(child) for child in children.read_text().split()]
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError(f"no worker came back:\n{self._log.read_text()[-2000:]}")


@contextmanager
def served(database_url: str, folder: Path) -> Iterator[Killable]:
    """The server on a database that has been migrated, until the block ends."""
    server = Killable(database_url, folder / "log", free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()
