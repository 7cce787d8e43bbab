"""A municipality's own colour and letters, as a browser shows them."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from surveyapp.app import create_app
from surveyapp.config import Settings

TOKENS = """:root {
  --basis-color-action-1-inverse-bg-default: #00664f;
  --basis-text-font-size-md: 1.5rem;
}
"""
LOOKS = """() => ({
  letters: getComputedStyle(document.body).fontSize,
  button: getComputedStyle(document.querySelector('button[type=submit]')).backgroundColor,
  sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
})"""

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path, migrated_file: Path) -> Iterator[str]:
    """Where an owner with a house style serves their pages."""
    (tmp_path / "own/house-style").mkdir(parents=True)
    (tmp_path / "own/house-style/tokens.css").write_text(TOKENS, encoding="utf-8")
    app = create_app(Settings(database_url=f"sqlite:///{migrated_file}", secret_key="s" * 32, content=tmp_path / "own"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()
    app.extensions["surveyapp.database"].dispose()


def test_another_colour_and_larger_letters_are_seen_and_still_fit_a_telephone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    assert page.evaluate(LOOKS) == {"letters": "24px", "button": "rgb(0, 102, 79)", "sideways": False}
    context.close()
