"""Addresses of static files that carry the hash of their content, so that browsers may keep them for ever."""

import hashlib
from pathlib import Path

from flask import Flask, url_for

from surveyapp.config import MissingSetting


def add_assets(app: Flask) -> None:
    """Give templates ``asset(name)``. The hashes are taken once, at the start."""
    static = Path(app.static_folder or "")
    if not (static / "built/style.css").exists():
        raise MissingSetting("The stylesheet has not been built: run `make setup`")
    versions = {
        path.relative_to(static).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in static.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals["asset"] = asset
