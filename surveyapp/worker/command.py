"""``surveyapp worker``: takes jobs until it is told to stop."""

import os
import secrets
import signal
import threading
from types import FrameType

import click

from surveyapp.config import from_environment
from surveyapp.models import schema
from surveyapp.models.database import Database
from surveyapp.worker.loop import run


@click.command()
def worker() -> None:
    """Send mail, draw figures, make documents and publish, until stopped; run as many as you want, on any machine."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, end)
    name = f"{os.uname().nodename}-{os.getpid()}-{secrets.token_hex(4)}"
    settings = from_environment()
    schema.must_be_current(settings.database_url)
    run(Database(settings.database_url), settings, name=name, stop=stop)
