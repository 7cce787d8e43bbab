"""Pages for everybody."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.app import create_app
from surveyapp.config import Settings
from tests.web.conftest import Study


def test_health_says_only_that_the_process_runs(study: Study) -> None:
    assert study.client().get("/healthz").text == "ok\n"


def test_readiness_depends_on_the_database(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    assert study.client().get("/readyz").status_code == 200

    def gone() -> Session:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr("surveyapp.web.pages.session", gone)
    assert study.client().get("/readyz").status_code == 503
    assert study.client().get("/healthz").status_code == 200


def test_privacy_and_accessibility_speak_both_languages(study: Study) -> None:
    client = study.client()
    assert "Op deze pagina’s evalueren overheidsorganisaties" in client.get("/privacy").text
    assert "What happens" not in client.get("/toegankelijkheid").text
    assert "WCAG 2.2, level AA" in client.get("/toegankelijkheid?language=en").text


def test_the_accessibility_statement_says_what_was_tested_what_is_not_right_and_when(study: Study) -> None:
    page = study.client().get("/toegankelijkheid").text
    for expected in ("axe", "400%", "toetsenbord", "nog niet in orde", "22 november 2026", "Nationale ombudsman"):
        assert expected in page
    assert "22 November 2026" in study.client().get("/toegankelijkheid?language=en").text


def test_privacy_tells_the_three_regimes_and_what_one_can_do(study: Study) -> None:
    page = study.client().get("/privacy").text
    for expected in ("Namens uw organisatie", "Vertrouwelijk", "Anoniem", "intrekken", "24 uur", "één cookie"):
        assert expected.lower() in page.lower()


def test_whom_to_write_to_is_a_setting(settings: Settings) -> None:
    app = create_app(replace(settings, contact="help@bureau.example"))
    client = app.test_client()
    for page in ("/privacy", "/toegankelijkheid"):
        assert 'href="mailto:help@bureau.example"' in client.get(page).text
    assert "Contact: mailto:help@bureau.example" in client.get("/.well-known/security.txt").text
    app.extensions["surveyapp.database"].dispose()


def test_links_keep_the_language_that_was_asked_for(study: Study) -> None:
    client = study.client()
    assert 'href="/privacy?language=en"' in client.get("/toegankelijkheid?language=en").text
    assert 'href="/privacy"' in client.get("/toegankelijkheid").text


def test_an_unknown_language_gets_dutch(study: Study) -> None:
    assert '<html lang="nl">' in study.client().get("/privacy?language=<script>").text


def test_security_txt_names_a_contact_and_has_not_expired(study: Study) -> None:
    text = study.client().get("/.well-known/security.txt").text
    assert "Contact: http://127.0.0.1:8000/privacy" in text
    expires = re.search(r"Expires: (\S+)", text)
    assert expires is not None
    until = datetime.fromisoformat(expires[1])
    assert clock.now() < until < clock.now() + timedelta(days=366)
