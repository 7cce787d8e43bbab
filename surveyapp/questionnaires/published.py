"""The published versions: what was asked once is never changed, only followed by a next version.

``published.lock`` stands at the top of a folder of questionnaires and holds a SHA-256 for every published file, in the
form that ``sha256sum --check`` reads.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from surveyapp.questionnaires.problem import Problem

LOCK: Final = "published.lock"


def changed(edition: Path) -> Iterator[Problem]:
    """What differs from the published files of this edition's folder (``<key>/<version>``)."""
    root = edition.parent.parent
    digests, problems = _read(root / LOCK)
    yield from problems
    for name, digest in digests.items():
        file = root / name
        if file.parent != edition:
            continue
        if not file.exists():
            yield Problem(file, 1, "was published and is gone: put it back")
        elif _digest(file) != digest:
            yield Problem(
                file, 1, "was published and has changed since: put it back, and write the change in a folder of its own"
            )


def publish(editions: Iterable[Path]) -> None:
    """Add the files of these checked editions to the lock of the folder they stand in."""
    for edition in editions:
        root = edition.parent.parent
        digests, _ = _read(root / LOCK)
        for file in sorted(edition.glob("*.yaml")):
            digests.setdefault(file.relative_to(root).as_posix(), _digest(file))
        lines = (f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
        (root / LOCK).write_text("".join(lines), encoding="utf-8")


def _read(lock: Path) -> tuple[dict[str, str], list[Problem]]:
    if not lock.exists():
        return {}, []
    digests: dict[str, str] = {}
    problems = []
    for number, line in enumerate(lock.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        digest, _, name = line.partition("  ")
        if len(digest) == 64 and name:
            digests[name] = digest
        elif line.strip():
            problems.append(Problem(lock, number, "is not a digest and a file: take this line from history"))
    return digests, problems


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
