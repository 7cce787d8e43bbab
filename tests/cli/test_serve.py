"""The server that the prompt starts."""

import gc
import runpy
from itertools import pairwise
from pathlib import Path

from surveyapp.cli.serve import gunicorn


def test_the_pages_are_served_on_loopback_by_processes_that_share_what_was_loaded_before_them() -> None:
    command = gunicorn("somewhere:app()", port=8123, processes=3, threads=2)
    options = dict(pairwise(command))
    assert options["--bind"] == "127.0.0.1:8123"
    assert (options["--workers"], options["--threads"]) == ("3", "2")
    assert "--preload" in command
    settings = runpy.run_path(str(Path(options["--config"])))
    try:
        settings["pre_fork"](None, None)
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
