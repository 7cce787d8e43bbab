"""What changed since the wave before? Theme by theme, over the region or in one organisation."""

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.reports.figures.specification import Cell, WaveRow, Waves
from surveyapp.web import figures
from surveyapp.web.language import current
from surveyapp.web.open_roles import note
from surveyapp.web.overviews import choosing, rows
from surveyapp.web.overviews.compared import Change, Compared
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import _


def page(reader: Reader) -> str:
    """Every theme, or one with its statements; of everybody or of one role."""
    compared = reader.compare()
    codes = [member.organisation.code for member in reader.members]
    organisation = choosing.one_of("organisation", codes, EVERYONE)
    roles = reader.regional_roles if organisation == EVERYONE else reader.roles_in(organisation)
    role = choosing.role(roles)
    theme = choosing.one_of("theme", reader.questionnaire.themes, "")
    figure = _figure(reader, compared, organisation, role, theme) if compared else None
    changes = _changes(reader, compared, organisation, role, theme) if compared else []
    return render_template(
        "overviews/waves.html",
        evaluation=reader.evaluation,
        found=reader,
        compared=compared,
        organisation=organisation,
        role=role,
        roles=roles,
        theme=theme,
        figure=reader.placed([figure])[0] if figure else None,
        changes=changes,
        rescaled=any(change.trend == "rescaled" for _title, _address, change in changes),
    )


def _figure(reader: Reader, compared: Compared, organisation: str, role: str, theme: str) -> Waves:
    found = [(title, change) for title, _address, change in _changes(reader, compared, organisation, role, theme)]
    rescaled = any(change.trend == "rescaled" for _title, change in found)
    return Waves(
        title=_("What changed"),
        language=current(),
        threshold=max(reader.threshold, 1),
        note=note(reader.edition) if role == EVERYONE else None,
        row_title=_("Statement") if theme else _("Theme"),
        first=compared.first,
        second=compared.second,
        rows=tuple(_row(reader, title, change) for title, change in found if (change.trend == "rescaled") == rescaled),
        lowest=0 if rescaled else 1,
        highest=100 if rescaled else figures.most_points(reader.edition, reader.questionnaire.themes),
    )


def _changes(
    reader: Reader, compared: Compared, organisation: str, role: str, theme: str
) -> list[tuple[str, str | None, Change]]:
    """Title, page and change of every theme, or of one theme and its statements."""
    themes = reader.questionnaire.themes
    subjects = rows.subjects(reader, theme, role) if theme else (next(rows.subjects(reader, key)) for key in themes)
    found = []
    for level, key, title, address in subjects:
        change = compared.change(level, key, organisation, role)
        if change is not None:
            found.append((title, address, change))
    return found


def _row(reader: Reader, title: str, change: Change) -> WaveRow:
    hidden = None if reader.is_team else "linked"
    both = change.before is not None and change.after is not None
    told = both and change.trend != "broken"
    return WaveRow(
        label=title,
        first=Cell.of(change.before, hidden if change.before is None else None),
        second=Cell.of(change.after, hidden if change.after is None else None),
        change=change.change if told else None,
        change_bounds=change.bounds if told else None,
        trend=change.trend,
        n_first=change.n_before,
        n_second=change.n_after,
    )
