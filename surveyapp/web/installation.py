"""The settings of the installation, for a page that needs more of them than Flask's own configuration holds."""

from typing import Final

from flask import Flask, current_app

from surveyapp.config import Settings

_EXTENSION: Final = "surveyapp.settings"


def keep(app: Flask, known: Settings) -> None:
    """Let requests of this application see the settings."""
    app.extensions[_EXTENSION] = known


def settings() -> Settings:
    """Those of the running application."""
    known: Settings = current_app.extensions[_EXTENSION]
    return known
