"""The page of one organisation, or of several that are shown as one, beside the region."""

from flask import render_template

from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Membership
from surveyapp.web import figures
from surveyapp.web.overviews import rows
from surveyapp.web.overviews.reader import Reader


def page_of(reader: Reader, code: str, member: Membership | None = None) -> str:
    """``member``: whose page it is, where the reader sees more than one; ``code`` is the one in the address."""
    shown = member if member is not None else reader.members[0]
    place = shown.organisation.code
    figure = figures.profile(reader.sight, shown)
    roles = reader.roles_in(place)
    return render_template(
        "publication/organisation.html",
        evaluation=reader.evaluation,
        found=reader,
        member=shown,
        code=code,
        figure=reader.placed([figure])[0],
        roles=roles,
        subjects=[
            (rows.score_row(reader, *subject, place, roles=roles), rows.score_row(reader, *subject, EVERYONE))
            for theme in reader.questionnaire.themes
            for subject in rows.subjects(reader, theme)
        ],
    )
