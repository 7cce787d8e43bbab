"""The interview guide on a page: everything in order, safe, and in the words of its text."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from surveyapp.reports.document import Bullets, FigureReference, Heading, NoteSpace, Table, plain
from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.guide_document import document_of, html_body, title_of
from surveyapp.reports.interview_guide import Quote
from surveyapp.reports.recipe import recipe
from tests.reports.samples import golden, sample

LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])
NASTY = (
    "# Kop\n\n- [ ] punt | cel\n> let op <script>alert(1)</script> [[new_page]] {{ guide }} **vet** "
    "[link](javascript:1) &amp; \\ `code` 1. één"
)


@LANGUAGES
def test_the_page_is_as_it_was_when_somebody_last_looked(language: str) -> None:
    page = str(html_body(sample(language), lambda figure: f"{figure.title}.svg")) + "\n"
    assert page == golden(f"interview-guide.{language}.html", page)


@LANGUAGES
def test_it_opens_with_for_whom_it_is(language: str) -> None:
    first = html_body(sample(language)).split("</div>")[0]
    assert 'class="callout"' in first
    assert {"nl": "Alleen voor het onderzoeksteam", "en": "For the research team only"}[language] in first


def test_everything_is_there_in_the_order_of_the_recipe() -> None:
    headings = [plain(block.line) for block in document_of(sample()).blocks if isinstance(block, Heading)]
    assert headings[:5] == [
        "In het kort",
        "Opening (5 minuten)",
        "Onderwerpen",
        "1. Naast contracten gebruiken we ook andere manieren om te sturen (20 minuten)",
        "2. De bekostiging past bij wat we met elke soort hulp willen bereiken (15 minuten)",
    ]
    assert headings[5] == "Wat gaat goed"
    assert headings[7] == "Onderwerpen in elk gesprek"
    assert headings[9:11] == ["Afsluiting (5 minuten)", "Maatregelen om uit te kiezen"]


def test_the_minutes_of_the_parts_add_up_to_the_interview() -> None:
    overview = next(block for block in document_of(sample()).blocks if isinstance(block, Table))
    *parts, total = [int(plain(row[1])) for row in overview.rows]
    assert sum(parts) == total == 60


def test_every_topic_has_room_for_notes_and_measures_can_be_ticked() -> None:
    blocks = document_of(sample()).blocks
    notes = [block.lines for block in blocks if isinstance(block, NoteSpace)]
    plan = recipe("interview-guide").notes
    assert notes == [
        plan["opening"],
        plan["topic"],
        plan["topic"],
        plan["strength"],
        plan["regional"],
        plan["closing"],
    ]
    assert sum(isinstance(block, Bullets) and block.kind == "ticks" for block in blocks) >= 3


def test_what_somebody_wrote_stays_what_they_wrote() -> None:
    guide = sample()
    quoted = guide.topics[0].model_copy(update={"quotes": (Quote(question="Wat?", role="Ambtenaar", text=NASTY),)})
    before, after = (
        str(html_body(one)) for one in (guide, guide.model_copy(update={"topics": (quoted, *guide.topics[1:])}))
    )
    assert _shape(after) == _shape(before.replace(_second_quote(before), ""))
    read = _words(after)
    assert " ".join(NASTY.split()) in read


def _second_quote(page: str) -> str:
    """The sample's first topic has two quotes, the other has one."""
    return str(re.findall(r"\n<li><em>.*</li>", page)[1])


def test_the_title_names_the_organisation_as_it_is_written() -> None:
    guide = sample().model_copy(update={"organisation": "Rijssen-Holten (O.)"})
    assert title_of(guide) == "Gespreksleidraad Rijssen-Holten (O.)"


def test_without_an_address_there_are_no_pictures_and_with_one_they_have_their_text() -> None:
    guide = sample()
    assert "<img" not in html_body(guide)

    def address(figure: Figure) -> str:
        return f"/figures/{figure.digest}.svg"

    assert guide.profile is not None
    page = html_body(guide, address)
    assert f'src="/figures/{guide.profile.digest}.svg"' in page
    assert f'alt="{guide.profile.alternative_text()}"' in page


@LANGUAGES
def test_an_organisation_of_which_nothing_is_known_has_a_guide_too(language: str) -> None:
    nothing = {"topics": (), "regional": (), "also_regional": (), "strength": None, "profile": None, "measures": ()}
    document = document_of(sample(language).model_copy(update=nothing))
    assert not any(isinstance(block, FigureReference) for block in document.blocks)
    page = _words(str(html_body(sample(language).model_copy(update=nothing))))
    assert {"nl": "te weinig antwoorden", "en": "too few answers"}[language] in page


def test_headings_skip_no_level() -> None:
    levels = [block.level for block in document_of(sample()).blocks if isinstance(block, Heading)]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader


def _shape(page: str) -> list[str]:
    return _read(page).tags


def _words(page: str) -> str:
    return " ".join("".join(_read(page).words).split())
