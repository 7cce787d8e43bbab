"""An owner's house style: linked after our own, and refused at the start when it is more than tokens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from surveyapp.app import create_app
from surveyapp.config import MissingSetting, Settings
from tests.web.conftest import SECRET, Study

BLUE = ":root { --basis-color-action-1-color-default: #004699; }\n"


def settings(tmp_path: Path, tokens: str) -> Settings:
    """Of an owner with this file of tokens."""
    (tmp_path / "house-style").mkdir()
    (tmp_path / "house-style/tokens.css").write_text(tokens, encoding="utf-8")
    return Settings(database_url=f"sqlite:///{tmp_path}/survey.db", secret_key=SECRET, content=tmp_path)


@pytest.fixture
def blue(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings(tmp_path, BLUE))
    yield app
    app.extensions["surveyapp.database"].dispose()


def links(page: str) -> list[str]:
    return [line for line in page.splitlines() if 'rel="stylesheet"' in line]


def test_every_page_links_the_tokens_after_our_own_style(blue: Flask) -> None:
    ours, theirs = links(blue.test_client().get("/privacy?language=en").text)
    assert "built/style.css" in ours
    assert "/house-style/tokens.css?v=" in theirs
    assert "language" not in theirs


def test_the_tokens_are_kept_for_ever_under_the_hash_of_their_content(blue: Flask) -> None:
    client = blue.test_client()
    address = links(client.get("/privacy").text)[1].split('"')[3]
    served = client.get(address)
    assert served.text == BLUE
    assert served.mimetype == "text/css"
    assert "immutable" in served.headers["Cache-Control"]
    assert client.get("/house-style/tokens.css").headers["Cache-Control"] == "no-cache"


def test_without_a_house_style_there_is_ours_alone(study: Study) -> None:
    client = study.client()
    assert len(links(client.get("/privacy").text)) == 1
    assert client.get("/house-style/tokens.css").status_code == 404


def test_a_file_that_holds_more_than_tokens_is_refused_at_the_start_with_every_line(tmp_path: Path) -> None:
    wrong = settings(tmp_path, ":root {\n  color: red;\n}\nmain { display: none }\n")
    with pytest.raises(MissingSetting, match=r"(?s)tokens\.css:2: 'color'.*tokens\.css:4: 'main \{'"):
        create_app(wrong)
