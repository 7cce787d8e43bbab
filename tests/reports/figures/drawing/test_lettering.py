"""Text is broken to fit, never cut."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.reports.figures.drawing.lettering import Lettering

LETTERING = Lettering("nl")


@given(st.text(alphabet="abcdefghij -/é", max_size=60), st.floats(30, 300))
def test_every_letter_stays_and_every_line_fits(text: str, room: float) -> None:
    lines = LETTERING.lines(text, 12, room)
    kept = "".join(lines).replace(" ", "").replace("-", "")
    assert kept == "".join(text.split()).replace("-", "")
    assert all(LETTERING.width(line, 12) <= room for line in lines)


def test_a_long_dutch_word_breaks_at_a_hyphen() -> None:
    room = LETTERING.width("toekomstper-", 12) + 1
    assert LETTERING.lines("toekomstperspectief", 12, room) == ["toekomstper-", "spectief"]


def test_a_name_breaks_at_its_own_hyphen_without_getting_another() -> None:
    room = LETTERING.width("Rijssen-", 12) + 1
    assert LETTERING.lines("Rijssen-Holten", 12, room) == ["Rijssen-", "Holten"]


def test_nothing_takes_no_lines() -> None:
    assert LETTERING.lines("  ", 12, 100) == []
