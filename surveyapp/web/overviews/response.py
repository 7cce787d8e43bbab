"""Who answered? Per organisation and per role, never both at once."""

from collections.abc import Iterator

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.reports.figures.specification import Response, ResponseRow
from surveyapp.reports.scores import THEME
from surveyapp.web.language import current, said
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import _


def page(reader: Reader) -> str:
    """A figure by organisation, and one by role over the region."""
    by_organisation = _figure(
        reader,
        _("Response per organisation"),
        _("Organisation"),
        tuple(_rows(reader, ((each.organisation.name, each.organisation.code, EVERYONE) for each in reader.members))),
    )
    roles = tuple(_rows(reader, ((said(role.plural), EVERYONE, role.key) for role in reader.regional_roles)))
    by_role = _figure(reader, _("Response per role"), _("Role"), roles) if roles else None
    placed = reader.placed([by_organisation, *([by_role] if by_role else [])])
    return render_template(
        "overviews/response.html", evaluation=reader.evaluation, found=reader, figures=placed, has_roles=bool(by_role)
    )


def _figure(reader: Reader, title: str, row_title: str, rows: tuple[ResponseRow, ...]) -> Response:
    return Response(
        title=title,
        language=current(),
        threshold=max(reader.threshold, 1),
        row_title=row_title,
        rows=rows,
        summary=next(_rows(reader, ((_("Region"), EVERYONE, EVERYONE),))),
    )


def _rows(
    reader: Reader, places: Iterator[tuple[str, str, str]] | tuple[tuple[str, str, str], ...]
) -> Iterator[ResponseRow]:
    """Who answered anything, by the theme of which most is known."""
    for label, organisation, role in places:
        found = [_of_theme(reader, theme, organisation, role) for theme in reader.questionnaire.themes]
        known = [each for each in found if each[0] is not None]
        if known:
            responded, invited = max(known, key=lambda each: each[0] or 0)
            yield ResponseRow(label=label, responded=responded, invited=invited or None)
        else:
            hidden = {reader.scores.hidden(THEME, theme, organisation, role) for theme in reader.questionnaire.themes}
            why = "linked" if "linked" in hidden else "small" if "small" in hidden else "none"
            yield ResponseRow.model_validate({"label": label, "hidden": why})


def _of_theme(reader: Reader, theme: str, organisation: str, role: str) -> tuple[int | None, int | None]:
    at = (THEME, theme, organisation, role)
    return reader.scores.count("responded", *at), reader.scores.count("invited", *at)
