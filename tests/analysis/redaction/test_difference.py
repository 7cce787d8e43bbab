"""How a redacted text differs from the one that was written."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.redaction.difference import Piece, difference


def test_only_the_words_that_changed_stand_apart() -> None:
    assert difference("Bel Karin op vrijdag.", "Bel [naam] op vrijdag.") == [
        Piece("Bel ", "Bel "),
        Piece("Karin", "[naam]"),
        Piece(" op vrijdag.", " op vrijdag."),
    ]
    assert [piece.same for piece in difference("Goed.", "Goed.")] == [True]
    assert difference("", "") == []


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.before for piece in pieces) == before
    assert "".join(piece.after for piece in pieces) == after
