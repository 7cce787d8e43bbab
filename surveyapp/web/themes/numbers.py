"""How many people said what: for the team as it is, with what others may see of it beside."""

from flask import render_template

from surveyapp.analysis.coding.people import by_theme, people_per_code
from surveyapp.analysis.disclosure import Policy
from surveyapp.queries import code_counts
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.themes import room as rooms
from surveyapp.web.themes.room import codes_texts, themes


@themes.get("/counts")
@codes_texts
def counts(slug: str) -> str:
    """People per code, by role and by theme; and as the project lead and the public may see them."""
    room = rooms.enter(slug)
    if room is None:
        return render_template("results/nothing_yet.html", evaluation=study.evaluation(slug), name=None)
    said = code_counts.said(session(), room.wave)
    keys = [code.key for code in room.codes]
    about = {theme: [one for where, one in said if where == theme] for theme in room.themes}
    lead = code_counts.code_counts(session(), room.wave, "lead")
    public = code_counts.code_counts(session(), room.wave, "public")
    return render_template(
        "themes/counts.html",
        evaluation=room.evaluation,
        codes=room.codes,
        people=len({one.person for _theme, one in said}),
        per_role=people_per_code([one for _theme, one in said], keys),
        per_theme=by_theme(about, keys),
        roles=room.roles,
        themes=room.themes,
        lead={each.key: each.people for each in lead},
        public={each.key: each.people for each in public},
        least=Policy.of("lead", room.wave.regime).distribution,
    )
