"""What an earlier ``surveyapp analyse`` wrote for an audience, read back: later files are protected next to it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from surveyapp.analysis.disclosure import Policy, SafeResults
from surveyapp.analysis.disclosure.safe_results import TEXTS
from surveyapp.analysis.results import Results
from surveyapp.questionnaires.problem import Problem

RULES: Final = "released.json"
"""For whom the files beside it were made, and from how many people on: what the numbers themselves do not tell."""
TABLES: Final = ("scores", "gaps", "distributions", "measures")
_FORMAT: Final = 2
_ROW: Final = ["level", "key", "organisation", "role"]


def rules(audience: str, threshold: int | None) -> str:
    """The content of ``RULES``."""
    return json.dumps({"audience": audience, "threshold": threshold}) + "\n"


def read(folders: Sequence[Path]) -> tuple[tuple[SafeResults, ...], tuple[Problem, ...]]:
    """What was written into each folder, in this order; or what is wrong with them."""
    found, problems = [], []
    for folder in folders:
        try:
            found.append(_read(folder))
        except (OSError, ValueError, KeyError, TypeError):
            problems.append(
                Problem(
                    folder / RULES,
                    1,
                    "cannot be read back with the files beside it: name a folder that `surveyapp analyse` wrote for an "
                    "audience, unchanged",
                )
            )
    return tuple(found), tuple(problems)


def of_another_study(folders: Sequence[Path], released: Sequence[SafeResults], results: Results) -> tuple[Problem, ...]:
    """A problem for each folder with a row that these results do not have."""
    known = set(results.scores[_ROW].itertuples(index=False, name=None))
    return tuple(
        Problem(folder / "scores.csv", 1, "is not about these answers: organisations, roles or questions differ")
        for folder, safe in zip(folders, released, strict=True)
        if not set(safe.scores[_ROW].itertuples(index=False, name=None)) <= known
    )


def _read(folder: Path) -> SafeResults:
    told = json.loads((folder / RULES).read_text(encoding="utf-8"))
    policy = Policy.of(told["audience"], threshold=told["threshold"])
    columns = {name: _columns(folder / f"{name}.csv") for name in TABLES}
    return SafeResults.from_document({"format": _FORMAT, "policy": policy.to_document(), **columns})


def _columns(file: Path) -> dict[str, list[Any]]:
    frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    return {
        str(name): [cell if name in TEXTS else float(cell) if cell else None for cell in column]
        for name, column in frame.items()
    }
