"""Preparing interviews: which topics where, and the guide on paper."""

import re

import pytest

from surveyapp.web import renderings
from tests.web.staff import Stage, set_up


def test_every_organisation_is_listed_with_its_topics_and_its_guide(published: Stage) -> None:
    page = published.page("anna", "/interviews")
    assert re.findall(r'<h2 class="utrecht-heading-3">(\w+)</h2>', page) == ["Almelo", "Borne", "Enschede"]
    for code in ("GM0141", "GM0147", "GM0153"):
        assert f'href="/evaluations/samen/interviews/{code}"' in page


def test_a_guide_has_the_topics_of_the_organisation_and_what_was_written(published: Stage) -> None:
    page = published.page("anna", "/interviews/GM0147")
    assert "Borne" in page
    assert "Wij governor &lt;b&gt;1&lt;/b&gt;" in page
    assert "<b>1</b>" not in page
    assert "&lt;b&gt;0&lt;/b&gt;" not in page
    assert 'class="notes"' in page


def test_the_guide_is_printed_by_a_worker_and_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(stage)
    monkeypatch.setattr(renderings, "PATIENCE", 0.0)
    first = stage.client("anna").get("/evaluations/samen/interviews/GM0147.pdf?language=en")
    assert first.status_code == 503
    assert first.headers["Retry-After"] == "5"
    assert "The guide is being made" in first.get_data(as_text=True)
    stage.work()
    second = stage.client("anna").get("/evaluations/samen/interviews/GM0147.pdf?language=en")
    assert second.status_code == 200
    assert second.content_type == "application/pdf"
    assert second.data.startswith(b"%PDF-")
    assert second.headers["Cache-Control"] == "no-store"
    assert "borne" in second.headers["Content-Disposition"]
