"""Letters: a page per person with what they need to begin, tagged, and nothing that somebody's name could break."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from surveyapp.errors import InvalidContent
from surveyapp.reports import letter_document
from surveyapp.reports.letter import Letter, Letters, Promised, Wanted
from surveyapp.reports.own_copy import Audience
from surveyapp.reports.printing import printed_letters
from tests.reports.pdfs import tags_of, text_of

FONTS = Path(__file__).parents[2] / "surveyapp" / "web" / "static" / "built"
LINK = "https://vragenlijst.example/r/Il1O0aBcDeFgHiJkLmNo9p"
LONG = (
    "Na sluiting: uitkomsten van een organisatie als geheel, niet per rol, en alleen als minstens vijf mensen "
    "antwoordden en niemands antwoord is af te leiden. Geen open antwoorden."
)


def letter(name: str = "Bram de Bestuurder", language: str = "nl", **changes: str) -> Letter:
    values = {
        "language": language,
        "name": name,
        "organisation": "Almelo",
        "role": "Bestuurder",
        "study": "Evaluatie inkoop Twente",
        "client": "Samenwerkende gemeenten",
        "sender": "Bureau Meerwaarde",
        "minutes": 20,
        "written_at": datetime(2026, 11, 22, 12, tzinfo=UTC),
        "closes_at": datetime(2026, 12, 12, 22, 59, tzinfo=UTC),
        "contact_name": "Anna de Onderzoeker",
        "contact_email": "anna@meerwaarde.example",
        "privacy": "https://vragenlijst.example/privacy/twente",
        "link": LINK,
        "summary": "Uw antwoorden zijn vertrouwelijk.",
        "audiences": tuple(Audience(who=f"Lezer {number}", what=LONG) for number in range(4)),
    }
    return Letter.model_validate(values | changes)


@pytest.fixture(scope="module")
def printed() -> bytes:
    """Three letters: Bram in Dutch, Carla in English, and somebody with a nasty name."""
    nasty = '<img src="https://elders.example/x.png"> **vet** {{ letter }} &amp; 😀'
    letters = (letter(), letter("Carla", "en"), letter(nasty))
    return printed_letters(Letters(title="Brieven: Twente", language="nl", letters=letters), fonts=FONTS).content


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def test_every_person_has_one_page_with_their_name_their_link_and_who_sees_what(printed: bytes) -> None:
    first, second, third = pages(printed)
    for words in ("Bram de Bestuurder Almelo", "Beste Bram de Bestuurder,", "12 december 2026, 23.59 uur", "Lezer 3:"):
        assert words in first
    assert LINK in first.replace(" ", "")
    assert all("https://vragenlijst.example/privacy/twente" in page.replace(" ", "") for page in (first, second))
    assert "Dear Carla," in second
    assert "12 December 2026, 23:59" in second
    assert "Bram" not in second + third


def test_the_file_is_tagged_and_says_its_language_its_title_and_what_the_code_is(printed: bytes) -> None:
    root = PdfReader(BytesIO(printed)).root_object
    assert str(root["/Lang"]) == "nl"
    assert PdfReader(BytesIO(printed)).metadata.title == "Brieven: Twente"  # type: ignore[union-attr]
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Figure"} <= tags_of(printed)
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()  # type: ignore[union-attr]
    assert {"QR-code van uw persoonlijke link; het adres staat ernaast."} <= alternatives(printed)


def alternatives(content: bytes) -> set[str]:
    found: set[str] = set()

    def walk(node: object) -> None:
        resolved = getattr(node, "get_object", lambda: node)()
        for child in resolved if isinstance(resolved, list) else []:
            walk(child)
        if isinstance(resolved, dict):
            if "/Alt" in resolved:
                found.add(str(resolved["/Alt"]))
            walk(resolved.get("/K"))

    walk(PdfReader(BytesIO(content)).root_object["/StructTreeRoot"])
    return found


def test_a_name_stays_a_name_whatever_it_looks_like(printed: bytes) -> None:
    assert '<img src="https://elders.example/x.png"> **vet** {{ letter }} &amp;' in text_of(printed)


def test_the_code_is_that_of_the_link_and_is_fetched_from_nowhere() -> None:
    assert letter_document.code(LINK).startswith("data:image/svg+xml")
    assert letter_document.code(LINK) != letter_document.code(LINK + "x")
    source = letter_document.source(Letters(title="t", language="nl", letters=(letter(),)), "")
    said = source.replace(LINK, "").replace("https://vragenlijst.example/privacy/twente", "")
    assert "https://" not in said.replace("http://www.w3.org", "")
    assert 'src="https://' not in source


def test_wording_that_does_not_work_is_said_with_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "letters.html").write_text("{{ nothing_such }}", encoding="utf-8")
    monkeypatch.setattr(letter_document, "place", lambda _kind: tmp_path)
    with pytest.raises(InvalidContent, match="report-text"):
        letter_document.source(Letters(title="t", language="nl", letters=()), "")


def test_what_was_asked_for_holds_no_name_and_finds_its_promise() -> None:
    promised = Promised(language="nl", organisation_kind="municipality", summary="Vertrouwelijk.", audiences=())
    wanted = Wanted(wave=1, title="t", language="nl", invitations=(3, 1), promises=(promised,))
    assert Wanted.from_document(wanted.to_document()) == wanted
    assert wanted.promise("nl", "municipality") == promised
    with pytest.raises(InvalidContent, match="no-promise"):
        wanted.promise("en", "municipality")
    with pytest.raises(InvalidContent, match="not-letters"):
        Wanted.from_document({"wave": 1})


def test_who_sends_for_themselves_is_named_once() -> None:
    for language, apart in (("nl", "Bureau Meerwaarde, namens"), ("en", "Bureau Meerwaarde, on behalf of")):
        alone = letter("Bram", language, client="Bureau Meerwaarde")
        for one, said in ((letter("Bram", language), True), (alone, False)):
            made = letter_document.source(Letters(title="Brieven", language=language, letters=(one,)), "")
            assert (apart in made) is said
            assert "Bureau Meerwaarde" in made
