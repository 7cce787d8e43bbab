"""The roles that the questionnaire knows, how many people are expected in each, and how many should answer."""

from collections.abc import Iterable, Iterator

from flask import render_template, request
from wtforms import Form

from surveyapp.actions import cells, waves
from surveyapp.models import Evaluation, Wave
from surveyapp.queries import editions
from surveyapp.questionnaires.questionnaire import Role
from surveyapp.web import visitor
from surveyapp.web.database import session
from surveyapp.web.language import said
from surveyapp.web.set_up import room
from surveyapp.web.set_up.forms import numbers_form
from surveyapp.web.set_up.room import PREFIX, Page, set_up
from surveyapp.web.words import _

_EXPECTED, _TARGET = "expected", "target"


@set_up.get(f"{PREFIX}/roles")
@room.team
def roles(slug: str) -> Page:
    """The roles with their numbers."""
    evaluation, wave = room.found(slug)
    if wave is None:
        return room.choose_first(slug)
    keys = _keys(wave)
    expected = numbers_form(_EXPECTED, keys)(data={f"{_EXPECTED}-{key}": wave.expected.get(key) for key in keys})
    targets = numbers_form(_TARGET, keys, 100)(data={f"{_TARGET}-{key}": wave.targets.get(key) for key in keys})
    return _shown(evaluation, wave, expected, targets)


@set_up.post(f"{PREFIX}/roles")
@room.team
def save_roles(slug: str) -> Page:
    """Keep the numbers; after opening only the targets."""
    evaluation, wave = room.found(slug)
    if wave is None:
        return room.choose_first(slug)
    keys = _keys(wave)
    expected = numbers_form(_EXPECTED, keys)(request.form)
    targets = numbers_form(_TARGET, keys, 100)(request.form)
    if not all([expected.validate(), targets.validate()]):
        return _shown(evaluation, wave, expected, targets), 422
    waves.change(
        session(),
        wave=wave,
        by=visitor.user(),
        targets=_given(targets, _TARGET, keys),
        expected=_given(expected, _EXPECTED, keys) if wave.ready_at is None else None,
    )
    session().commit()
    return room.saved(slug, "roles")


def _keys(wave: Wave) -> list[str]:
    return [role.key for role in editions.by_digest(session(), wave.edition_digest).questionnaire.roles]


def _given(form: Form, prefix: str, keys: list[str]) -> dict[str, int]:
    numbers = {key: form[f"{prefix}-{key}"].data for key in keys}
    return {key: number for key, number in numbers.items() if number is not None}


def _wrong(roles: Iterable[Role], expected: Form, targets: Form) -> Iterator[tuple[str, str]]:
    """Every field that is wrong, as the page has them, with a sentence that says of which role."""
    for role in roles:
        name = said(role.plural)
        for words in (number := expected[f"{_EXPECTED}-{role.key}"]).errors:
            yield number.name, _("%(role)s, people you expect: %(problem)s", role=name, problem=words)
        for words in (number := targets[f"{_TARGET}-{role.key}"]).errors:
            yield number.name, _("%(role)s, target: %(problem)s", role=name, problem=words)


def _shown(evaluation: Evaluation, wave: Wave, expected: Form, targets: Form) -> str:
    asked = editions.by_digest(session(), wave.edition_digest).questionnaire
    invited: dict[str, int] = {}
    for (_member, role), number in cells.invited_to(session(), wave).items():
        invited[role] = invited.get(role, 0) + number
    return render_template(
        "set_up/roles.html",
        evaluation=evaluation,
        frozen=wave.ready_at is not None,
        rows=[
            (role, expected[f"{_EXPECTED}-{role.key}"], targets[f"{_TARGET}-{role.key}"], invited.get(role.key, 0))
            for role in asked.roles
        ],
        errors=list(_wrong(asked.roles, expected, targets)),
        step=room.step("roles"),
    )
