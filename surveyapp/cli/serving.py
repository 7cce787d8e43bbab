"""The programs that serve: the pages and a worker, started, watched and ended together.

Run as a file this module is the program that watches; it then needs nothing but Python, and little memory.
"""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Final, NoReturn

APPLICATION: Final = "surveyapp.app:serve()"
SETTINGS: Final = Path(__file__).with_name("gunicorn_settings.py")
"""Named as a file: gunicorn itself then loads none of our packages."""
LOOKS_EVERY: Final = 0.3
"""Seconds between looks whether all programs still run."""


def run(environment: dict[str, str], *, port: int, processes: int, threads: int, worker: bool) -> NoReturn:
    """Serve the pages, with a worker if wanted. This process becomes the one that watches them, with what was loaded
    until now gone from it; it ends as ``supervise`` says."""
    web = gunicorn(APPLICATION, port=port, processes=processes, threads=threads)
    programs = [web, [sys.executable, "-m", "surveyapp", "worker"]] if worker else [web]
    os.execve(sys.executable, watching(programs), environment)  # noqa: S606 - our own program


def watching(programs: Sequence[Sequence[str]]) -> list[str]:
    """The command that does ``supervise``: each of its arguments is a whole command."""
    return [sys.executable, "-IS", __file__, *map(shlex.join, programs)]


def supervise(programs: Sequence[Sequence[str]]) -> int:
    """Run programs until this process is told to stop (returns 0), or one of them ends by itself (returns 3).

    Either way all are ended before it returns.
    """
    told_to_stop = Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda _signal, _frame: told_to_stop.set())
    running = [subprocess.Popen(program) for program in programs]  # noqa: S603 - our own programs
    while not told_to_stop.wait(LOOKS_EVERY) and all(process.poll() is None for process in running):
        pass
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if told_to_stop.is_set() else 3


def gunicorn(application: str, *, port: int, processes: int, threads: int) -> list[str]:
    """The command that serves an application on loopback, as we serve ours."""
    return [
        *(sys.executable, "-m", "gunicorn", application, "--preload", "--no-control-socket"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(processes), "--worker-class", "gthread"),
        *("--threads", str(threads), "--log-level", "warning", "--graceful-timeout", "20"),
        *("--config", str(SETTINGS)),
    ]


if __name__ == "__main__":
    sys.exit(supervise([shlex.split(program) for program in sys.argv[1:]]))
