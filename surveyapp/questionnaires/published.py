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
    shelf, name = _place(edition)
    digests, problems = _read(shelf / LOCK)
    yield from problems
    for published, digest in digests.items():
        folder, _, file = published.rpartition("/")
        if folder != name:
            continue
        if not (edition / file).exists():
            yield Problem(edition / file, 1, "was published and is gone: put it back")
        elif _digest(edition / file) != digest:
            advice = "put it back, and write the change in a folder of its own"
            yield Problem(edition / file, 1, f"was published and has changed since: {advice}")


def publish(editions: Iterable[Path]) -> None:
    """Add the files of these checked editions to the lock of the folder they stand in."""
    for edition in editions:
        shelf, name = _place(edition)
        digests, _ = _read(shelf / LOCK)
        for file in sorted(edition.glob("*.yaml")):
            digests.setdefault(f"{name}/{file.name}", _digest(file))
        lines = (f"{digest}  {published}\n" for published, digest in sorted(digests.items()))
        (shelf / LOCK).write_text("".join(lines), encoding="utf-8")


def _place(edition: Path) -> tuple[Path, str]:
    """The folder of all questionnaires, and ``<key>/<version>`` in it."""
    folder = edition.resolve()
    return folder.parent.parent, f"{folder.parent.name}/{folder.name}"


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
