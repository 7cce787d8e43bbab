"""An author is told which places in texts are not filled in."""

from pathlib import Path

import pytest

from tests.questionnaires.mistakes import Mistake, judge

MISTAKES = (
    Mistake(
        "piping",
        "Antwoord vanuit uw rol: {role}.",
        "Antwoord als {rol}.",
        "{rol} is not filled in: write {organisation} or",
    ),
    Mistake("piping", "The visit to {organisation}", "The visit to {organization}", "{organization} is not filled in"),
    Mistake("piping", "The visit to {organisation}", "The visit to {}", "{} is not filled in"),
    Mistake("piping", "The visit to {organisation}", "The visit to {organisation", "has a single brace"),
    Mistake("piping", "{nl: Anderen,", '{nl: "Anderen dan {role}",', "nothing is filled in here, only in title"),
    Mistake("piping", "{nl: Voorbeeld,", '{nl: "Voorbeeld voor {organisation}",', "nothing is filled in here"),
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_place_that_is_not_filled_in_is_told(mistake: Mistake, tmp_path: Path) -> None:
    judge(mistake, tmp_path)
