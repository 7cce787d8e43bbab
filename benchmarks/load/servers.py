"""Starting a server on a free port, knowing what it uses, and ending it: nothing else is touched."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PATIENCE: Final = 30.0
_GUNICORN: Final = b"\0-m\0gunicorn\0"
"""How gunicorn was called; who watches it holds the same words in one argument."""


@dataclass(frozen=True)
class Server:
    """A running server: its port and its first process."""

    port: int
    process: int

    def processes(self) -> list[int]:
        """The first process and everything that descends from it."""
        children: dict[int, list[int]] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            fields = _stat(int(folder.name))
            if fields:
                children.setdefault(int(fields[1]), []).append(int(folder.name))
        found, todo = [], [self.process]
        while todo:
            found.append(todo.pop())
            todo += children.get(found[-1], [])
        return found

    def cpu(self) -> float:
        """Seconds of processor time, user and system, of all its processes until now."""
        return sum(int(fields[11]) + int(fields[12]) for fields in map(_stat, self.processes()) if fields) / _TICKS

    def memory(self) -> float:
        """MiB of gunicorn's processes, first and workers, each shared page divided among those who share it (PSS)."""
        web = [process for process in self.processes() if _GUNICORN in _command(process)]
        return sum(map(_proportional_kib, web)) / 1024


def _stat(process: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; none for a process that is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _proportional_kib(process: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    """The server that this command starts, from when it listens; ended in the end."""
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_until_it_listens(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server does not listen after {_PATIENCE:.0f} seconds")
