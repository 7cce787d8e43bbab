"""The list of people: by organisation, role and state, a page at a time; as a file; and an empty list to begin with."""

from dataclasses import dataclass
from typing import Any, Final

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from surveyapp.actions import people_files as verbs
from surveyapp.models import Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import people as queries
from surveyapp.queries.people import Chosen, Person
from surveyapp.reports import people_faults, spreadsheet
from surveyapp.web import language, study, visitor
from surveyapp.web.database import database, session
from surveyapp.web.downloads import csv
from surveyapp.web.people.room import is_closed, people, role_names, state_name, team, wave_of
from surveyapp.web.words import _

ON_A_PAGE: Final = 50
_MOST_LETTERS: Final = 100


@dataclass(frozen=True)
class Listing:
    """A page of the list."""

    rows: list[Person]
    number: int
    """Of the page, from 1."""
    pages: int
    count: int
    """People of this choice."""

    @property
    def first(self) -> int:
        """The place of the first on this page, from 1."""
        return (self.number - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        """The place of the last."""
        return self.first + len(self.rows) - 1


@people.get("")
@team
def index(slug: str) -> str:
    """Everybody, or those of a choice."""
    evaluation = study.evaluation(slug)
    wave = study.latest_wave(evaluation)
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=evaluation)
    places = queries.places(session(), evaluation)
    chosen = _chosen(wave, request.args, [code for code, _name in places])
    listing = _listing(wave, chosen)
    everybody = listing.count if not chosen else queries.count(session(), wave, Chosen())
    return render_template(
        "people/index.html",
        evaluation=evaluation,
        wave=wave,
        closed=is_closed(wave),
        anonymous=wave.regime == ANONYMOUS,
        chosen=chosen,
        listing=listing,
        everybody=everybody,
        places=places,
        roles=role_names(wave),
        states=[(state, state_name(state)) for state in queries.states(wave)],
        state_name=state_name,
        address=lambda page: _address(slug, chosen, page),
    )


@people.get("/list.csv")
@team
def export(slug: str) -> Response:
    """The people of a choice as a file, which can be let in again as a list. That it was taken is logged."""
    wave = wave_of(slug)
    places = [code for code, _name in queries.places(session(), wave.evaluation)]
    found = queries.listed(session(), wave, _chosen(wave, request.args, places))
    roles = role_names(wave)
    rows = [_cells(each, roles) for each in found]
    with database().session() as writing:
        verbs.taken_out(writing, wave=wave, people=len(found), by=visitor.user())
        writing.commit()
    name, email, organisation, role, spoken = people_faults.titles(language.current())
    titles = (name, email, organisation, _("name of the organisation"), role, spoken, _("state"))
    return csv(spreadsheet.table(titles, rows), f"{slug}-{_file_name()}")


@people.get("/template.csv")
@team
def template(slug: str) -> Response:
    """A list with titles and nobody in it."""
    del slug
    return csv(spreadsheet.table(people_faults.titles(language.current()), []), _file_name())


def _file_name() -> str:
    return _("People").lower() + ".csv"


def _cells(each: Person, roles: dict[str, str]) -> tuple[str, ...]:
    """A row of the file."""
    place = (each.organisation_code, each.organisation, roles[each.role])
    return (each.name, each.email, *place, each.language, state_name(each.state))


def _listing(wave: Wave, chosen: Chosen) -> Listing:
    found = queries.count(session(), wave, chosen)
    pages = max(1, -(-found // ON_A_PAGE))
    asked = request.args.get("page", "1")
    number = min(max(1, int(asked)) if asked.isdecimal() and len(asked) < 9 else 1, pages)
    rows = queries.listed(session(), wave, chosen, first=(number - 1) * ON_A_PAGE, most=ON_A_PAGE)
    return Listing(rows, number, pages, found)


def _chosen(wave: Wave, asked: MultiDict[str, str], places: list[str]) -> Chosen:
    """What the address asks for; what it cannot mean is left out."""

    def one_of(name: str, known: list[str]) -> str:
        value = asked.get(name, "")
        return value if value in known else ""

    words = " ".join(asked.get("words", "").replace("\x00", "").split())[:_MOST_LETTERS]
    return Chosen(
        organisation=one_of("organisation", places),
        role=one_of("role", list(role_names(wave))),
        state=one_of("state", list(queries.states(wave))),
        words=words,
    )


def _address(slug: str, chosen: Chosen, page: int) -> str:
    asked = {name: value for name, value in vars(chosen).items() if value}
    values: dict[str, Any] = asked | ({"page": page} if page > 1 else {})
    return url_for("people.index", slug=slug, **values)
