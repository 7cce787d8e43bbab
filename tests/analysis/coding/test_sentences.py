"""The sentences of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.coding.sentences import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Het gaat goed. En snel!", ["Het gaat goed.", "En snel!"]),
        ("Eén zin zonder punt", ["Eén zin zonder punt"]),
        (
            "Zij zei: “Goed.” En toen?\n- een lijst\n- met regels",
            ["Zij zei: “Goed.”", "En toen?", "- een lijst", "- met regels"],
        ),
        ("Versie 2.1 is er. Klaar", ["Versie 2.1 is er.", "Klaar"]),
        ("  \n ", []),
    ],
    ids=["two", "one", "lines", "number", "none"],
)
def test_sentences_end_with_a_mark_or_a_line(text: str, found: list[str]) -> None:
    assert [text[begins:ends].rstrip() for begins, ends in sentences(text)] == found


@given(st.text(alphabet="ab .!?\n”", max_size=40))
def test_nothing_that_is_written_is_left_out(text: str) -> None:
    spans = sentences(text)
    inside = {place for begins, ends in spans for place in range(begins, ends)}
    assert all(place in inside for place, letter in enumerate(text) if not letter.isspace())
    assert sum(ends - begins for begins, ends in spans) == len(inside)
