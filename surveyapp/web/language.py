"""In which language a page speaks: what the address asks for, else what we know of the visitor, else Dutch.

The interface speaks English, in which it is written, and every language of which there is a compiled catalogue: ours in
``surveyapp/translations``, an owner's in the folder ``translations`` beside their questionnaires.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel
from werkzeug.exceptions import HTTPException

from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE, Text, locale_of, say

_FOLDER: Final = "translations"
_EXTENSION: Final = "surveyapp.languages"
_SPEECHLESS: Final = frozenset({"static", "house_style.tokens"})
"""Addresses of what is the same in every language."""


def add_languages(app: Flask, own: Path | None = None) -> None:
    """Translate pages, and give templates ``language``, ``other_languages`` and the filter ``said``.

    ``own`` is the owner's own folder of content.
    """
    places = [Path(app.root_path) / _FOLDER, *([own / _FOLDER] if own is not None else [])]
    app.extensions[_EXTENSION] = spoken_by(places)
    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_timezone="Europe/Amsterdam",
        locale_selector=lambda: locale_of(current()),
        default_translation_directories=";".join(str(place) for place in places),
    )
    app.jinja_env.filters["said"] = said

    @app.url_defaults
    def _keep_choice(endpoint: str, values: dict[str, Any]) -> None:
        """Links on a page go on in the language that its address asked for."""
        if endpoint not in _SPEECHLESS and current() != visitors_own():
            values.setdefault("language", current())

    @app.context_processor
    def _languages() -> dict[str, Any]:
        spoken = current()
        others = [(code, name) for code, name in offered().items() if code != spoken]
        return {"language": spoken, "other_languages": others}


def spoken_by(places: Iterable[Path]) -> dict[str, str]:
    """Language -> its name in itself, Dutch and English first: those with a compiled catalogue, and English."""
    found = {file.parts[-3] for place in places for file in place.glob("*/LC_MESSAGES/messages.mo")}
    ours = (DEFAULT_LANGUAGE, SECOND_LANGUAGE)
    codes = [*ours, *sorted(found.difference(ours))]
    return {code: name for code in codes if (name := _name(code)) is not None}


def name_of(code: str) -> str:
    """A language's name in itself: ``Nederlands``; its code where that is not known."""
    return languages().get(code, code)


def languages() -> Mapping[str, str]:
    """Every language of the interface with its name."""
    known: dict[str, str] = current_app.extensions[_EXTENSION]
    return known


def offered() -> Mapping[str, str]:
    """The languages to choose from on this page."""
    limited: frozenset[str] | None = g.get("languages")
    if limited is None:
        return languages()
    return {code: name for code, name in languages().items() if code in limited}


def current() -> str:
    """Such as ``nl``. Chosen in the address (``?language=en``) or in a form; no cookie remembers it."""
    return _spoken()[0] if has_request_context() else DEFAULT_LANGUAGE


def prefer(language: str) -> None:
    """Speak this language to the visitor of this request, unless the address asks for another."""
    g.language = language
    g.pop("spoken", None)


def limit_to(spoken: Iterable[str]) -> None:
    """Offer only these on the pages of this request, and Dutch, which every text has."""
    g.languages = frozenset((*spoken, DEFAULT_LANGUAGE))
    g.pop("spoken", None)


def visitors_own() -> str:
    """The language we know the visitor to prefer."""
    return _spoken()[1]


def _spoken() -> tuple[str, str]:
    """The language of this request and the visitor's own; worked out once, as every sentence asks for it."""
    known: tuple[str, str] | None = g.get("spoken")
    if known is None:
        known = g.spoken = _worked_out()
    return known


def _worked_out() -> tuple[str, str]:
    choice = offered()
    preferred = g.get("language", DEFAULT_LANGUAGE)
    own = preferred if preferred in choice else DEFAULT_LANGUAGE
    asked = request.args.get("language") or _posted()
    return asked if asked in choice else own, own


def said(text: Text) -> str:
    """Words of the content, in the language of the page."""
    return say(text, current())


def _posted() -> str:
    """The language that a form carries along; a form that is refused has none."""
    if request.method != "POST":
        return ""
    try:
        return request.form.get("language", "")
    except HTTPException:
        return ""


def _name(code: str) -> str | None:
    """None for a folder that is not named after a language."""
    try:
        name = Locale.parse(code).get_display_name(code)
    except (ValueError, UnknownLocaleError):
        return None
    return name[:1].upper() + name[1:] if name else code
