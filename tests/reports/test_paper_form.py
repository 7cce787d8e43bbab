"""The questionnaire on paper as a printer gets it: every sample, both languages, complete and within its margins."""

import subprocess
import sys
from io import BytesIO
from itertools import chain
from typing import Any

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from surveyapp.content import folder
from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.kinds import KINDS
from surveyapp.questionnaires.path import possible
from surveyapp.reports.paper_document import source
from surveyapp.reports.paper_form import PaperForm
from surveyapp.reports.pdf import house_style
from surveyapp.reports.printing import render
from tests.questionnaires import sampled
from tests.reports.papers import ALMELO, ANYWHERE, AUDIENCES, SENT_ONLY, every_kind, form_of, fresh, sample_form
from tests.reports.pdfs import tags_of, text_of
from tests.reports.samples import golden

LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])
_MILLIMETRE = 96 / 25.4
_LEFT, _RIGHT = 20 * _MILLIMETRE, (210 - 18) * _MILLIMETRE


@LANGUAGES
def test_the_form_is_as_it_was_when_somebody_last_looked(language: str) -> None:
    printed = render("paper-form", form_of(every_kind(), language=language).to_document()).content
    pages = [page.extract_text() for page in PdfReader(BytesIO(printed)).pages]
    lines = "\n".join(line.rstrip() for line in "\n\n".join(pages).splitlines()) + "\n"
    assert lines == golden(f"paper-form.{language}.txt", lines)


def test_there_is_a_question_of_every_kind_on_it() -> None:
    assert {question.kind for question in every_kind().questions.values()} == set(KINDS)
    for kind in KINDS:
        assert (folder("reports") / "paper" / f"{kind}.html").is_file()


@LANGUAGES
def test_it_is_tagged_and_has_a_title_and_a_language(language: str) -> None:
    printed = render("paper-form", form_of(every_kind(), language=language).to_document()).content
    reader = PdfReader(BytesIO(printed))
    root = {key: str(value.get_object()) for key, value in reader.root_object.items()}
    assert "'/Marked': True" in root["/MarkInfo"]
    assert root["/Lang"] == language
    assert "'/DisplayDocTitle': True" in root["/ViewerPreferences"]
    assert reader.metadata is not None
    assert reader.metadata.title == {"nl": "Voorbeeld", "en": "Sample"}[language]
    assert reader.xmp_metadata is not None
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= tags_of(printed)


def test_its_first_page_says_what_the_first_page_on_the_internet_says() -> None:
    printed = text_of(render("paper-form", sample_form("choice").to_document()).content)
    promised = [part for pair in AUDIENCES for part in pair]
    for words in (*promised, SENT_ONLY, "Uw antwoorden zijn vertrouwelijk.", "Bureau Meerwaarde, namens Regio Twente"):
        assert words in printed
    for words in (
        "12 december 2026, 23.59 uur",
        "Anna de Onderzoeker, anna@meerwaarde.example",
        "Almelo",
        "Bestuurder",
    ):
        assert words in printed
    assert "leest uw antwoorden en weet dat ze van u zijn" in printed


@LANGUAGES
@pytest.mark.parametrize("name", sampled.names())
def test_every_sample_is_printed_whole_and_within_its_margins(name: str, language: str) -> None:
    form = sample_form(name, language)
    document = HTML(string=_page(form)).render()
    boxes = list(chain.from_iterable(_words(page._page_box) for page in document.pages))
    beyond = [(box.text, box.position_x) for box in boxes if _sticks_out(box)]
    assert not beyond
    said = " ".join("".join(box.text for box in boxes).replace("\u2010", "").replace("\u00ad", "").split())
    for question in possible(form.questionnaire, ALMELO).questions.values():
        asked = question.text[language].replace("{organisation}", "Almelo")
        assert asked.replace(" ", "") in said.replace(" ", "")


@LANGUAGES
def test_the_longest_questionnaire_that_we_have_fits_too(language: str) -> None:
    scale = sampled.questionnaire("matrix").scales[0]
    wide = scale.model_copy(
        update={
            "points": tuple(
                scale.points[0].model_copy(update={"code": code, "label": {"nl": "Buitengewoon tevreden"}})
                for code in range(1, 12)
            )
        }
    )
    long = {"nl": "Verantwoordelijkheidsverdeling tussen samenwerkingsverbanden " * 4}
    matrix = sampled.questionnaire("matrix")
    asked = [one.model_copy(update={"text": long, "help": long}) for one in matrix.sections[0].questions[:3]]
    others = [one for one in every_kind().questions.values() if one.kind != "scale"]
    section = matrix.sections[0].model_copy(update={"questions": (*asked, *others)})
    wider = fresh(matrix.model_copy(update={"scales": (wide,), "sections": (section,)}))
    form = form_of(wider, language=language)
    document = HTML(string=_page(form)).render()
    boxes = list(chain.from_iterable(_words(page._page_box) for page in document.pages))
    assert not [(box.text, box.position_x) for box in boxes if _sticks_out(box)]


def test_one_form_serves_everybody_of_the_same_role_and_another_role_has_another() -> None:
    joined = sampled.questionnaire("joined")
    governor = form_of(joined)
    assert governor.digest == form_of(joined).digest == PaperForm.from_document(governor.to_document()).digest
    official = form_of(joined, standing=ALMELO.__class__("official", ALMELO.organisation, ALMELO.kind))
    assert len({governor.digest, official.digest, form_of(joined, language="en").digest}) == 3


def test_on_a_form_for_everybody_the_organisation_is_not_named() -> None:
    printed = text_of(render("paper-form", sample_form("piping", "nl", ANYWHERE).to_document()).content)
    assert "Waar is uw organisatie trots op?" in printed
    assert "de organisatie waarvoor u bent uitgenodigd" in printed
    assert "Almelo" not in printed
    printed = text_of(render("paper-form", sample_form("standing", "nl", ANYWHERE).to_document()).content)
    assert "Alleen invullen als u antwoordt voor Almelo of Borne." in printed
    assert "Alleen invullen als u antwoordt voor een gemeente." in printed


def test_markup_in_a_questionnaire_is_text_on_paper() -> None:
    asked = sampled.questionnaire("choice")
    nasty = {"nl": "<script>1</script> **{{ 7 * 7 }}** & <b>x</b>"}
    page = source(form_of(asked.model_copy(update={"title": nasty, "purpose": nasty})), "")
    assert "<script>" not in page
    assert "&lt;script&gt;1&lt;/script&gt; **{{ 7 * 7 }}** &amp; &lt;b&gt;x&lt;/b&gt;" in page


def test_the_same_form_gives_the_same_bytes() -> None:
    document = sample_form("matrix").to_document()
    assert render("paper-form", document).content == render("paper-form", document).content


def test_a_document_of_something_else_is_refused() -> None:
    with pytest.raises(InvalidContent, match="not-a-paper-form"):
        render("paper-form", {"language": "nl"})


def test_the_pages_can_ask_for_documents_without_a_printing_library() -> None:
    program = (
        "import sys, surveyapp.reports.own_copy, surveyapp.reports.paper_form, surveyapp.web.application; "
        "sys.exit(bool({'matplotlib', 'weasyprint'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def _page(form: PaperForm) -> str:
    style = (folder("reports") / "paper" / "paper.css").read_text(encoding="utf-8")
    return source(form, house_style() + style)


def _words(box: Any) -> list[Any]:  # noqa: ANN401 - the layout of the printing library
    """The pieces of text of a page, wherever they stand."""
    if hasattr(box, "text"):
        return [box]
    return [found for child in getattr(box, "children", ()) for found in _words(child)]


def _sticks_out(box: Any) -> bool:  # noqa: ANN401
    slack = 1.0
    return (
        bool(box.text.strip())
        and (box.position_x < _LEFT - slack or box.position_x + box.width > _RIGHT + slack)
        and not _in_margin(box)
    )


def _in_margin(box: Any) -> bool:  # noqa: ANN401
    """The line below the page, with the title and the number."""
    return bool(box.position_y > (297 - 20) * _MILLIMETRE)
