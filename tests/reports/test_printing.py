"""The worker's entry: figures and printed guides."""

import subprocess
import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from surveyapp.errors import InvalidContent
from surveyapp.reports.printing import render
from tests.reports.figures.examples import heatmap
from tests.reports.samples import sample


@pytest.fixture(scope="module", params=["nl", "en"])
def printed(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    """The sample guide in a language, as PDF."""
    made = render("interview-guide", sample(request.param).to_document())
    assert made.media_type == "application/pdf"
    return request.param, made.content


def test_a_figure_is_drawn_as_svg() -> None:
    made = render("figure", heatmap().to_document())
    assert (made.media_type, made.name) == ("image/svg+xml", "score-per-gewoonte-en-gemeente.svg")
    assert made.content.startswith(b"<?xml")


def test_the_printed_guide_says_what_the_page_says(printed: tuple[str, bytes]) -> None:
    language, content = printed
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
    expected = {
        "nl": (
            "Alleen voor het onderzoeksteam",
            "Opening (5 minuten)",
            "Maatregelen om uit te kiezen",
            "Aantekeningen",
        ),
        "en": ("For the research team only", "Opening (5 minutes)", "Measures to choose from", "Notes"),
    }[language]
    for words in (*expected, "Naast contracten gebruiken we ook andere manieren om te sturen"):
        assert words in text


def test_the_printed_guide_is_tagged_and_has_a_title_and_a_language(printed: tuple[str, bytes]) -> None:
    language, content = printed
    reader = PdfReader(BytesIO(content))
    root = {key: str(value.get_object()) for key, value in reader.root_object.items()}
    assert "'/Marked': True" in root["/MarkInfo"]
    assert root["/Lang"] == language
    assert "/StructTreeRoot" in root
    assert "'/DisplayDocTitle': True" in root["/ViewerPreferences"]
    title = {"nl": "Gespreksleidraad Almelo", "en": "Interview guide Almelo"}[language]
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert b"pdfuaid" in content or b"pdfuaid" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]


def test_the_same_guide_gives_the_same_bytes() -> None:
    document = sample().to_document()
    assert render("interview-guide", document).content == render("interview-guide", document).content


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidContent, match="unknown-report"):
        render("horoscope", {})


def test_the_pages_can_use_reports_without_a_drawing_library() -> None:
    modules = "surveyapp.reports, surveyapp.reports.figures.specification, surveyapp.reports.guide_document"
    program = (
        f"import sys, {modules}, surveyapp.reports.interview_preparation; "
        "sys.exit(bool({'matplotlib', 'weasyprint', 'scipy', 'flask', 'sqlalchemy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
