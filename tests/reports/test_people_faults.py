"""Every fault of a list has words in both languages that say what to do."""

import re
from pathlib import Path

import pytest

from surveyapp.analysis import reading
from surveyapp.analysis.reading.grid import Fault
from surveyapp.reports import people_faults
from surveyapp.reports.people_faults import column, sentence, titles

CODES = sorted(people_faults._DUTCH)


def test_both_languages_have_the_same_sentences_with_the_same_facts() -> None:
    dutch, english = people_faults._DUTCH, people_faults._ENGLISH
    assert dutch.keys() == english.keys()
    facts = re.compile(r"{(\w+)}")
    assert {code for code in CODES if set(facts.findall(dutch[code])) != set(facts.findall(english[code]))} == set()


def test_there_are_words_for_what_reading_finds_and_for_nothing_else() -> None:
    folder = Path(str(reading.__file__)).parent
    modules = ("people", "person", "people_columns", "separated", "spreadsheet", "decoding")
    written = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in modules)
    assert [code for code in CODES if f'"{code}"' not in written] == []


@pytest.mark.parametrize("language", ["nl", "en", "fy"])
@pytest.mark.parametrize("code", CODES)
def test_a_sentence_says_what_is_wrong_and_ends(code: str, language: str) -> None:
    said = sentence(Fault(3, "email", code, "{value}", "7"), language)
    assert said.endswith((".", "?"))
    assert len(said) < 260


def test_a_guess_is_said_where_there_is_one() -> None:
    with_guess = sentence(Fault(2, "role", "unknown-role", "bestuurdr", "Bestuurder"), "nl")
    assert with_guess.endswith("Bedoelt u ‘Bestuurder’?")
    assert "Bedoelt" not in sentence(Fault(2, "role", "unknown-role", "koning"), "nl")


def test_columns_are_called_as_in_the_template() -> None:
    assert titles("nl") == ("naam", "e-mail", "organisatie", "rol", "taal")
    assert column("email", "en") == "email"
    assert column("fte", "en") == "fte"
