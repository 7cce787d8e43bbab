"""In which language a page speaks: what the address asks for, else what we know of the visitor, else Dutch."""

from typing import Any, Final

from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from werkzeug.exceptions import RequestEntityTooLarge

from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE, Text, say

NAMES: Final = {DEFAULT_LANGUAGE: "Nederlands", SECOND_LANGUAGE: "English"}


def add_languages(app: Flask) -> None:
    """Translate pages, and give templates ``language``, ``other_languages`` and the filter ``said``."""
    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_timezone="Europe/Amsterdam",
        locale_selector=current,
        default_translation_directories=_translations(app),
    )
    app.jinja_env.filters["said"] = said

    @app.url_defaults
    def _keep_choice(endpoint: str, values: dict[str, Any]) -> None:
        """Links on a page go on in the language that its address asked for."""
        if endpoint != "static" and current() != visitors_own():
            values.setdefault("language", current())

    @app.context_processor
    def _languages() -> dict[str, Any]:
        spoken = current()
        others = [(code, name) for code, name in NAMES.items() if code != spoken]
        return {"language": spoken, "other_languages": others}


def current() -> str:
    """``nl`` or ``en``. Chosen in the address (``?language=en``) or in a form; no cookie remembers it."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    asked = request.args.get("language") or _posted()
    return asked if asked in NAMES else visitors_own()


def prefer(language: str) -> None:
    """Speak this language to the visitor of this request, unless the address asks for another."""
    g.language = language


def visitors_own() -> str:
    """The language we know the visitor to prefer."""
    known: str = g.get("language", DEFAULT_LANGUAGE)
    return known if known in NAMES else DEFAULT_LANGUAGE


def said(text: Text) -> str:
    """Words of the content, in the language of the page."""
    return say(text, current())


def _posted() -> str:
    """The language that a form carries along; a form that is refused for its size has none."""
    try:
        return request.form.get("language", "")
    except RequestEntityTooLarge:
        return ""


def _translations(app: Flask) -> str:
    return f"{app.root_path}/translations"
