"""What every answer says to the browser."""

import gzip
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from surveyapp.app import create_app
from surveyapp.config import Settings
from tests.web.conftest import Study


@pytest.mark.parametrize("path", ["/privacy", "/healthz", "/nowhere", "/static/icon.svg", "/r/unknown"])
def test_every_answer_allows_nothing_from_elsewhere_and_nothing_inline(study: Study, path: str) -> None:
    with study.client().get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


def test_behind_https_browsers_are_told_to_stay_there(settings: Settings) -> None:
    app = create_app(replace(settings, base_url="https://survey.example", secure_cookies=True))
    assert "max-age=" in app.test_client().get("/healthz").headers["Strict-Transport-Security"]


def test_without_https_nobody_is_sent_there(study: Study) -> None:
    assert "Strict-Transport-Security" not in study.client().get("/healthz").headers


def test_pages_are_never_stored_by_a_browser(study: Study) -> None:
    client = study.client()
    for path in ("/privacy", study.invite(), "/nowhere"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_static_files_keep_for_ever_under_the_hash_of_their_content(study: Study) -> None:
    client = study.client()
    address = re.search(r'href="(/static/built/style\.css\?v=[0-9a-f]{12})"', client.get("/privacy").text)
    assert address is not None
    with client.get(address[1]) as named, client.get("/static/built/style.css") as unnamed:
        assert "immutable" in named.headers["Cache-Control"]
        assert unnamed.headers["Cache-Control"] == "no-cache"


def test_the_stylesheet_fetches_only_our_own_fonts(study: Study) -> None:
    with study.client().get("/static/built/style.css") as answer:
        css = answer.get_data(as_text=True)
    found = re.findall(r"url\(([^)]*)\)", css)
    assert found
    assert all(re.fullmatch(r"fira-sans-\d00\.woff2\?v=[0-9a-f]{12}", address) for address in found)
    assert "@import" not in css


def test_a_browser_that_reads_gzip_gets_the_small_stylesheet(study: Study) -> None:
    client = study.client()
    with (
        client.get("/static/built/style.css") as large,
        client.get("/static/built/style.css", headers={"Accept-Encoding": "gzip, br"}) as small,
    ):
        assert small.headers["Content-Encoding"] == "gzip"
        assert small.mimetype == "text/css"
        assert gzip.decompress(small.data) == large.data


def test_a_first_visit_transfers_at_most_90_kilobytes_in_at_most_six_files(study: Study) -> None:
    client, files = study.client(), []
    link = study.invite("official")
    client.post(link)
    page = client.get(f"{link}/g1")
    fonts = [f"/static/built/fira-sans-{weight}.woff2" for weight in (400, 700)]
    for address in (*fonts, *re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)):
        with client.get(address, headers={"Accept-Encoding": "gzip"}) as answer:
            files.append(len(answer.data))
    assert "/static/built/answering.js" in page.text
    assert len(files) + 1 <= 6
    assert sum(files) + len(page.data) <= 90_000


@pytest.mark.parametrize("host", ["evil.example", "survey.example.evil.example", "evil.example:80", "10.0.0.1", ""])
@pytest.mark.parametrize("path", ["/privacy", "/healthz", "/sign-in", "/nowhere"])
def test_another_name_than_ours_is_refused_and_stands_on_no_page(settings: Settings, host: str, path: str) -> None:
    app = create_app(replace(settings, base_url="https://survey.example:8443", secure_cookies=True))
    answer = app.test_client().get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert "<h1" in answer.text
    app.extensions["surveyapp.database"].dispose()


@pytest.mark.parametrize("host", ["survey.example", "survey.example:443", "127.0.0.1:8000", "localhost"])
def test_our_own_name_and_this_machine_are_answered(settings: Settings, host: str) -> None:
    app = create_app(replace(settings, base_url="https://survey.example", secure_cookies=True))
    assert app.test_client().get("/healthz", headers={"Host": host}).status_code == 200
    app.extensions["surveyapp.database"].dispose()


def test_no_template_holds_a_style_or_a_script_of_its_own() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    templates = sorted((Path(__file__).parents[2] / "surveyapp/web/templates").rglob("*.html"))
    assert len(templates) > 30
    assert [path.name for path in templates if inline.search(path.read_text(encoding="utf-8"))] == []


def test_every_form_that_is_posted_carries_its_proof_unless_its_address_is_one() -> None:
    """The pages of who answers are reached by a secret, and read no cookie that another site could use."""
    folder = Path(__file__).parents[2] / "surveyapp/web/templates"
    by_address = {"respond", "colleague", "copy", "open_link", "review"}
    bare = [
        f"{path.relative_to(folder)}: {form[:90]}"
        for path in sorted(folder.rglob("*.html"))
        if path.relative_to(folder).parts[0] not in by_address
        for form in re.findall(r'<form method="post".*?</form>', path.read_text(encoding="utf-8"), re.DOTALL)
        if not any(proof in form for proof in ("csrf_token", "proof()", "hidden(", "caller()", 'slot("csrf")'))
    ]
    assert bare == []


def test_a_file_that_the_browser_has_already_is_not_left_open(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address, opened = study.client(), "/static/icon.svg", list[Any]()
    with client.get(address) as first:
        mark = first.headers["ETag"]

    def note(path: str, how: str) -> Any:  # noqa: ANN401 - whatever open gives
        opened.append(Path(path).open(how))  # noqa: SIM115 - that is what is looked at
        return opened[-1]

    monkeypatch.setattr("werkzeug.utils.open", note, raising=False)
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
    assert [file.closed for file in opened] == [True]
