"""The programs that serve are started as we say, and end together."""

import gc
import os
import runpy
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from surveyapp.cli.serving import gunicorn

ENDS = [sys.executable, "-c", "pass"]
LASTS = [sys.executable, "-c", "import time; print('begun', flush=True); time.sleep(60)"]


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


@pytest.mark.parametrize("programs", [(ENDS, LASTS), (LASTS, ENDS)], ids=["server", "worker"])
def test_when_one_ends_by_itself_the_other_is_ended_too(programs: tuple[list[str], list[str]]) -> None:
    began = time.monotonic()
    outcome = subprocess.run(
        [sys.executable, "-c", f"from surveyapp.cli.serving import supervise; exit(supervise({programs!r}, {{}}))"],
        timeout=50,
        check=False,
    )
    assert outcome.returncode == 3
    assert time.monotonic() - began < 50


def test_told_to_stop_it_ends_all_and_says_that_all_is_well() -> None:
    program = f"from surveyapp.cli.serving import supervise; exit(supervise([{LASTS!r}], {{}}))"
    with subprocess.Popen([sys.executable, "-c", program], env=dict(os.environ), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.terminate()
        assert process.wait(timeout=40) == 0
