"""What every step of the set-up begins with: the study, its wave as far as there is one, and where to go next."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.actions.readiness import STEPS
from surveyapp.models import Evaluation, Wave
from surveyapp.web import study
from surveyapp.web.guard import needs
from surveyapp.web.told import tell, warn
from surveyapp.web.words import _

set_up = Blueprint("set_up", __name__)

PREFIX = "/evaluations/<slug>/set-up"
_ROOMS: Final = {"people": "people.index", "mail": "mail.index"}
"""Steps that are done elsewhere."""
Page = str | tuple[str, int] | Response
team = needs(Permission.EVALUATION_SET_UP, on=study.on_evaluation)


def found(slug: str) -> tuple[Evaluation, Wave | None]:
    """The study and its latest wave, which is being set up or stands."""
    evaluation = study.evaluation(slug)
    return evaluation, study.latest_wave(evaluation)


def choose_first(slug: str) -> Response:
    """To the step on which all others wait."""
    warn(_("Choose the questionnaire first. The rest follows from it."))
    return redirect(url_for("set_up.questionnaire", slug=slug), 303)


def saved(slug: str, step: str) -> Response:
    """Say so, and go where the button says: to the step after this one, or to the list of steps."""
    tell(_("Saved."))
    if request.form.get("then") == "list":
        return redirect(url_for("set_up.index", slug=slug), 303)
    return redirect(address(slug, STEPS[STEPS.index(step) + 1]), 303)


def address(slug: str, step: str) -> str:
    """Where a step is done; people and mail have rooms of their own."""
    return url_for(_ROOMS.get(step, f"set_up.{step}"), slug=slug)


@dataclass(frozen=True)
class Place:
    """Where in the set-up a page is."""

    key: str
    number: int
    steps: int


def step(key: str) -> Place:
    """The place of this step among all."""
    return Place(key, STEPS.index(key) + 1, len(STEPS))


def secret_key() -> str:
    """The server's key, from which links are derived."""
    return str(current_app.config["SECRET_KEY"])


def own_content() -> Path | None:
    """The owner's own folder of content, where there is one."""
    own: Path | None = current_app.config.get("CONTENT")
    return own
