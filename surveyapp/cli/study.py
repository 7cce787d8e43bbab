"""The whole analysis of a study in files: read, count, analyse, protect, write."""

from pathlib import Path

import pandas as pd

from surveyapp.analysis import agenda
from surveyapp.analysis import analyse as engine
from surveyapp.analysis.disclosure import Policy, protect
from surveyapp.analysis.reading.study import Study, read
from surveyapp.analysis.tallying import tally
from surveyapp.cli.result_files import write
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.problem import Problem
from surveyapp.reports.csv_files import agenda_frame, exact, rounded


def analyse(
    answers: Path, invited: Path, asked: Edition | Path | None, out: Path, audience: str, threshold: int | None
) -> tuple[Problem, ...]:
    """Write the results into ``out``, or return every problem of the files and write nothing."""
    if asked is None:
        raise ValueError("an edition or a file of questions is needed")
    study, problems = read(answers, invited, asked.questionnaire if isinstance(asked, Edition) else asked)
    if study is not None:
        write(out, _files(study, audience, threshold))
    return problems


def _files(study: Study, audience: str, threshold: int | None) -> dict[str, str]:
    """File name -> content, as this audience may have it."""
    counts = tally(study.answers, study.invited, study.questionnaire)
    if audience == "team":
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
    safe = protect(engine.analyse(counts, study.questionnaire), Policy.of(audience, threshold=threshold))
    safe_frames = {
        "scores.csv": safe.scores,
        "gaps.csv": safe.gaps,
        "distributions.csv": safe.distributions,
        "measures.csv": safe.measures,
    }
    return {name: rounded(frame) for name, frame in safe_frames.items()}
