"""The list of everything that was written and said, to be sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import render_template, request, url_for
from wtforms import SelectField, StringField

from surveyapp.analysis.searching.finding import Texts, marked
from surveyapp.analysis.searching.terms import LONGEST, Search, parse
from surveyapp.queries import coding, text_releases
from surveyapp.queries.source_texts import SourceText
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.themes import room as rooms
from surveyapp.web.themes.room import SOURCES, Room, codes_texts, themes, whoever
from surveyapp.web.worded_form import WordedForm
from surveyapp.web.words import _

ALL: Final = ""
TODO: Final = "todo"
MINE: Final = "mine"
NOBODY: Final = "nobody"
SAMPLE: Final = "sample"
CHANGED: Final = "changed"
ON_A_PAGE: Final = 25


class Filters(WordedForm):
    """What to look at; every field may stay empty, and all of it stands in the address."""

    q = StringField()
    source = SelectField(default=ALL)
    theme = SelectField(default=ALL)
    code = SelectField(default=ALL)
    status = SelectField(default=ALL)

    def offer(self, room: Room) -> None:
        """Let choose from what there is."""
        self.source.choices = [(ALL, _("Everything")), *((key, _(name)) for key, name in SOURCES.items())]
        self.theme.choices = [(ALL, _("Every theme")), *room.themes.items()]
        self.code.choices = [(ALL, _("Every code")), *((code.key, code.title) for code in room.codes)]
        self.status.choices = [
            (ALL, _("Coded or not")),
            (TODO, _("Not yet coded by me")),
            (MINE, _("Coded by me")),
            (NOBODY, _("Coded by nobody")),
            (SAMPLE, _("To be coded by a second person too, and not yet by me")),
            (CHANGED, _("Changed since it was coded")),
        ]

    @property
    def chosen(self) -> dict[str, str]:
        """Name -> value of every field that is filled in, for an address."""
        return {name: value.strip() for name, value in self.data.items() if value and value.strip()}


@dataclass(frozen=True)
class Row:
    """A text in the list; ``codes`` are None where the visitor has not judged it: they do so without an example."""

    text: SourceText
    pieces: tuple[tuple[str, bool], ...]
    about: str
    whose: str
    codes: tuple[str, ...] | None
    people: int
    release: str
    changed: bool


def chosen(room: Room, texts: Sequence[SourceText], form: Filters, search: Search) -> list[SourceText]:
    """The texts that meet the choices and the search."""
    me = whoever().id
    drawn = coding.sample(room.wave, texts) if form.status.data == SAMPLE else frozenset()

    def fits(text: SourceText) -> bool:
        place = (text.source, text.key)
        judged = room.judged.get(place, {})
        status = {
            ALL: True,
            TODO: me not in judged,
            MINE: me in judged,
            NOBODY: not judged,
            SAMPLE: place in drawn and me not in judged,
            CHANGED: has_changed(room, text),
        }
        return (
            form.source.data in {ALL, text.source}
            and form.theme.data in {ALL, text.theme}
            and (form.code.data == ALL or (me in judged and form.code.data in room.settled(place)))
            and status[form.status.data]
        )

    let_through = [text for text in texts if fits(text)]
    found = Texts((text.text for text in let_through), room.edition.questionnaire.languages)
    return [let_through[place] for place in found.find(search)]


def has_changed(room: Room, text: SourceText) -> bool:
    """Whether the words are others than when somebody coded them."""
    place = (text.source, text.key)
    return any(each.place == place and each.text_digest != text.digest for each in room.codings)


@themes.get("")
@codes_texts
def index(slug: str) -> str | tuple[str, int]:
    """One page of the texts that meet the choices in the address."""
    room = rooms.enter(slug)
    if room is None:
        return render_template("results/nothing_yet.html", evaluation=study.evaluation(slug), name=None)
    form = Filters(request.args)
    form.offer(room)
    if not form.validate():
        return _shown(room, form, [], 0), 422
    texts = rooms.read(room)
    return _shown(room, form, chosen(room, texts, form, parse(form.q.data or "")), len(texts))


def _shown(room: Room, form: Filters, found: Sequence[SourceText], among: int) -> str:
    search = parse(form.q.data or "")
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    here = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    states = text_releases.states(session(), room.wave)
    picked = {} if form.errors else form.chosen
    return render_template(
        "themes/index.html",
        evaluation=room.evaluation,
        form=form,
        search=search,
        longest=LONGEST,
        rows=[_row(room, text, search, states) for text in here],
        found=len(found),
        among=among,
        page=page,
        pages=pages,
        chosen=picked,
        at=lambda **other: url_for("themes.index", slug=room.evaluation.slug, **{**picked, **other}),
        has_codes=bool(room.codes),
        mine=sum(whoever().id in judged for judged in room.judged.values()),
    )


def _row(room: Room, text: SourceText, search: Search, states: dict[tuple[str, str], str]) -> Row:
    place = (text.source, text.key)
    judged = room.judged.get(place, {})
    seen = whoever().id in judged
    return Row(
        text,
        tuple(marked(text.text, search, room.edition.questionnaire.languages)),
        room.about(text),
        room.whose(text),
        tuple(room.titles[key] for key in room.settled(place)) if seen else None,
        len(judged),
        states.get(place, ""),
        has_changed(room, text),
    )
