"""What is shipped to try the wording on: every kind in every language, and a faulty one says where and what."""

from pathlib import Path

import pytest

from surveyapp.errors import InvalidContent
from surveyapp.reports import sample as samples
from surveyapp.reports.report import KINDS, Report
from surveyapp.reports.report_document import document_of
from surveyapp.reports.sample import preview, sample
from tests.reports.document_text import text_of_document


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", samples.KINDS)
def test_every_kind_is_shown_in_every_language(kind: str, language: str) -> None:
    page = preview(kind, "html", language).content.decode()
    assert f'lang="{language}"' in page
    assert "Zet het hele instrumentarium in" in page


@pytest.mark.parametrize("kind", KINDS)
def test_no_chapter_of_a_report_is_without_an_example(kind: str) -> None:
    made = Report.from_document(sample(kind, "nl"))
    said = text_of_document(document_of(made))
    for theme in made.chapters:
        assert theme.title in said
    assert made.findings
    assert made.general
    assert made.remarks
    assert made.texts.keys() >= {"summary"}
    assert any(theme.said for theme in made.chapters)
    assert any(theme.coded for theme in made.chapters)


@pytest.mark.parametrize(
    ("text", "says"),
    [("kind: [region", "expected"), ("- a list", "no names"), ("kind: region\nnew: 1", "new"), (None, "No such file")],
)
def test_a_faulty_sample_is_refused_with_its_name_and_what_is_wrong(
    text: str | None, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "region").mkdir()
    if text is not None:
        (tmp_path / "region" / "sample.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(samples, "place", lambda kind: tmp_path / kind)
    with pytest.raises(InvalidContent) as refused:
        preview("region", "html", "nl")
    assert refused.value.code == "sample"
    assert refused.value.details["file"] == "region/sample.yaml"
    assert says in str(refused.value.details["problem"])
