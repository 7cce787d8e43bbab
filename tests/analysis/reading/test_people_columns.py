"""The titles of columns, however they are written."""

import pytest

from surveyapp.analysis.reading.grid import Line
from surveyapp.analysis.reading.people_columns import columns, is_title, plain


@pytest.mark.parametrize("written", ["E-mail", "e_mail", " EMAIL:", "E-mailadres*", "é-mail"])
def test_case_marks_and_accents_make_no_difference(written: str) -> None:
    assert is_title(written)


def test_other_words_are_no_titles() -> None:
    assert not any(is_title(words) for words in ("", "bram@almelo.example", "telefoon", "functie"))


def test_letters_of_other_scripts_do_not_become_nothing_alike() -> None:
    assert plain("Súdwest-Fryslân") == "sudwestfryslan"


def test_a_full_name_goes_before_its_parts() -> None:
    header = Line(1, ("voornaam", "achternaam", "naam", "mail", "organisatie", "rol"))
    found, faults = columns(header)
    assert faults == []
    assert found.places_of("name") == (2,)
