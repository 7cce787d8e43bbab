"""The reports as files that were downloaded and opened; and the thread from advice to counts."""

from playwright.sync_api import TimeoutError  # noqa: A004 - that of the browser

from surveyapp.reports.report import FORMATS
from tests.journeys.concluding import (
    ADDRESSEE,
    ADVICE,
    ANSWER,
    DOCUMENT,
    FACT,
    FACT_CORRECTED,
    RELEASED,
    REMARK,
    SECRET,
)
from tests.journeys.conftest import Visitor
from tests.journeys.opened import said
from tests.journeys.talking import GOVERNOR, OFFICIAL, THEME

WRITTEN = (FACT_CORRECTED, ADVICE, ADDRESSEE, RELEASED, REMARK, ANSWER, "Contracten en tarieven")
"""What readers may know of this journey; the last is a code, with how many people it fits."""
IN_TABLES = (ADVICE, ADDRESSEE, REMARK, ANSWER)
"""A workbook holds the tables, and no text between them."""
TYPED = "Wij vroegen het aan dit aantal mensen:"
KEPT = (GOVERNOR.note, OFFICIAL.note, GOVERNOR.who, OFFICIAL.who, SECRET)
"""What nobody outside the team may."""
_WORDS = {"html": "webpagina", "pdf": "PDF", "docx": "Word", "odt": "LibreOffice", "xlsx": "tabellen (Excel)"}
_ATTEMPTS = 10
_PATIENCE = 30_000
"""Milliseconds; a page waits a shorter time itself."""


def write_in_it(anna: Visitor, study: str) -> None:
    """A sentence of her own, with a number that stays current; beside it she sees how it reads while she types."""
    page = anna.page
    anna.open(f"{study}/reports/texts/nl/theme.g5")
    page.locator(".guide img.figure").first.wait_for()
    page.get_by_label("Uw tekst", exact=True).first.press_sequentially(f"{TYPED} **{{{{invited}}}}**.")
    page.locator("#own", has_text=TYPED).wait_for()
    anna.look()
    number = page.locator("#own strong").inner_text()
    assert number.isdecimal()
    anna.press("Opslaan")
    anna.reads("Uw tekst is bewaard", f"{TYPED} {number}.")


def of_the_region(anna: Visitor, study: str) -> None:
    """In every format, as the project lead gets it."""
    _every_format(anna, study, "de regio", TYPED)


def of_borne(reader: Visitor, study: str) -> None:
    """In every format, by its own reader."""
    _every_format(reader, study, "Borne")


def _every_format(visitor: Visitor, study: str, about: str, *more: str) -> None:
    visitor.open(f"{study}/reports")
    for form in FORMATS:
        text = said(form, _downloaded(visitor, f"{_WORDS[form]} ({about}, nl)"))
        expected = IN_TABLES if form == "xlsx" else (*WRITTEN, *more)
        assert [words for words in expected if words not in text] == [], form
        assert [words for words in (*KEPT, FACT) if words in text] == [], form


def _downloaded(visitor: Visitor, name: str) -> bytes:
    """The file behind this link; where a worker is still at it a page says so, and one tries again."""
    page = visitor.page
    for _attempt in range(_ATTEMPTS):
        try:
            with page.expect_download(timeout=_PATIENCE) as downloading:
                page.get_by_role("link", name=name, exact=True).click()
        except TimeoutError:
            visitor.reads("Het rapport wordt gemaakt")
            page.go_back()
        else:
            return downloading.value.path().read_bytes()
    raise AssertionError(f"{name} was not made")


def follow_the_thread(anna: Visitor, study: str) -> None:
    """From the advice to the finding, its score, and the counts of its answers; and back up."""
    anna.open(f"{study}/thread")
    anna.page.locator("li", has_text=ADVICE).get_by_role("link").click()
    anna.look()
    anna.reads("Rust op", FACT_CORRECTED)
    anna.page.locator("li", has_text=FACT_CORRECTED).get_by_role("link").click()
    anna.look()
    anna.reads(GOVERNOR.note, OFFICIAL.note, "spreekt dit tegen", DOCUMENT, ADVICE)
    anna.follow(f"{THEME} (Borne)")
    anna.reads("antwoorden", "Norm:")
    back = anna.page.url
    anna.follow("Naar de pagina hiervan")
    anna.reads("Onbeschermd", THEME, "Borne")
    anna.open(back)
    anna.page.locator("li", has_text=FACT_CORRECTED).get_by_role("link").click()
    anna.look()
    anna.page.locator("li", has_text=ADVICE).get_by_role("link").click()
    anna.look()
    anna.reads(ADVICE)


def follow_as_far_as_readers_may(reader: Visitor, study: str) -> None:
    """The same thread: of what they may not see how many and of what kind, and nothing else."""
    reader.open(f"{study}/thread")
    reader.page.locator("li", has_text=ADVICE).get_by_role("link").click()
    reader.look()
    reader.page.locator("li", has_text=FACT_CORRECTED).get_by_role("link").click()
    reader.look()
    reader.reads("En, wat u niet mag zien: 2 notities", DOCUMENT)
    text = reader.page.inner_text("main")
    assert [words for words in KEPT if words in text] == []
    reader.follow(f"{THEME} (Borne)")
    reader.follow("Naar de pagina hiervan")
    assert "Onbeschermd" not in reader.page.inner_text("main")
