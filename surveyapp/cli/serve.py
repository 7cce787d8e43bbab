"""``surveyapp serve``: the pages, with a worker beside them."""

import os
from typing import Final

import click

from surveyapp.cli.serving import run
from surveyapp.config import from_environment
from surveyapp.models import schema

PORT: Final = click.IntRange(1, 65_535)


@click.command()
@click.option("--port", type=PORT, default=8000, show_default=True, envvar="PORT", help="Listens on 127.0.0.1 only.")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="Web processes.")
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Threads in each.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Take jobs too, in a process of its own.")
def serve(port: int, processes: int, threads: int, worker: bool) -> None:
    """Serve the pages on loopback; on a real server TLS stands in front (docs/install.md)."""
    schema.must_be_current(from_environment().database_url)
    run(dict(os.environ), port=port, processes=processes, threads=threads, worker=worker)
