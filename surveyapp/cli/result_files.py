"""Results as CSV files: all of them appear together, or none."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

NAMES: Final = (
    "scores.csv",
    "gaps.csv",
    "reliability.csv",
    "shrinkage.csv",
    "agenda.csv",
    "distributions.csv",
    "measures.csv",
    "released.json",
)
"""Every file that any audience gets; those of an earlier run are replaced or removed."""


def write(out: Path, files: Mapping[str, str]) -> None:
    """Put these files in the folder ``out`` and take away those of an earlier run; on any failure change nothing."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = not out.exists()
    room = Path(tempfile.mkdtemp(prefix=".surveyapp-", dir=out.parent if fresh else out))
    try:
        for name, content in files.items():
            (room / name).write_text(content, encoding="utf-8", newline="")
        if fresh:
            room.chmod(0o777 & ~_mask())
            room.rename(out)
            return
        for name in files:
            (room / name).replace(out / name)
        for name in set(NAMES) - set(files):
            (out / name).unlink(missing_ok=True)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _mask() -> int:
    """What this process takes away from the rights of new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
