"""One text, and what the visitor makes of it: all of it, or a part chosen by its sentences.

What others made of it is shown once the visitor has judged it, so that a second person is not led by the first.
"""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for

from surveyapp.actions import coding as verbs
from surveyapp.analysis.coding.sentences import sentences
from surveyapp.analysis.searching.terms import parse
from surveyapp.errors import NotFound, SurveyError
from surveyapp.queries import coding, source_texts, text_releases
from surveyapp.queries.source_texts import SourceText
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.themes import room as rooms
from surveyapp.web.themes.listing import Filters, chosen, has_changed
from surveyapp.web.themes.room import Page, Room, codes_texts, refusal, themes, whoever
from surveyapp.web.told import tell
from surveyapp.web.words import _

_KEPT = ("q", "source", "theme", "code", "status")
"""The choices of the list, which stay in the address under names of their own."""


@dataclass(frozen=True)
class Judgement:
    """What somebody made of a part of the text, or of all of it."""

    who: str
    words: str
    whole: bool
    codes: tuple[str, ...]
    memo: str


@themes.get("/text")
@codes_texts
def one(slug: str) -> Page:
    """The text that the address names."""
    room = rooms.must_enter(slug)
    text = rooms.read_one(room, request.args.get("in", ""), request.args.get("key", ""))
    return _shown(room, text)


@themes.post("/text")
@codes_texts
def code(slug: str) -> Page:
    """Keep what the visitor makes of it, and go on to the next text of the list."""
    room = rooms.must_enter(slug)
    source, key = request.form.get("in", ""), request.form.get("key", "")
    text = verbs.text_of(session(), room.wave, source, key)
    begins, ends = _part(text, request.form.getlist("sentences"))
    wanted = set(request.form.getlist("codes"))
    try:
        verbs.assign(
            session(),
            wave=room.wave,
            source=source,
            key=key,
            begins=begins,
            ends=ends,
            text_digest=request.form.get("digest", ""),
            codes=[each for each in room.codes if each.key in wanted],
            none_fits="none" in request.form,
            memo=request.form.get("memo", "").replace("\x00", ""),
            by=whoever(),
        )
    except NotFound:
        raise
    except SurveyError as problem:
        session().rollback()
        seen = rooms.read_one(room, source, key)
        return _shown(room, seen, refusal(problem.code, **problem.details)), STATUS[type(problem)]
    session().commit()
    tell(_("What you made of it was kept."))
    return redirect(_onward(slug, source, key), 303)


def _part(text: SourceText, places: list[str]) -> tuple[int, int]:
    """From the first sentence that was chosen up to the last; all of the text where none was."""
    spans = sentences(text.text)
    picked = [spans[int(place)] for place in places if place.isdecimal() and int(place) < len(spans)]
    if not picked:
        return 0, len(text.text)
    return min(begins for begins, _ends in picked), max(ends for _begins, ends in picked)


def _onward(slug: str, source: str, key: str) -> str:
    """The same text again, or the next of the list that the visitor has not judged yet, or else the list."""
    kept: dict[str, Any] = {name: value for name in _KEPT if (value := request.form.get(name))}
    if request.form.get("then") != "next":
        return url_for("themes.one", slug=slug, **{**kept, "in": source, "key": key})
    room = rooms.must_enter(slug)
    form = Filters(request.form)
    form.offer(room)
    me, passed = whoever().id, False
    texts = source_texts.of(session(), room.wave)
    listed = {(each.source, each.key) for each in chosen(room, texts, form, parse(form.q.data or ""))}
    waiting = []
    for text in texts:
        place = (text.source, text.key)
        if place == (source, key):
            passed = True
        elif place in listed and me not in room.judged.get(place, {}):
            waiting.append((not passed, text))
    if not waiting:
        return url_for("themes.index", slug=slug, **kept)
    following = min(waiting, key=lambda pair: pair[0])[1]
    return url_for("themes.one", slug=slug, **{**kept, "in": following.source, "key": following.key})


def _shown(room: Room, text: SourceText, wrong: str = "") -> str:
    me, place = whoever().id, (text.source, text.key)
    seen = me in room.judged.get(place, {})
    mine = [each for each in room.codings if each.place == place and each.coder == me]
    whole = [each for each in mine if (each.begins, each.ends) == (0, len(text.text))]
    typed = bool(wrong)
    ticked = request.form.getlist("codes") if typed else [each.code for each in whole]
    return render_template(
        "themes/text.html",
        evaluation=room.evaluation,
        wrong=wrong,
        text=text,
        about=room.about(text),
        whose=room.whose(text),
        theme=room.themes.get(text.theme, ""),
        sentences=[text.text[begins:ends] for begins, ends in sentences(text.text)],
        sentences_ticked=request.form.getlist("sentences") if typed else [],
        codes=room.codes,
        ticked=ticked,
        none_fits="none" in request.form if typed else "" in ticked,
        memo=request.form.get("memo", "") if typed else next((each.memo for each in whole), ""),
        judgements=_judgements(room, text) if seen else [],
        settled=[room.titles[key] for key in room.settled(place)] if seen else [],
        changed=has_changed(room, text),
        release=text_releases.of(session(), room.wave, text.source, text.key),
        kept={name: value for name in _KEPT if (value := request.values.get(name))},
    )


def _judgements(room: Room, text: SourceText) -> list[Judgement]:
    """Everything that was made of this text, by whoever judged it; parts in the order of the text."""
    here = [each for each in room.codings if each.place == (text.source, text.key)]
    names = coding.coders(session(), here)
    parts = sorted({(each.coder, each.begins, each.ends) for each in here}, key=lambda part: (names[part[0]], *part))
    found = []
    for coder, begins, ends in parts:
        given = [each for each in here if (each.coder, each.begins, each.ends) == (coder, begins, ends)]
        titles = tuple(room.titles[each.code] for each in given if each.code)
        whole = (begins, ends) == (0, len(text.text))
        found.append(Judgement(names[coder], text.text[begins:ends], whole, titles, given[0].memo))
    return found
