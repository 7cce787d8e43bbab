"""The whole analysis of a study in files: read, count, analyse, protect, write."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from surveyapp.analysis import agenda
from surveyapp.analysis import analyse as engine
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.analysis.reading.study import Study, read
from surveyapp.analysis.results import Results
from surveyapp.analysis.tallying import tally
from surveyapp.cli.result_files import write
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.problem import Problem
from surveyapp.reports import released_files
from surveyapp.reports.csv_files import agenda_frame, exact, rounded


def analyse(
    answers: Path,
    invited: Path,
    asked: Edition | Path | None,
    out: Path,
    audience: str,
    threshold: int | None,
    before: Sequence[Path] = (),
) -> tuple[Problem, ...]:
    """Write the results into ``out``, or return every problem of the files and write nothing.

    ``before`` are the folders of earlier runs, for any audience: the results are protected together with those.
    """
    if asked is None:
        raise ValueError("an edition or a file of questions is needed")
    study, problems = read(answers, invited, asked.questionnaire if isinstance(asked, Edition) else asked)
    released, more = released_files.read(before)
    problems += more
    if study is None or problems:
        return problems
    if audience == "team":
        write(out, _of_team(study))
        return ()
    results = engine.analyse(tally(study.answers, study.invited, study.questionnaire), study.questionnaire)
    problems = released_files.of_another_study(before, released, results)
    if not problems:
        write(out, _protected(results, audience, threshold, released))
    return problems


def _of_team(study: Study) -> dict[str, str]:
    """File name -> content, unprotected."""
    counts = tally(study.answers, study.invited, study.questionnaire)
    results = engine.analyse(counts, study.questionnaire, study.answers)
    topics = agenda.topics(results, counts, study.questionnaire)
    frames: dict[str, pd.DataFrame] = {
        "scores.csv": results.scores.assign(suppressed=""),
        "gaps.csv": results.gaps,
        "reliability.csv": results.reliability,
        "shrinkage.csv": results.shrinkage,
        "agenda.csv": agenda_frame(topics, study.questionnaire),
        "distributions.csv": results.distributions,
        "measures.csv": results.measures.assign(suppressed=""),
    }
    return {name: exact(frame) for name, frame in frames.items()}


def _protected(
    results: Results, audience: str, threshold: int | None, released: Sequence[SafeResults]
) -> dict[str, str]:
    """The same as this audience may have it, next to all that went out before; and by which rules."""
    safe = protect(results, Policy.of(audience, threshold=threshold), released)
    safe_frames = {
        "scores.csv": safe.scores,
        "gaps.csv": safe.gaps,
        "distributions.csv": safe.distributions,
        "measures.csv": safe.measures,
    }
    written = {name: rounded(frame) for name, frame in safe_frames.items()}
    return written | {released_files.RULES: released_files.rules(audience, threshold)}
