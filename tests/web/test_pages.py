"""Pages for everybody."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveyapp import clock
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
