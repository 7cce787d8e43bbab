"""``surveyapp serve``: the pages, with a worker beside them."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import click

from surveyapp.config import from_environment

APPLICATION = "surveyapp.app:create_app()"
SETTINGS = Path(__file__).with_name("gunicorn_settings.py")
"""Named as a file: gunicorn itself then loads none of our packages."""


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Listens on 127.0.0.1 only.")
@click.option("--processes", default=2, show_default=True, help="Web processes.")
@click.option("--threads", default=4, show_default=True, help="Threads in each.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Take jobs too, in a process of its own.")
def serve(port: int, processes: int, threads: int, worker: bool) -> None:
    """Serve the pages on loopback; on a real server TLS stands in front (docs/install.md)."""
    from_environment()
    status = run(dict(os.environ), port=port, processes=processes, threads=threads, worker=worker)
    raise click.exceptions.Exit(status)


def run(environment: dict[str, str], *, port: int, processes: int, threads: int, worker: bool) -> int:
    """Run the server, and the worker if wanted, until one of them ends or this process is told to stop."""
    web = gunicorn(APPLICATION, port=port, processes=processes, threads=threads)
    programs = [web, [sys.executable, "-m", "surveyapp", "worker"]] if worker else [web]
    running = [subprocess.Popen(program, env=environment) for program in programs]  # noqa: S603 - our own programs

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for process in running:
            process.terminate()

    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, stop)
    status = running[0].wait()
    stop(signal.SIGTERM, None)
    for process in running[1:]:
        process.wait(timeout=30)
    return 0 if status in {0, -signal.SIGTERM, -signal.SIGINT} else 3


def gunicorn(application: str, *, port: int, processes: int, threads: int) -> list[str]:
    """The command that serves an application on loopback, as we serve ours."""
    return [
        *(sys.executable, "-m", "gunicorn", application, "--preload", "--no-control-socket"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(processes), "--worker-class", "gthread"),
        *("--threads", str(threads), "--log-level", "warning", "--graceful-timeout", "20"),
        *("--config", str(SETTINGS)),
    ]
