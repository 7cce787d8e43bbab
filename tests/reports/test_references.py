"""Numbers in what people write: current, and noticed when they change."""

import pytest

from surveyapp.reports.references import changed, filled, numbers_of, offered, references, unknown
from tests.reports.report_samples import sample_report


def test_a_text_can_refer_to_scores_response_and_differences() -> None:
    numbers = numbers_of(sample_report())
    assert numbers["score g3"] == "2,2"
    row = next(row for row in sample_report().chapters[2].statements if row.code == "3.2")
    assert numbers["score 3.2"] == f"{row.region.value:.1f}".replace(".", ",")
    assert (numbers["invited"], numbers["responded"], numbers["response"]) == ("27", "22", "81%")
    assert "own g3" not in numbers


def test_a_report_about_an_organisation_has_its_own_scores_too() -> None:
    numbers = numbers_of(sample_report("municipality", "en"))
    assert numbers["own g3"].count(".") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{score g3}} en {{ score g3 }}", "2,2 en 2,2"),
        ("{{score g99}}", "–"),
        ("{{ config }} {{ 7*7 }} {% if x %}", "– {{ 7*7 }} {% if x %}"),
        ("zonder", "zonder"),
    ],
)
def test_only_known_numbers_are_filled_in(text: str, said: str) -> None:
    assert filled(text, {"score g3": "2,2"}) == said


def test_what_a_text_refers_to_is_listed_once() -> None:
    assert references("{{score g3}} {{n g3}} {{score g3}}") == ("score g3", "n g3")


def test_a_number_that_changed_since_the_text_was_read_over_is_told() -> None:
    text = "Van {{score g3}}, {{n g3}} en {{gap g1}}"
    known = {"score g3": "2,2", "n g3": "22"}
    assert changed(text, known, {"score g3": "2,4", "n g3": "22"}) == {"score g3": ("2,2", "2,4")}
    assert changed(text, {}, {"score g3": "2,4"}) == {"score g3": ("–", "2,4")}


def test_a_sign_for_what_is_hidden_is_no_number_to_insert() -> None:
    assert offered({"score g1": "3,1", "score g2": "◦", "gap g1": "+0,4", "own g2": "–"}) == {
        "score g1": "3,1",
        "gap g1": "+0,4",
    }


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("{{score g3}} en {{ score g3 }}", ()),
        ("{{score g9}} {{ score g9 }}", ("{{score g9}}",)),
        ("{{Score G3}} en {{score g3}", ("{{Score G3}}", "{{score g3}")),
        ("score g3}} maar { en } mogen", ("}}",)),
    ],
)
def test_what_only_looks_like_a_reference_is_told_as_it_was_written(text: str, strange: tuple[str, ...]) -> None:
    assert unknown(text, {"score g3"}) == strange
