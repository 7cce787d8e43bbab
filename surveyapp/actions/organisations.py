"""Verbs on organisations: making one known, and letting a list of them take part in a study."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import evaluations, log
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Evaluation, Membership, Organisation, User
from surveyapp.models.organisation import KINDS
from surveyapp.questionnaires.municipalities import municipalities

_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_OFFICIAL: Final = re.compile(r"GM\d{4}")
LONGEST_NAME: Final = 200
MUNICIPALITY: Final = "municipality"


@dataclass(frozen=True)
class Place:
    """An organisation as somebody named it; ``parent`` is the code of the one that it is part of, or empty."""

    code: str
    name: str
    kind: str
    parent: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a place: its number in the list, from 0, the field, and what stands there."""

    place: int
    field: str
    code: str
    value: str


class UnusablePlaces(InvalidContent):
    """A list of organisations with faults; ``faults`` says every one, and nothing of the list was taken over."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("unusable-places", faults=", ".join(f"{fault.place}: {fault.code}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Joined:
    """Who was added to the list, and how many were on it."""

    added: tuple[Membership, ...]
    already: int


def add(
    session: Session, *, code: str, name: str, kind: str, by: User | None, parent: Organisation | None = None
) -> Organisation:
    """Make an organisation known; refuses an unknown kind and a code that is taken."""
    if kind not in KINDS:
        raise InvalidContent("unknown-kind", kind=kind)
    if session.scalar(select(Organisation.id).where(Organisation.code == code)) is not None:
        raise WrongState("organisation-code-taken", organisation=code)
    organisation = Organisation(code=code, name=name, kind=kind, parent_id=parent.id if parent is not None else None)
    session.add(organisation)
    log.record(session, verb="organisation.add", subject=organisation, by=by, code=code)
    return organisation


def join(session: Session, *, evaluation: Evaluation, places: Sequence[Place], by: User | None) -> Joined:
    """Let these organisations take part, in this order, and make known those that are not yet; who takes part stays.

    A municipality is called as in the official table whatever the list calls it. Raises ``UnusablePlaces`` with
    everything that is wrong, and ``WrongState`` (``organisations-frozen``).
    """
    evaluations.must_be_changeable(session, evaluation)
    named = [_tidied(place) for place in places]
    known = _known(session, named)
    faults = tuple(_faults(named, known))
    if faults:
        raise UnusablePlaces(faults)
    for place in named:
        if place.code not in known:
            known[place.code] = add(session, code=place.code, name=place.name, kind=place.kind, by=by)
    for place in named:
        if place.parent and known[place.code].parent_id is None:
            known[place.code].parent_id = known[place.parent].id
    members = {member.organisation_id for member in evaluation.memberships}
    added = [
        evaluations.add_organisation(session, evaluation=evaluation, organisation=known[place.code], by=by)
        for place in named
        if known[place.code].id not in members
    ]
    return Joined(tuple(added), len(named) - len(added))


def _tidied(place: Place) -> Place:
    """Without stray spaces; a municipality by its official name."""
    code = place.code.strip()
    code = code.upper() if _OFFICIAL.fullmatch(code.upper()) else code
    official = _official_names().get(code)
    name = official or " ".join(place.name.split())
    kind = place.kind.strip() or (MUNICIPALITY if official else "")
    return Place(code, name, kind, place.parent.strip())


def _official_names() -> dict[str, str]:
    return {one.code: one.name for one in municipalities()}


def _known(session: Session, places: Sequence[Place]) -> dict[str, Organisation]:
    """The organisations that the list names, by code, as far as they exist."""
    codes = {code for place in places for code in (place.code, place.parent) if code}
    return {one.code: one for one in session.scalars(select(Organisation).where(Organisation.code.in_(codes)))}


def _faults(places: Sequence[Place], known: Mapping[str, Organisation]) -> Iterator[Fault]:
    first: set[str] = set()
    for number, place in enumerate(places):
        yield from _faults_of(number, place, known.get(place.code))
        if place.code and place.code in first:
            yield Fault(number, "code", "code-twice", place.code)
        first.add(place.code)
    parents = {place.code: place.parent for place in reversed(places)}
    for number, place in enumerate(places):
        if place.parent and place.parent not in known and place.parent not in parents:
            yield Fault(number, "parent", "unknown-parent", place.parent)
        elif place.parent and _circular(place.code, parents):
            yield Fault(number, "parent", "part-of-itself", place.parent)


def _faults_of(number: int, place: Place, existing: Organisation | None) -> Iterator[Fault]:
    """Of one place by itself."""
    if not place.code:
        yield Fault(number, "code", "code-missing", "")
    elif not _CODE.fullmatch(place.code):
        yield Fault(number, "code", "unusable-code", place.code)
    elif _OFFICIAL.fullmatch(place.code) and place.code not in _official_names() and existing is None:
        yield Fault(number, "code", "unknown-municipality", place.code)
    if not place.name:
        yield Fault(number, "name", "name-missing", "")
    elif len(place.name) > LONGEST_NAME or not place.name.isprintable():
        yield Fault(number, "name", "name-too-long", place.name[:LONGEST_NAME])
    if place.kind not in KINDS:
        yield Fault(number, "kind", "unknown-kind" if place.kind else "kind-missing", place.kind)
    elif existing is not None and (existing.kind, existing.name.casefold()) != (place.kind, place.name.casefold()):
        yield Fault(number, "code", "code-of-another", place.code)
    elif _OFFICIAL.fullmatch(place.code) and place.kind != MUNICIPALITY:
        yield Fault(number, "kind", "not-a-municipality", place.kind)


def _circular(code: str, parents: Mapping[str, str]) -> bool:
    """Whether somebody climbing from this organisation comes back to it."""
    seen: set[str] = set()
    above = parents.get(code, "")
    while above and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False
