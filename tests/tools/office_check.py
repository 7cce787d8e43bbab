"""LibreOffice, which opens documents as readers do, many files in one start."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

_REASON: Final = "no LibreOffice: apt install libreoffice-writer-nogui"


def converted(files: Sequence[Path], form: str, folder: Path) -> list[Path]:
    """The files as LibreOffice saves them in another format; without it a reason to skip, in CI to fail."""
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI") == "true":
            pytest.fail(_REASON)
        pytest.skip(_REASON)
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, own, "--headless", "--convert-to", form, "--outdir", str(folder), *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    made = [folder / f"{file.stem}.{form}" for file in files]
    assert all(each.is_file() for each in made), said.stderr[-2000:]
    return made
