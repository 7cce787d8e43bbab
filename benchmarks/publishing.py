"""How long does it take to protect a publication, and how much memory: from one region to all municipalities?

Studies of 14, 40, 100 and 342 municipalities: with about nine respondents each, of whom one to three are governors, so
that hardly any cell is safe by itself, and of 342 with 3,000 each. Seven themes with 40 statements, two or three roles.
Protected for the project lead, and then for the public together with what the lead has. Every study has a process of
its own, so that its memory is its own. Goals: 600 seconds and 2,048 MiB for 342 municipalities, both audiences.

    python benchmarks/publishing.py [small]      # small: up to 40 municipalities
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import MUNICIPALITY, Counts
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.questionnaires.library import load
from surveyapp.questionnaires.questionnaire import DONT_KNOW, NOT_APPLICABLE, SKIPPED, Questionnaire

STUDIES = ((14, 120, 2), (40, 360, 3), (342, 3_000, 2), (342, 3_000, 3), (342, 1_026_000, 3))
ANSWERS = np.array(["1", "2", "3", "4", "5", DONT_KNOW, NOT_APPLICABLE, SKIPPED])
SHARES = (0.08, 0.18, 0.3, 0.24, 0.1, 0.06, 0.02, 0.02)
ROLES = ("governor", "official", "project")
Row = tuple[object, ...]
SECONDS, MEBIBYTES = 600, 2_048


def counts(organisations: int, respondents: int, roles: int, questionnaire: Questionnaire) -> Counts:
    """Tallies of so many people, spread evenly; an eighth of them governors, and at least one."""
    rng = np.random.default_rng(342)
    sizes = rng.multinomial(respondents, np.full(organisations, 1 / organisations)).tolist()
    cells = [(f"GM{place:04}", *cell) for place, size in enumerate(sizes) for cell in _of_roles(size, roles)]
    items: list[Row] = []
    themes: list[Row] = []
    for organisation, role, number in cells:
        for theme in questionnaire.themes:
            keys = [item.key for item in questionnaire.scored_items(theme)]
            drawn = rng.choice(len(ANSWERS), size=(number, len(keys)), p=SHARES)
            for key, column in zip(keys, drawn.T, strict=True):
                found = zip(ANSWERS.tolist(), np.bincount(column, minlength=len(ANSWERS)).tolist(), strict=True)
                items += [(key, organisation, role, answer, count) for answer, count in found if count]
            marks = np.where(drawn < 5, drawn + 1, 0)
            pairs = np.column_stack([(marks > 0).sum(axis=1), marks.sum(axis=1)])
            different, times = np.unique(pairs, axis=0, return_counts=True)
            themes += [
                (theme, organisation, role, *pair, count)
                for pair, count in zip(different.tolist(), times.tolist(), strict=True)
            ]
    return Counts(
        items=pd.DataFrame(items, columns=["question", "organisation", "role", "answer", "count"]),
        themes=pd.DataFrame(themes, columns=["theme", "organisation", "role", "answered", "total", "count"]),
        invited=pd.DataFrame(
            [(organisation, role, number * 4 // 3, MUNICIPALITY) for organisation, role, number in cells],
            columns=["organisation", "role", "invited", "kind"],
        ),
    )


def questionnaire_for_everybody() -> Questionnaire:
    """seven-habits/1 with every statement put to every role."""
    document = load("seven-habits/1").questionnaire.model_dump()
    for section in document["sections"]:
        for question in section["questions"]:
            question["roles"] = ()
    return Questionnaire.model_validate(document)


def _of_roles(size: int, roles: int) -> list[tuple[str, int]]:
    governors = min(size, 1 + size // 8)
    project = size // 7 if roles == len(ROLES) else 0
    return list(zip(ROLES[:roles], (governors, max(0, size - governors - project), project), strict=False))


def _shown(safe: SafeResults) -> str:
    """How many totals of organisations are shown, of themes and of statements."""
    rows = safe.scores[safe.scores["role"].eq("all") & safe.scores["organisation"].ne("all")]
    shares = rows["mean"].notna().groupby(rows["level"]).mean()
    return " / ".join(f"{100 * shares[level]:.0f} %" for level in ("theme", "item"))


def measure(organisations: int, respondents: int, roles: int) -> None:
    """Print one row of the table."""
    questionnaire = questionnaire_for_everybody()
    results = analyse(counts(organisations, respondents, roles, questionnaire), questionnaire, test=False)
    clock, processor, before = time.perf_counter(), time.process_time(), time.process_time()
    parts, released = [], list[SafeResults]()
    for audience in ("lead", "public"):
        released.append(protect(results, Policy.of(audience), released))
        parts.append(f"{time.process_time() - before:8.1f}  {_shown(released[-1]):>13}")
        before = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    total = time.perf_counter() - clock
    within = "" if total <= SECONDS and memory <= MEBIBYTES else "   missed"
    print(
        f"{organisations:>6}{respondents:>11,}{roles:>6}  {'  '.join(parts)}"
        f"{time.process_time() - processor:10.1f}{total:9.1f}{memory:8}{within}",
        flush=True,
    )


def main(*arguments: str) -> None:
    if len(arguments) == 3:
        measure(*(int(number) for number in arguments))
        return
    print("Seconds of the processor per audience, and organisations' totals shown, of themes / statements.")
    print(" orgs.  responses roles      lead          shown    public          shown     total    clock     MiB")
    for study in STUDIES[:2] if arguments else STUDIES:
        subprocess.run([sys.executable, Path(__file__), *map(str, study)], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
