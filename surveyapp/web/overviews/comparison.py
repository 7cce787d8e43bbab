"""One organisation beside another, or beside the region, theme by theme."""

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Membership
from surveyapp.reports.scores import THEME
from surveyapp.web import figures
from surveyapp.web.overviews import choosing, rows
from surveyapp.web.overviews.reader import Reader


def page(reader: Reader) -> str:
    """The two organisations that the address asks for; the first two that have numbers where it asks for none."""
    codes = [member.organisation.code for member in reader.members]
    known = [code for code in codes if any(_has_number(reader, code, theme) for theme in reader.questionnaire.themes)]
    usual = [*known, *(code for code in codes if code not in known)]
    first = choosing.one_of("first", codes, usual[0]) if usual else ""
    second = choosing.one_of("second", codes, next((code for code in usual if code != first), first))
    pair = [member for code in (first, second) for member in reader.members if member.organisation.code == code]
    figure = figures.beside(reader.sight, pair[0], pair[1]) if len(pair) == 2 and first != second else None
    return render_template(
        "overviews/comparison.html",
        evaluation=reader.evaluation,
        found=reader,
        first=first,
        second=second,
        pair=pair,
        figure=reader.placed([figure])[0] if figure else None,
        rows=list(_rows(reader, pair)) if figure else [],
    )


def _has_number(reader: Reader, code: str, theme: str) -> bool:
    return reader.scores.number("mean", THEME, theme, code) is not None


def _rows(reader: Reader, pair: list[Membership]) -> list[tuple[rows.ScoreRow, ...]]:
    """Per theme and statement the scores of the one, the other and the region."""
    places = (*(member.organisation.code for member in pair), EVERYONE)
    return [
        tuple(rows.score_row(reader, *subject, place) for place in places)
        for theme in reader.questionnaire.themes
        for subject in rows.subjects(reader, theme)
    ]
