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

from surveyapp.cli.serving import APPLICATION, gunicorn, watching

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
    outcome = subprocess.run(watching(programs), timeout=50, check=False)
    assert outcome.returncode == 3
    assert time.monotonic() - began < 50


def test_told_to_stop_it_ends_all_and_says_that_all_is_well() -> None:
    with subprocess.Popen(watching([LASTS]), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.terminate()
        assert process.wait(timeout=40) == 0


def test_who_watches_was_what_started_it_and_holds_nothing_of_it_any_more(tmp_path: Path) -> None:
    """The same process, so that whoever started it can stop it; and one without our packages."""
    inside = tmp_path / "surveyapp"
    inside.mkdir()
    (inside / "__init__.py").touch()
    (inside / "__main__.py").write_text("import os, time; print(os.getppid(), flush=True); time.sleep(60)")
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from surveyapp.cli import serving
serving.gunicorn = lambda *_, **__: {LASTS!r}
serving.run({{"PYTHONPATH": {str(tmp_path)!r}}}, port=1, processes=1, threads=1, worker=True)
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = {process.stdout.readline(), process.stdout.readline()}
        maps = Path(f"/proc/{process.pid}/maps").read_text()
        process.terminate()
        assert process.wait(timeout=40) == 0
    assert said == {"begun\n", f"{process.pid}\n"}
    assert "site-packages" not in maps


def test_gunicorn_finds_the_pages_under_the_name_that_it_is_given(tmp_path: Path) -> None:
    settings = {"SURVEYAPP_SECRET_KEY": "s" * 32, "SURVEYAPP_DATABASE_URL": f"sqlite:///{tmp_path / 'survey.db'}"}
    command = [*gunicorn(APPLICATION, port=8123, processes=1, threads=1), "--check-config"]
    assert subprocess.run(command, env=os.environ | settings, timeout=60, check=False).returncode == 0
