"""Static files: their addresses carry the hash of their content, so that browsers may keep them for ever.

Where a file lies beside its compressed self (``style.css.gz``), browsers that can read that get it.
"""

import hashlib
import mimetypes
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

from surveyapp.config import MissingSetting
from surveyapp.web.guard import public


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
    app.view_functions["static"] = public("nothing of anybody's")(_serve)


def _serve(filename: str) -> Response:
    packed = f"{filename}.gz"
    kept = Path(current_app.static_folder or "") / packed
    if ".." in filename or not request.accept_encodings["gzip"] or not kept.is_file():
        return current_app.send_static_file(filename)
    answer = current_app.send_static_file(packed)
    answer.mimetype = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers.pop("Content-Disposition", None)
    return answer
