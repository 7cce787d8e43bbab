"""Where a researcher can write in a report, and what the machine says there."""

import pytest

from surveyapp.reports.document import Heading, Table, plain
from surveyapp.reports.html import body
from surveyapp.reports.report_document import document_of
from surveyapp.reports.report_places import Place, places
from tests.reports.report_samples import sample_report


def _of(name: str, kind: str = "region", language: str = "nl") -> Place:
    return next(place for place in places(sample_report(kind, language)) if place.name == name)


@pytest.mark.parametrize("kind", ["region", "municipality"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_report_has_a_summary_themes_and_conclusions_to_write_in(kind: str, language: str) -> None:
    found = places(sample_report(kind, language))
    names = [place.name for place in found]
    assert len(set(names)) == len(names)
    assert names[0] == "summary"
    assert {"conclusions", *(f"theme.g{number}" for number in range(1, 8))} < set(names)
    assert ("page.GM0153" in names) == (kind == "region")
    assert all(place.heading for place in found)


def test_what_the_machine_says_of_a_theme_stands_around_its_place_and_ends_before_the_next_theme() -> None:
    place = _of("theme.g3")
    assert place.heading == "Zet het hele instrumentarium in"
    assert any(isinstance(block, Table) for block in place.before)
    after = [plain(block.line) for block in place.after if isinstance(block, Heading)]
    assert after == ["Bevindingen"]


def test_a_chapter_ends_where_the_first_of_its_themes_begins() -> None:
    place = _of("themes")
    assert (place.heading, place.before, place.after) == ("De onderwerpen een voor een", (), ())


def test_what_was_written_stands_at_its_place_in_the_document() -> None:
    report = sample_report().model_copy(update={"texts": {"theme.g3": "Dit schreef Anna."}})
    page = str(body(document_of(report)))
    third, fourth = (page.index(f"{title}</h3>") for title in ("hele instrumentarium in", "het toekomstperspectief"))
    assert third < page.index("Dit schreef Anna.") < fourth
