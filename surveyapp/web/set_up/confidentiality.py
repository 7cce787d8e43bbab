"""Choosing who will see what, after reading what that means for this study: how many numbers each will see."""

from dataclasses import dataclass
from typing import Final

from flask import render_template, request

from surveyapp.actions import cells, waves
from surveyapp.analysis.disclosure.foresight import Foresight, foresee
from surveyapp.analysis.disclosure.policy import TEAM
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.models.wave import ANONYMOUS, REGIMES
from surveyapp.queries import editions
from surveyapp.queries import evaluations as queries
from surveyapp.web import visitor
from surveyapp.web.database import session
from surveyapp.web.set_up import room
from surveyapp.web.set_up.forms import RegimeForm
from surveyapp.web.set_up.room import PREFIX, Page, set_up
from surveyapp.web.set_up.wording import regime_name

_SHARES: Final = (1.0, 0.6)
"""Of who is invited: what is seen if so many answer."""
_AUDIENCES: Final = (TEAM, "organisation", "public")
"""The project lead sees what an organisation sees, of all of them."""
MUNICIPALITY: Final = "municipality"


@dataclass(frozen=True)
class Outcome:
    """What every audience will see if this share of the people answers."""

    share: float
    by_audience: tuple[tuple[str, Foresight], ...]


@dataclass(frozen=True)
class Consequences:
    """Of one regime."""

    regime: str
    name: str
    outcomes: tuple[Outcome, ...]
    too_small: int
    """Organisations that keep an anonymous wave from opening."""


@dataclass(frozen=True)
class Numbers:
    """How many people each organisation and role has, and where that comes from."""

    sizes: tuple[tuple[int, ...], ...]
    within: tuple[bool, ...]
    source: str
    """``invited``, ``expected``, or empty where nothing is known."""

    @property
    def people(self) -> int:
        return sum(map(sum, self.sizes))


@set_up.get(f"{PREFIX}/confidentiality")
@room.team
def confidentiality(slug: str) -> Page:
    """The three regimes with their consequences."""
    evaluation, wave = room.found(slug)
    if wave is None:
        return room.choose_first(slug)
    chosen = wave.regime if "regime" in wave.settled or wave.ready_at is not None else None
    return _shown(evaluation, wave, _filled(wave, chosen))


@set_up.post(f"{PREFIX}/confidentiality")
@room.team
def choose_regime(slug: str) -> Page:
    """Promise this to everybody who answers."""
    evaluation, wave = room.found(slug)
    if wave is None:
        return room.choose_first(slug)
    form = RegimeForm(request.form)
    form.regime.choices = [(regime, regime_name(regime)) for regime in REGIMES]
    if not form.validate():
        return _shown(evaluation, wave, form), 422
    waves.change(
        session(),
        wave=wave,
        regime=form.regime.data,
        for_public=form.for_public.data,
        searchable=form.searchable.data,
        by=visitor.user(),
    )
    session().commit()
    return room.saved(slug, "confidentiality")


def _filled(wave: Wave, regime: str | None) -> RegimeForm:
    return RegimeForm(data={"regime": regime, "for_public": wave.for_public, "searchable": wave.searchable})


def numbers(wave: Wave) -> Numbers:
    """Who was invited by name; where nobody is yet, as many as are expected of each organisation."""
    members = queries.memberships(session(), wave.evaluation)
    roles = [role.key for role in editions.by_digest(session(), wave.edition_digest).questionnaire.roles]
    invited = cells.invited_to(session(), wave)
    if invited:
        sizes = tuple(tuple(invited.get((member.id, role), 0) for role in roles) for member in members)
        return Numbers(sizes, _within(members), "invited")
    expected = tuple(wave.expected.get(role, 0) for role in roles)
    source = "expected" if any(expected) and members else ""
    return Numbers(tuple(expected for _member in members), _within(members), source)


def consequences(found: Numbers) -> tuple[Consequences, ...]:
    """Of every regime, if everybody answers and if a part does."""
    small = sum(1 for row in found.sizes if 0 < sum(row) < cells.LEAST)
    return tuple(
        Consequences(
            regime,
            regime_name(regime),
            tuple(Outcome(share, _outcome(found, regime, share)) for share in _SHARES),
            small if regime == ANONYMOUS else 0,
        )
        for regime in REGIMES
    )


def _outcome(found: Numbers, regime: str, share: float) -> tuple[tuple[str, Foresight], ...]:
    answering = tuple(tuple(round(size * share) for size in row) for row in found.sizes)
    return tuple((audience, foresee(answering, found.within, regime, audience)) for audience in _AUDIENCES)


def _within(members: list[Membership]) -> tuple[bool, ...]:
    """The region are its municipalities; in a study without one it is everybody."""
    municipal = tuple(member.organisation.kind == MUNICIPALITY for member in members)
    return municipal if any(municipal) else (True,) * len(members)


def _shown(evaluation: Evaluation, wave: Wave, form: RegimeForm) -> str:
    found = numbers(wave)
    return render_template(
        "set_up/confidentiality.html",
        evaluation=evaluation,
        wave=wave,
        frozen=wave.ready_at is not None,
        form=form,
        numbers=found,
        regimes=consequences(found),
        least=cells.LEAST,
        step=room.step("confidentiality"),
    )
