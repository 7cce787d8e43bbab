"""Static files."""

from pathlib import Path

import pytest
from flask import Flask

from surveyapp.config import MissingSetting
from surveyapp.web.assets import add_assets


def test_without_a_built_stylesheet_the_application_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingSetting, match="make setup"):
        add_assets(Flask("some", static_folder=str(tmp_path)))


def test_an_address_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "built").mkdir()
    addresses = []
    for content in ("a{}", "b{}"):
        (tmp_path / "built/style.css").write_text(content)
        app = Flask("some", static_folder=str(tmp_path), static_url_path="/static")
        add_assets(app)
        with app.test_request_context():
            addresses.append(app.jinja_env.globals["asset"]("built/style.css"))  # type: ignore[operator]
    assert addresses[0].startswith("/static/built/style.css?v=")
    assert addresses[0] != addresses[1]
