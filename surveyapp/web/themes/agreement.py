"""How far people agree about each code, and the texts about which they differ, to settle."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for

from surveyapp.actions import coding as verbs
from surveyapp.analysis.coding.alpha import band
from surveyapp.analysis.coding.per_code import agreement as agreed
from surveyapp.errors import NotFound, SurveyError
from surveyapp.queries import coding
from surveyapp.queries.coding import Place
from surveyapp.queries.source_texts import SourceText
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.themes import room as rooms
from surveyapp.web.themes.room import Page, Room, codes_texts, refusal, themes, whoever
from surveyapp.web.told import tell
from surveyapp.web.words import N_, _

BANDS = {
    "good": N_("good"),
    "tentative": N_("enough for tentative conclusions"),
    "low": N_("too low to build on"),
    "undefined": N_("cannot be calculated"),
}


@dataclass(frozen=True)
class Dispute:
    """A code about which people differ, in one text."""

    text: SourceText
    about: str
    key: str
    title: str
    for_it: tuple[str, ...]
    against_it: tuple[str, ...]
    decided: coding.Resolved | None


@themes.get("/agreement")
@codes_texts
def agreement(slug: str) -> str:
    """The numbers, and what is to be settled first."""
    room = rooms.enter(slug)
    if room is None:
        return render_template("results/nothing_yet.html", evaluation=study.evaluation(slug), name=None)
    return _shown(room)


@themes.post("/agreement")
@codes_texts
def settle(slug: str) -> Page:
    """Decide whether a code fits, with a reason."""
    room = rooms.must_enter(slug)
    wanted = request.form.get("code", "")
    code = next((each for each in coding.codes(session(), room.evaluation, retired=True) if each.key == wanted), None)
    if code is None:
        raise NotFound("code")
    try:
        verbs.settle(
            session(),
            wave=room.wave,
            source=request.form.get("in", ""),
            key=request.form.get("key", ""),
            code=code,
            fits=request.form.get("fits") == "yes",
            reason=request.form.get("reason", "").replace("\x00", ""),
            by=whoever(),
        )
    except NotFound:
        raise
    except SurveyError as problem:
        session().rollback()
        return _shown(room, refusal(problem.code, **problem.details)), STATUS[type(problem)]
    session().commit()
    tell(_("The decision was kept, with what each of you said."))
    return redirect(url_for("themes.agreement", slug=slug), 303)


def _shown(room: Room, wrong: str = "") -> str:
    names = coding.coders(session(), room.codings)
    places = {f"{source}/{key}": (source, key) for source, key in room.judged}
    judged = {
        name: {str(coder): codes for coder, codes in room.judged[place].items()} for name, place in places.items()
    }
    found = agreed(judged, [code.key for code in room.codes])
    disputes = _disputes(room, [(places[name], keys) for name, keys in found.disputed], names)
    return render_template(
        "themes/agreement.html",
        evaluation=room.evaluation,
        wrong=wrong,
        found=found,
        titles=room.titles,
        people=[names[int(coder)] for coder in found.coders],
        band=lambda value: _(BANDS[band(value)]),
        open=[each for each in disputes if each.decided is None],
        settled=[each for each in disputes if each.decided is not None],
        refused=(request.form.get("in"), request.form.get("key"), request.form.get("code")) if wrong else None,
    )


def _disputes(room: Room, disputed: list[tuple[Place, tuple[str, ...]]], names: dict[int, str]) -> list[Dispute]:
    """Only texts that the visitor has judged, so that nobody is led by what others made of one."""
    me = whoever().id
    if not any(me in room.judged[place] for place, _keys in disputed):
        return []
    texts = {(text.source, text.key): text for text in rooms.read(room)}
    return [
        Dispute(
            texts[place],
            room.about(texts[place]),
            key,
            room.titles[key],
            tuple(names[coder] for coder, codes in room.judged[place].items() if key in codes),
            tuple(names[coder] for coder, codes in room.judged[place].items() if key not in codes),
            room.resolved.get((place, key)),
        )
        for place, keys in disputed
        if place in texts and me in room.judged[place]
        for key in keys
    ]
