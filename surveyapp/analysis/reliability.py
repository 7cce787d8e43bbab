"""Do the statements of a theme go together? Cronbach's alpha, as a note in the appendix.

A theme is a checklist: its statements make up the practice, they are not repeated measurements of one trait. A low
alpha is no reason to drop a statement.
"""

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Numbers
from surveyapp.analysis.results import RELIABILITY_COLUMNS
from surveyapp.questionnaires.questionnaire import Questionnaire

LEAST_RESPONDENTS: Final = 30
LEAST_ITEMS: Final = 3
CONFIDENCE: Final = 0.95
LEAST_FOR_OMEGA: Final = 100
_STEPS: Final = 2_000
_STILL: Final = 1e-10


def reliability(
    answers: pd.DataFrame, questionnaire: Questionnaire, organisations: Collection[str] | None = None
) -> pd.DataFrame:
    """One row per theme (``RELIABILITY_COLUMNS``): alpha with Feldt's interval over the complete cases of the region.

    ``answers``: ``respondent, organisation, role, question, answer``, submitted responses only; this is the one method
    that needs respondents' rows, because variances over whoever answered an item shift alpha by up to 0.1.
    ``organisations``: those of the region (``Counts.region``); without it everybody counts. A complete case answered
    all scored items of the theme with a mark, so roles that do not get them all are not among them. Alpha is NaN below
    30 complete cases or 3 items, and where the sum scores do not vary.
    """
    frame = answers if organisations is None else answers[answers["organisation"].isin(organisations)]
    rows = [(theme, *_reliability_of(theme, frame, questionnaire)) for theme in questionnaire.themes]
    return pd.DataFrame(rows, columns=list(RELIABILITY_COLUMNS))


def alpha(marks: Numbers) -> float:
    """Cronbach's alpha of complete cases (respondents, items): J / (J - 1) * (1 - sum of variances / variance of sums).

    NaN for fewer than two items or respondents, and where the sums do not vary.
    Source: Cronbach 1951, Psychometrika 16.
    """
    people, items = marks.shape
    if people < 2 or items < 2:
        return float("nan")
    whole = float(marks.sum(axis=1).var(ddof=1))
    return items / (items - 1) * (1 - float(marks.var(axis=0, ddof=1).sum()) / whole) if whole else float("nan")


def feldt(value: float, people: int, items: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Confidence interval of alpha, from F with n - 1 and (n - 1)(J - 1) degrees of freedom.

    Source: Feldt 1965, Psychometrika 30.
    """
    from scipy.special import fdtri  # noqa: PLC0415 - heavy, and asked for by few

    degrees = people - 1, (people - 1) * (items - 1)
    upper_tail, lower_tail = (1 + confidence) / 2, (1 - confidence) / 2
    return 1 - (1 - value) * float(fdtri(*degrees, upper_tail)), 1 - (1 - value) * float(fdtri(*degrees, lower_tail))


def omegas(
    answers: pd.DataFrame, questionnaire: Questionnaire, organisations: Collection[str] | None = None
) -> pd.DataFrame:
    """``key, n, omega`` per theme over the same complete cases as ``reliability``; NaN below 100 of them."""
    frame = answers if organisations is None else answers[answers["organisation"].isin(organisations)]
    cases = {theme: _complete_cases(theme, frame, questionnaire) for theme in questionnaire.themes}
    rows = [
        (theme, len(marks), omega(marks) if len(marks) >= LEAST_FOR_OMEGA else float("nan"))
        for theme, marks in cases.items()
    ]
    return pd.DataFrame(rows, columns=["key", "n", "omega"])


def omega(marks: Numbers) -> float:
    """McDonald's omega of complete cases (respondents, items), which lets items lean on the trait to different degrees.

    (sum of loadings)^2 / ((sum of loadings)^2 + sum of unique variances), in scale points, from one factor fitted to
    the correlations by least squares: principal axes, again and again until shared variances stand still. NaN where one
    factor does not fit: fewer than three items, an item without variance, a second eigenvalue above 1 (Kaiser 1960),
    a shared variance beyond the whole, or no end to the search. Source: McDonald 1999, Test Theory.
    """
    if marks.shape[1] < LEAST_ITEMS or len(marks) < 2 or not marks.std(axis=0).all():
        return float("nan")
    correlations = np.asarray(np.corrcoef(marks, rowvar=False), np.float64)
    loadings = _one_factor(correlations)
    if loadings is None or np.linalg.eigvalsh(correlations)[-2] > 1:
        return float("nan")
    spread = marks.std(axis=0, ddof=1)
    common = float(loadings @ spread) ** 2
    return common / (common + float((1 - loadings**2) @ spread**2))


def _one_factor(correlations: Numbers) -> Numbers | None:
    """(items,) loadings, mostly positive; None where the search does not end or a loading passes 1."""
    shared = 1 - 1 / np.diag(np.linalg.pinv(correlations))
    for _ in range(_STEPS):
        reduced = correlations.copy()
        np.fill_diagonal(reduced, shared)
        values, vectors = np.linalg.eigh(reduced)
        loadings = vectors[:, -1] * np.sqrt(max(values[-1], 0))
        moved = abs(loadings**2 - shared).max()
        shared = loadings**2
        if shared.max() > 1:
            return None
        if moved < _STILL:
            found: Numbers = loadings * (np.sign(loadings.sum()) or 1)
            return found
    return None


def _reliability_of(
    theme: str, answers: pd.DataFrame, questionnaire: Questionnaire
) -> tuple[int, int, float, float, float]:
    marks = _complete_cases(theme, answers, questionnaire)
    people, items = marks.shape
    value = alpha(marks) if people >= LEAST_RESPONDENTS and items >= LEAST_ITEMS else float("nan")
    limits = (float("nan"), float("nan")) if np.isnan(value) else feldt(value, people, items)
    return items, people, value, *limits


def _complete_cases(theme: str, answers: pd.DataFrame, questionnaire: Questionnaire) -> Numbers:
    """(respondents, items) marks, reverse items turned round."""
    items = questionnaire.scored_items(theme)
    codes = {item.key: questionnaire.scale(item.scale).codes for item in items}
    rows = answers[answers["question"].isin(codes)]
    marks = pd.to_numeric(rows["answer"], errors="coerce")
    wide = rows.assign(mark=marks).pivot(index="respondent", columns="question", values="mark")
    table = wide.reindex(columns=list(codes)).dropna().to_numpy(dtype=np.float64)
    turned = [item.reverse for item in items]
    top = np.array([max(codes[item.key]) for item in items])
    return np.where(turned, top + 1 - table, table)
