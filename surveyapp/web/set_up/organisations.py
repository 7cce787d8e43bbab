"""Who takes part: chosen from the municipality table, a youth region as a whole, a list, or added by hand."""

from collections.abc import Callable
from typing import Final

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from surveyapp.actions import evaluations
from surveyapp.actions import organisations as verbs
from surveyapp.actions.organisations import MUNICIPALITY, Fault, Place, UnusablePlaces
from surveyapp.analysis.reading import organisations as lists
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import Evaluation, Membership, Organisation
from surveyapp.queries import evaluations as queries
from surveyapp.questionnaires.municipalities import municipalities, plain, search, youth_regions
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.posted import takes_files
from surveyapp.web.set_up import room
from surveyapp.web.set_up.forms import PlaceForm, stripped
from surveyapp.web.set_up.room import PREFIX, Page, set_up
from surveyapp.web.set_up.wording import KINDS, fault_sentence, kind_name, list_fault_sentence
from surveyapp.web.told import tell
from surveyapp.web.words import _, ngettext

_MOST_FOUND: Final = 60
Problems = list[tuple[str | None, str]]
"""The field that each is about, and the sentence."""


@set_up.get(f"{PREFIX}/organisations")
@room.team
def organisations(slug: str) -> str:
    """The list, and the ways to add to it; ``?search=`` looks in the municipality table."""
    return _shown(study.evaluation(slug), PlaceForm(data={"kind": MUNICIPALITY}))


@set_up.post(f"{PREFIX}/organisations")
@takes_files
@room.team
def add_organisations(slug: str) -> Page:
    """Add what was chosen, in whichever of the ways; nothing of it where something is wrong."""
    evaluation = study.evaluation(slug)
    form = PlaceForm(request.form)
    places, problems = _WAYS.get(request.form.get("how", ""), _nothing)(request.form)
    if not problems:
        problems = _joined(evaluation, places, request.form.get("how", ""))
    if problems:
        for name, words in problems:
            if name is not None and name in form:
                form[name].errors = [*form[name].errors, words]
        return _shown(evaluation, form, problems), 422
    return _back(slug)


@set_up.post(f"{PREFIX}/organisations/<int:number>/remove")
@room.team
def remove_organisation(slug: str, number: int) -> Page:
    """Let it take part no more; refused where people of it were invited."""
    evaluation = study.evaluation(slug)
    member = _member(evaluation, number)
    try:
        evaluations.remove_organisation(session(), membership=member, by=visitor.user())
    except WrongState as problem:
        return _shown(evaluation, PlaceForm(), [(f"organisation-{number}", sentence(problem))]), 409
    session().commit()
    tell(_("%(name)s was removed.", name=member.organisation.name))
    return _back(slug)


@set_up.post(f"{PREFIX}/organisations/order")
@room.team
def order_organisations(slug: str) -> Response:
    """Move one up or down, or sort all by name: the order of tables and figures."""
    evaluation = study.evaluation(slug)
    members = queries.memberships(session(), evaluation)
    wanted = request.form.get("move", "")
    if wanted == "by-name":
        members.sort(key=lambda member: (member.organisation.kind != MUNICIPALITY, plain(member.organisation.name)))
    else:
        direction, _sign, number = wanted.partition("-")
        place = next((at for at, member in enumerate(members) if str(member.id) == number), None)
        other = place + {"up": -1, "down": 1}.get(direction, 0) if place is not None else -1
        if place is None or not 0 <= other < len(members):
            return _back(slug)
        members[place], members[other] = members[other], members[place]
    evaluations.reorder(session(), evaluation=evaluation, members=members, by=visitor.user())
    session().commit()
    anchor = f"#organisation-{wanted.partition('-')[2]}" if wanted != "by-name" else ""
    return redirect(url_for("set_up.organisations", slug=slug) + anchor, 303)


_Chosen = tuple[list[Place], Problems]


def _from_table(form: MultiDict[str, str]) -> _Chosen:
    """The municipalities that were ticked."""
    known = {one.code: one for one in municipalities()}
    chosen = [known[code] for code in form.getlist("municipality") if code in known]
    if not chosen:
        return [], [("search", _("Tick the municipalities that take part."))]
    return [Place(one.code, one.name, MUNICIPALITY) for one in chosen], []


def _from_region(form: MultiDict[str, str]) -> _Chosen:
    """All municipalities of a youth region."""
    for region in youth_regions():
        if region.code == form.get("region"):
            return [Place(one.code, one.name, MUNICIPALITY) for one in region.municipalities], []
    return [], [("region", _("Choose a youth region."))]


def _from_list(form: MultiDict[str, str]) -> _Chosen:
    """A file, or what was pasted out of one."""
    file = request.files.get("file")
    content = file.read() if file is not None and file.filename else (form.get("list", "")).encode()
    if not content.strip():
        return [], [("list", _("Choose a file, or paste a list."))]
    found = lists.read(content)
    problems: Problems = [("list", list_fault_sentence(fault)) for fault in found.faults]
    return [Place(one.code, one.name, one.kind, one.parent) for one in found.rows], problems


def _by_hand(form: MultiDict[str, str]) -> _Chosen:
    """One organisation with its own code."""
    values = {name: stripped(form.get(name)) for name in ("code", "name", "kind", "parent")}
    return [Place(**values)], []


def _nothing(form: MultiDict[str, str]) -> _Chosen:
    """A form of which it is not known what it was."""
    del form
    return [], [(None, _("Choose what to add."))]


_WAYS: Final[dict[str, Callable[[MultiDict[str, str]], _Chosen]]] = {
    "table": _from_table,
    "region": _from_region,
    "list": _from_list,
    "hand": _by_hand,
}


def _joined(evaluation: Evaluation, places: list[Place], how: str) -> Problems:
    """Let them take part and tell so; or what is wrong, at the fields of the form or with the number in the list."""
    try:
        joined = verbs.join(session(), evaluation=evaluation, places=places, by=visitor.user())
    except UnusablePlaces as refusal:
        if how == "hand":
            return [(fault.field, fault_sentence(fault)) for fault in sorted(refusal.faults, key=_place_on_page)]
        return [
            ("list", _("Organisation %(number)s of the list (%(name)s): %(problem)s", number=fault.place + 1,
                       name=places[fault.place].name or "–", problem=fault_sentence(fault)))
            for fault in sorted(refusal.faults, key=lambda fault: fault.place)
        ]  # fmt: skip
    except WrongState as problem:
        return [(None, sentence(problem))]
    session().commit()
    tell(ngettext("%(num)s organisation was added.", "%(num)s organisations were added.", len(joined.added)))
    if joined.already:
        tell(ngettext("%(num)s took part already.", "%(num)s took part already.", joined.already))
    return []


def _place_on_page(fault: Fault) -> int:
    return list(PlaceForm()._fields).index(fault.field)


def _member(evaluation: Evaluation, number: int) -> Membership:
    for member in queries.memberships(session(), evaluation):
        if member.id == number:
            return member
    raise NotFound("organisation")


def _back(slug: str) -> Response:
    return redirect(url_for("set_up.organisations", slug=slug), 303)


def _shown(evaluation: Evaluation, form: PlaceForm, problems: Problems | None = None) -> str:
    session().expire(evaluation, ["memberships"])
    members = queries.memberships(session(), evaluation)
    wave = study.latest_wave(evaluation)
    wanted = stripped(request.values.get("search"))[:100]
    found = search(wanted)
    inside = {member.organisation.code for member in members}
    form.kind.choices = [(kind, kind_name(kind)) for kind in KINDS]
    form.parent.choices = [("", _("Nothing"))]
    form.parent.choices += [(member.organisation.code, member.organisation.name) for member in members]
    parents = {member.organisation.id: member.organisation.name for member in members}
    return render_template(
        "set_up/organisations.html",
        evaluation=evaluation,
        frozen=wave is not None and wave.ready_at is not None,
        members=[(member, kind_name(member.organisation.kind), _parent(member.organisation, parents))
                 for member in members],
        any_parent=any(_parent(member.organisation, parents) for member in members),
        search=wanted,
        found=[one for one in found if one.code not in inside][:_MOST_FOUND],
        more=max(0, len([one for one in found if one.code not in inside]) - _MOST_FOUND),
        inside=[one for one in found if one.code in inside],
        regions=youth_regions(),
        form=form,
        problems=problems or [],
        how=request.form.get("how", ""),
        step=room.step("organisations"),
    )  # fmt: skip


def _parent(organisation: Organisation, names: dict[int, str]) -> str:
    """The name of what it is part of, where that takes part too."""
    return names.get(organisation.parent_id or 0, "")
