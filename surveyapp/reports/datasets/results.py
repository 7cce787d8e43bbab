"""Results as tables: what was published, from protected results only, and everything, for the research team."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from surveyapp.analysis.agenda import topics
from surveyapp.analysis.counts import EVERYONE, Counts
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.analysis.maturity import BANDS
from surveyapp.analysis.maturity_levels import maturity
from surveyapp.analysis.results import Results
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.kinds.asked import Measure
from surveyapp.questionnaires.open_roles import open_in
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, Text
from surveyapp.reports.csv_files import agenda_frame
from surveyapp.reports.datasets.table import Cell, Column, Download, Kind, Row, Table, Value
from surveyapp.reports.datasets.wording import named

OPEN_LINK: Final = "open_link"
_ROLES: Final = ("role", "role_a", "role_b")
"""The columns that name a role."""
_TEXTS: Final = (
    *("level", "key", "organisation", *_ROLES, "question", "option", "answer", "suppressed", "p_method", OPEN_LINK),
    *("missing", "band"),
)
_WORDS: Final = ("signals", "sentence_nl")
_WHOLE: Final = (
    *("invited", "responded", "n", "dk", "na", "skipped", "organisations", "same_direction", "items", "rank"),
    *("asked", "count", "first", "reached", "highest", "on_the_edge"),
)
_DECIMALS: Final = 2
"""To which protected numbers were rounded when they passed the gate."""
_VALUES: Final = {
    "level": ("item", "theme"),
    "suppressed": ("", "small", "linked"),
    "p_method": ("exact", "monte-carlo"),
    OPEN_LINK: ("", "partly", "yes"),
    "band": ("", *(band.key for band in BANDS)),
}


def published(
    results: SafeResults,
    edition: Edition,
    *,
    title: Text,
    organisations: Mapping[str, str],
    notes: Mapping[str, str],
) -> Download:
    """What this audience may see, rounded; a suppressed row says why and holds keys only.

    Scores and gaps, and of every question how often each answer was given and what sums that up.

    ``organisations`` maps codes to names.
    """
    frames = {
        "scores": results.scores,
        "gaps": results.gaps,
        "distributions": results.distributions,
        "measures": results.measures,
    }
    policy = results.policy
    more = {"contents": "results", "audience": policy.audience, "threshold": str(policy.threshold)}
    return Download(title, _tables(frames, edition, organisations, decimals=_DECIMALS), {**more, **notes})


def unprotected(
    results: Results,
    counts: Counts,
    edition: Edition,
    *,
    title: Text,
    organisations: Mapping[str, str],
    notes: Mapping[str, str],
) -> Download:
    """Everything, unrounded: for the research team only. ``counts`` says how often each answer was given."""
    asked = edition.questionnaire
    frames = {
        "scores": results.scores.assign(suppressed=""),
        "gaps": results.gaps,
        "shrinkage": results.shrinkage,
        **({} if results.reliability.empty else {"reliability": results.reliability}),
        **({"maturity": maturity(results.scores, asked, counts.region)} if asked.levels else {}),
        "agenda": agenda_frame(topics(results, counts, asked), asked),
        "distributions": results.distributions,
        "measures": results.measures.assign(suppressed=""),
        "counts": counts.items.astype(dict.fromkeys(("question", "organisation", "role", "answer"), "str")),
    }
    more = {"contents": "unprotected", "audience": "team"}
    return Download(title, _tables(frames, edition, organisations, decimals=None), {**more, **notes})


def with_open_links(frame: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """The rows of a download; where roles answered through an open link, with a last column ``open_link``.

    It is ``yes`` for a row about such a role, ``partly`` for one in which all roles are together, else empty.
    """
    opened = {role.key for role in open_in(edition.questionnaire)}
    if not opened:
        return frame
    columns = [frame[name].astype("str") for name in _ROLES if name in frame]
    told = pd.Series("" if columns else "partly", index=frame.index, dtype="str")
    for roles in columns:
        told = told.mask(roles == EVERYONE, "partly").mask(roles.isin(opened), "yes")
    return frame.assign(**{OPEN_LINK: told})


def _tables(
    frames: Mapping[str, pd.DataFrame], edition: Edition, organisations: Mapping[str, str], *, decimals: int | None
) -> tuple[Table, ...]:
    labels = _labels(edition, organisations)
    return tuple(
        _table(name, with_open_links(frame, edition), labels, decimals=decimals) for name, frame in frames.items()
    )


def _table(name: str, frame: pd.DataFrame, labels: Mapping[str, Sequence[Value]], *, decimals: int | None) -> Table:
    columns = tuple(_column(str(key), labels, decimals) for key in frame.columns)
    whole = [column.kind == "integer" for column in columns]

    def rows() -> Iterator[Row]:
        for row in frame.itertuples(index=False, name=None):
            yield [_cell(cell, counted=counted) for cell, counted in zip(row, whole, strict=True)]

    return Table(name, named(f"table_{name}"), columns, rows)


def _column(key: str, labels: Mapping[str, Sequence[Value]], decimals: int | None) -> Column:
    kind: Kind = "text" if key in (*_TEXTS, *_WORDS) else "integer" if key in _WHOLE else "decimal"
    measure: Measure = "text" if key in _WORDS else "nominal" if kind == "text" else "interval"
    values = tuple(labels.get("role" if key in _ROLES else key, ()))
    return Column(key, named(f"column_{key}"), kind, measure, values, decimals=decimals if kind == "decimal" else None)


def _cell(cell: object, *, counted: bool) -> Cell:
    if isinstance(cell, str):
        return cell
    if cell is None or cell != cell:
        return None
    number = float(cell)  # type: ignore[arg-type]
    return int(number) if counted else number


def _labels(edition: Edition, organisations: Mapping[str, str]) -> dict[str, list[Value]]:
    """What the codes in columns of text mean."""
    asked = edition.questionnaire
    everywhere = Value(EVERYONE, 0, named("value_all_organisations"))
    places = [Value(code, 0, {"nl": name, "en": name}) for code, name in organisations.items()]
    questions = [Value(question.key, 0, question.text) for question in asked.counted]
    options = [
        (option, f"{question.key}.{option}", about(question.text, variable.text))
        for question in asked.counted
        for variable in question.variables(asked.scales_by_key)
        if (option := variable.key.removeprefix(question.key).removeprefix("."))
    ]
    themes = [Value(theme, 0, edition.framework.theme(theme).title) for theme in asked.themes]
    roles = [Value(role.key, 0, role.title) for role in asked.roles]
    return {
        "organisation": [everywhere, *places],
        "role": [Value(EVERYONE, 0, named("value_all_roles")), *roles],
        "key": [*themes, *questions],
        "question": [*questions, *(Value(variable, 0, label) for _, variable, label in options)],
        "option": [Value(option, 0, label) for option, _, label in options],
        **{key: [_value(key, code) for code in codes] for key, codes in _VALUES.items()},
    }


def _value(key: str, code: str) -> Value:
    return Value(code, 0, named(f"value_{key}_{code or 'none'}"))


def about(question: Text, option: Text) -> Text:
    """What a column about one option of a question is called."""
    asked = {language: question.get(language, question[DEFAULT_LANGUAGE]) for language in option}
    return {language: f"{asked[language]} – {said}" for language, said in option.items()}
