"""How much of a study is shown, and what the veto on answers costs: in the demonstration and twenty generated studies.

The veto withholds numbers that pass the leak test but leave too little of somebody's answer open: near an end of the
scale, or all together. Counted are means, of the region and of organisations, as shares of all that a study has.
Prints the table of `docs/privacy.md`; it needs the tests beside it, which generate the studies.

    .venv/bin/python -m benchmarks.visibility
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import select

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.analysis.results import Results
from surveyapp.demo.preparing import prepare
from surveyapp.models import Evaluation, Wave
from surveyapp.models.database import Database
from surveyapp.queries import counts, editions
from tests.analysis.attacking.generated import study

STUDIES: Final = 20
PORT: Final = 8000
PARTS: Final = (("theme", True), ("item", True), ("theme", False), ("item", False))
"""Level, and whether of the region."""


def demonstration() -> Results:
    """The first study of the demonstration, analysed."""
    with TemporaryDirectory() as folder:
        made = prepare(Path(folder), PORT, lambda _: None)
        database = Database(made.environment["SURVEYAPP_DATABASE_URL"])
        try:
            with database.session(readonly=True) as session:
                slug = made.links["evaluation"]
                wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == slug)).one()
                questionnaire = editions.of(session, wave).questionnaire
                return analyse(counts.of(session, wave, questionnaire), questionnaire, test=False)
        finally:
            database.dispose()


def published(results: Results, *, vetoed: bool) -> Iterator[tuple[str, SafeResults]]:
    """For the project lead, then for the public together with that."""
    released: list[SafeResults] = []
    for audience in ("lead", "public"):
        policy = Policy.of(audience)
        safe = protect(results, policy if vetoed else replace(policy, width=0.0), released)
        released.append(safe)
        yield audience, safe


def shown(safe: SafeResults) -> list[tuple[int, int]]:
    """Per part how many means are shown, of how many; of organisations all roles together."""
    scores = safe.scores
    of_the_region = scores["organisation"].eq("all")
    counted = scores[of_the_region | scores["role"].eq("all")]
    found = []
    for level, regional in PARTS:
        rows = counted[counted["level"].eq(level) & counted["organisation"].eq("all").eq(regional)]
        found.append((int(rows["suppressed"].eq("").sum()), len(rows)))
    return found


def table(name: str, studies: Sequence[Results]) -> None:
    """Print a row per audience, without and with the veto."""
    for vetoed in (False, True):
        parts = {audience: [[0, 0] for _ in PARTS] for audience in ("lead", "public")}
        for results in studies:
            for audience, safe in published(results, vetoed=vetoed):
                for total, (some, all_) in zip(parts[audience], shown(safe), strict=True):
                    total[0] += some
                    total[1] += all_
        for audience, found in parts.items():
            shares = " | ".join(f"{100 * some / all_:.0f} % of {all_}" for some, all_ in found)
            print(f"| {name}, {audience} | {'with' if vetoed else 'without'} | {shares} |", flush=True)


def main() -> None:
    """Print the table."""
    print("| study | veto | themes, region | statements, region | themes, organisations | statements, organisations |")
    print("|---|---|---|---|---|---|")
    table("demonstration", [demonstration()])
    table(f"{STUDIES} generated", [study(seed).results for seed in range(STUDIES)])


if __name__ == "__main__":
    main()
