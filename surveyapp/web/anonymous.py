"""Where the research team would find unprotected results: of an anonymous wave it sees what was published instead."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.errors import WrongState
from surveyapp.models import Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import publications
from surveyapp.web import errors, study
from surveyapp.web.database import session

_FILES = {"results.download": "publication.download", "results.packed": "publication.packed"}
"""The same of files."""
_NAMES = frozenset({"scores", "gaps"})
"""What a publication has as a file of its own."""


def must_not_be_anonymous(wave: Wave) -> None:
    """Raise ``WrongState`` (``anonymous-wave``) where nobody may see more than the publication."""
    if wave.regime == ANONYMOUS:
        raise WrongState("anonymous-wave")


def show_publication_instead(blueprint: Blueprint) -> None:
    """Answer every page of this room with that of the publication, or say that there will be one."""
    blueprint.register_error_handler(WrongState, _instead)


def _instead(error: WrongState) -> str | tuple[str, int] | Response:
    if error.code != "anonymous-wave":
        return errors.page(errors.STATUS[WrongState], errors.sentence(error))
    arguments = dict(request.view_args or {})
    found = study.evaluation(arguments["slug"])
    wave = study.asked_wave(found)
    published = wave is not None and publications.of(session(), wave) is not None
    endpoint = str(request.endpoint)
    if endpoint in _FILES:
        if published and arguments.get("name", "scores") in _NAMES:
            return redirect(url_for(_FILES[endpoint], **arguments))
        return errors.page(errors.STATUS[WrongState], errors.sentence(error))
    same = f"publication.{endpoint.partition('.')[2]}"
    if published and endpoint.startswith("results.") and same in current_app.view_functions:
        return redirect(url_for(same, **{**request.args, **arguments}))
    interviews = endpoint.startswith("interviews.")
    return render_template("results/anonymous.html", evaluation=found, published=published, interviews=interviews)
