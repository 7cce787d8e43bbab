"""The shelf of questionnaires: the owner's own folder first, then what is shipped."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from surveyapp import content
from surveyapp.errors import InvalidContent, NotFound
from surveyapp.questionnaires.checking import FILES, check_edition
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.problem import Problem

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*/[A-Za-z0-9][A-Za-z0-9.]*")
_Stamp = tuple[tuple[int, int], ...]


class FaultyEdition(InvalidContent):
    """The files of an edition have faults; ``problems`` says which, each with its place."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        super().__init__("faulty-questionnaire", name=name, problems="\n".join(str(problem) for problem in problems))
        self.problems = problems


def names(own: Path | None = None) -> tuple[str, ...]:
    """``<key>/<version>`` of every edition on the shelf, in alphabetical order."""
    found = (
        file.parent for shelf in content.folders("questionnaires", own) for file in shelf.glob("*/*/questionnaire.yaml")
    )
    return tuple(sorted({f"{folder.parent.name}/{folder.name}" for folder in found}))


def load(name: str, own: Path | None = None) -> Edition:
    """The edition ``<key>/<version>``. Raises ``NotFound``, or ``FaultyEdition`` with every problem of its files."""
    if _NAME.fullmatch(name):
        for shelf in content.folders("questionnaires", own):
            folder = shelf / name
            if (folder / "questionnaire.yaml").exists():
                return _read(folder, name, _stamp(folder))
    raise NotFound("no-such-questionnaire", name=name, known=", ".join(names(own)))


def _stamp(folder: Path) -> _Stamp:
    """Changes when a file of the edition changes."""
    files = (folder / file for file in FILES if (folder / file).exists())
    return tuple((file.stat().st_mtime_ns, file.stat().st_size) for file in files)


@lru_cache(maxsize=32)
def _read(folder: Path, name: str, stamp: _Stamp) -> Edition:  # noqa: ARG001 - a new stamp is a new reading
    checked = check_edition(folder)
    if checked.problems:
        raise FaultyEdition(name, checked.problems)
    return Edition.model_validate(dict(checked.parts))
