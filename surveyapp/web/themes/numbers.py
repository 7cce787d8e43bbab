"""How many people said what: for the team as it is, and what readers are told of it."""

from flask import redirect, render_template, url_for

from surveyapp.actions import code_tables
from surveyapp.analysis.coding.people import by_theme, people_per_code
from surveyapp.errors import WrongState
from surveyapp.queries import code_counts
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.themes import room as rooms
from surveyapp.web.themes.room import Page, codes_texts, refusal, themes, whoever
from surveyapp.web.told import tell as say
from surveyapp.web.told import warn
from surveyapp.web.words import _


@themes.get("/counts")
@codes_texts
def counts(slug: str) -> str:
    """People per code, by role and by theme; and what readers are told."""
    room = rooms.enter(slug)
    if room is None:
        return render_template("results/nothing_yet.html", evaluation=study.evaluation(slug), name=None)
    said = code_counts.said(session(), room.wave)
    keys = [code.key for code in room.codes]
    about = {theme: [one for where, one in said if where == theme] for theme in room.themes}
    told = code_counts.told(session(), room.wave)
    return render_template(
        "themes/counts.html",
        evaluation=room.evaluation,
        codes=room.codes,
        people=len({one.person for _theme, one in said}),
        per_role=people_per_code([one for _theme, one in said], keys),
        per_theme=by_theme(about, keys),
        roles=room.roles,
        themes=room.themes,
        known_to_readers=told[-1] if told else (),
        least=code_counts.least(room.wave),
    )


@themes.post("/counts/tell")
@codes_texts
def tell(slug: str) -> Page:
    """Freeze what readers are told."""
    room = rooms.must_enter(slug)
    try:
        made = code_tables.tell(session(), wave=room.wave, by=whoever())
    except WrongState as problem:
        session().rollback()
        warn(refusal(problem.code))
        return redirect(url_for("themes.counts", slug=slug), 303)
    session().commit()
    say(_("Readers are told about %(themes)s themes now, in the reports.", themes=len(made)))
    return redirect(url_for("themes.counts", slug=slug, _anchor="told"), 303)
